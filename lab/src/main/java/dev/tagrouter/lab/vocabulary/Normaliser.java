package dev.tagrouter.lab.vocabulary;

import dev.tagrouter.core.embedding.Embedding;
import dev.tagrouter.core.embedding.EmbeddingCache;
import dev.tagrouter.core.embedding.SentenceEmbedder;
import dev.tagrouter.core.tagging.PlainName;
import dev.tagrouter.core.tagging.Spelling;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.tagger.TaggedQuery;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a vocabulary of a teacher's free tags, as published (the paper, section 3.1): spelling rules, a frequency cut, then
 * phrase embeddings and DBSCAN, merged iteratively. Every merged spelling stays as an alias; the name is the most frequent
 * one. Deterministic; queries marked as test are not looked at.
 *
 * <p>What the paper leaves out and docs/adr/0011-normalisation.md decides: the cut-offs, and that tags that were cut become
 * aliases of a tag that they are very near to.
 */
public final class Normaliser implements VocabularyMaker {
    /** Carried by fewer training queries, a tag is cut: as published. */
    public static final int LEAST_FREQUENCY = 5;

    /** The least cosine at which two frequent tags are one. */
    public static final double CUT_OFF = 0.87;

    /** The least cosine at which a rare tag is an alias of a frequent one. */
    public static final double RARE_CUT_OFF = 0.87;

    private final int leastFrequency;
    private final double cutOff;
    private final double rareCutOff;
    private final @Nullable SentenceEmbedder embedder;
    private final Path cacheFolder;

    /**
     * @param leastFrequency how many training queries a tag must be carried by, 1 or more
     * @param cutOff the least cosine at which two frequent tags are one, in (0, 1]
     * @param rareCutOff the least cosine at which a rare tag is an alias of a frequent one, in (0, 1]
     * @param embedder null leaves out what goes by meaning
     * @param cacheFolder where embeddings are kept
     */
    public Normaliser(
            int leastFrequency,
            double cutOff,
            double rareCutOff,
            @Nullable SentenceEmbedder embedder,
            Path cacheFolder) {
        if (leastFrequency < 1) {
            throw new IllegalArgumentException("leastFrequency is " + leastFrequency + "; give 1 or more");
        }
        this.leastFrequency = leastFrequency;
        this.cutOff = cosine("cutOff", cutOff);
        this.rareCutOff = cosine("rareCutOff", rareCutOff);
        this.embedder = embedder;
        this.cacheFolder = cacheFolder;
    }

    /** The settings that taggers are trained with. */
    public static Normaliser standard(@Nullable SentenceEmbedder embedder, Path cacheFolder) {
        return new Normaliser(LEAST_FREQUENCY, CUT_OFF, RARE_CUT_OFF, embedder, cacheFolder);
    }

    private static double cosine(String name, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is " + value + "; it must lie above 0, up to 1");
        }
        return value;
    }

    @Override
    public String id() {
        return "normaliser 1, " + leastFrequency + ", " + cutOff + ", " + rareCutOff + ", " + embedderId();
    }

    private String embedderId() {
        return embedder == null ? "" : embedder.id();
    }

    /**
     * {@inheritDoc}
     *
     * @throws LabException when no tag is frequent enough
     * @throws IOException when the cache of embeddings cannot be read or written
     */
    @Override
    public Vocabulary vocabulary(List<TaggedQuery> queries, Progress progress) throws IOException {
        return normalise(queries, progress).vocabulary();
    }

    /** The vocabulary with what was merged, and how many tags there were after each step. */
    public Normalised normalise(List<TaggedQuery> queries, Progress progress) throws IOException {
        Map<String, BitSet> raw = queriesBySpelling(queries);
        long occurrences = raw.values().stream().mapToLong(BitSet::cardinality).sum();
        int distinct = raw.size();
        raw.keySet().removeIf(tag -> !isUsable(tag));
        Collection<TagClass> ruled = byKey(raw);
        List<TagClass> frequent = new ArrayList<>();
        List<TagClass> rare = new ArrayList<>();
        ruled.stream()
                .sorted(TagClass.BY_FREQUENCY)
                .forEach(tag -> (tag.frequency() >= leastFrequency ? frequent : rare).add(tag));
        if (frequent.isEmpty()) {
            throw new LabException("no tag is carried by " + leastFrequency
                    + " training queries or more; give more queries, or a smaller least frequency");
        }
        int afterCut = frequent.size();
        List<TagClass> kept = frequent;
        int attached = 0;
        if (embedder != null) {
            Map<String, Embedding> vectors = vectors(embedder, ruled, progress);
            progress.report("merging tags", 0, 0);
            kept = new PhraseClusters(cutOff, vectors).merged(frequent);
            attached = attach(rare, kept, vectors);
        }
        long covered = kept.stream().mapToLong(TagClass::occurrences).sum();
        Normalised.Counts counts = new Normalised.Counts(
                distinct, distinct - raw.size(), ruled.size(), afterCut, kept.size(), attached, occurrences, covered);
        return new Normalised(vocabulary(kept), merges(kept), counts, embedderId());
    }

    private static Map<String, BitSet> queriesBySpelling(List<TaggedQuery> queries) {
        Map<String, BitSet> carriers = new TreeMap<>();
        for (int i = 0; i < queries.size(); i++) {
            if (!queries.get(i).test()) {
                for (String tag : queries.get(i).tags()) {
                    carriers.computeIfAbsent(tag, none -> new BitSet()).set(i);
                }
            }
        }
        return carriers;
    }

    /** Whether a vocabulary can hold a tag of this spelling. */
    static boolean isUsable(String tag) {
        return tag.indexOf(',') < 0 && PlainName.is(tag) && !Spelling.key(tag).isEmpty();
    }

    private static Collection<TagClass> byKey(Map<String, BitSet> raw) {
        Map<String, TagClass> classes = new LinkedHashMap<>();
        raw.forEach((spelling, carriers) -> {
            TagClass own = new TagClass(spelling, carriers);
            TagClass known = classes.putIfAbsent(Spelling.key(spelling), own);
            if (known != null) {
                known.merge(own, Merge.Step.RULE, Double.NaN);
            }
        });
        return classes.values();
    }

    private Map<String, Embedding> vectors(SentenceEmbedder with, Collection<TagClass> classes, Progress progress)
            throws IOException {
        List<String> spellings =
                classes.stream().flatMap(tag -> tag.spellings().stream()).toList();
        EmbeddingCache cache = new EmbeddingCache(cacheFolder, with);
        long missing = cache.missing(spellings);
        List<Embedding> embeddings = cache.of(spellings, done -> progress.report("embedding tags", done, missing));
        Map<String, Embedding> vectors = new HashMap<>();
        for (int i = 0; i < spellings.size(); i++) {
            vectors.put(spellings.get(i), embeddings.get(i));
        }
        return vectors;
    }

    /** Makes rare tags aliases of the kept tag they are nearest to by name, where that is near enough. */
    private int attach(List<TagClass> rare, List<TagClass> kept, Map<String, Embedding> vectors) {
        Map<TagClass, List<TagClass>> attached = new LinkedHashMap<>();
        for (TagClass tag : rare) {
            kept.stream()
                    .filter(near -> near.cosine(tag, vectors) >= rareCutOff && !near.isOpposed(tag))
                    .max(Comparator.comparingDouble(near -> near.cosine(tag, vectors)))
                    .ifPresent(nearest -> attached.computeIfAbsent(nearest, none -> new ArrayList<>())
                            .add(tag));
        }
        attached.forEach((nearest, tags) ->
                tags.forEach(tag -> nearest.merge(tag, Merge.Step.RARE, nearest.cosine(tag, vectors))));
        return attached.values().stream().mapToInt(List::size).sum();
    }

    private static Vocabulary vocabulary(List<TagClass> kept) {
        return new Vocabulary(kept.stream()
                .map(tag -> new Vocabulary.Entry(
                        tag.name(),
                        tag.frequency(),
                        tag.spellings().stream()
                                .filter(spelling -> !spelling.equals(tag.name()))
                                .toList()))
                .sorted(Comparator.comparing(Vocabulary.Entry::name))
                .toList());
    }

    private static List<Merge> merges(List<TagClass> kept) {
        return kept.stream()
                .flatMap(tag -> tag.merges().stream())
                .sorted(Comparator.comparing(Merge::canonical)
                        .thenComparing(
                                Comparator.comparingLong(Merge::frequency).reversed())
                        .thenComparing(Merge::alias))
                .toList();
    }
}
