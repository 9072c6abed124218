package dev.tagrouter.lab.vocabulary;

import dev.tagrouter.core.embedding.SentenceEmbedder;
import dev.tagrouter.core.tagging.AlignedTags;
import dev.tagrouter.core.tagging.Aligner;
import dev.tagrouter.core.tagging.Spelling;
import dev.tagrouter.core.tagging.Tag;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.lab.tagger.TaggedQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a vocabulary could learn from free tags that it does not know. */
public final class Growth {
    /** A name shown as the nearest need not be near. */
    private static final Aligner.Similarity ANY = new Aligner.Similarity(1e-6, 1);

    private final Vocabulary vocabulary;
    private final Aligner bySpelling;
    private final @Nullable Aligner byMeaning;
    private final long least;

    /**
     * @param embedder null proposes no aliases by meaning
     * @param cacheFolder where embeddings are kept
     * @param least how many queries must carry an unknown tag for it to become a tag of its own
     * @throws IOException when the cache of embeddings cannot be read or written
     */
    public Growth(Vocabulary vocabulary, @Nullable SentenceEmbedder embedder, Path cacheFolder, long least)
            throws IOException {
        if (least < 1) {
            throw new IllegalArgumentException("least is " + least + "; give 1 or more");
        }
        this.vocabulary = vocabulary;
        this.bySpelling = Aligner.exact(vocabulary);
        this.byMeaning = embedder == null ? null : Aligner.similar(vocabulary, embedder, cacheFolder, ANY);
        this.least = least;
    }

    /** What to do with an unknown tag. */
    public enum Kind {
        /** Another spelling of a known tag. */
        ALIAS,
        /** A tag of its own. */
        NEW_TAG,
        /** Nothing yet. */
        TOO_RARE
    }

    /**
     * An unknown tag.
     *
     * @param tag its most frequent spelling
     * @param spellings all of them
     * @param frequency how many queries carry any of them
     * @param nearest the known tag it is nearest to, or empty where that was not looked for
     * @param cosine how near; NaN where spelling rules or nothing say so
     */
    public record Proposal(
            String tag, List<String> spellings, long frequency, String nearest, double cosine, Kind kind) {
        public Proposal {
            spellings = List.copyOf(spellings);
        }
    }

    /** Unknown tags of all given queries, the most frequent first. */
    public List<Proposal> proposals(List<TaggedQuery> queries) {
        Map<String, Map<String, Set<Integer>>> unknown = new TreeMap<>();
        for (int i = 0; i < queries.size(); i++) {
            for (String tag : queries.get(i).tags()) {
                if (vocabulary.indexOf(tag).isEmpty() && Normaliser.isUsable(tag)) {
                    unknown.computeIfAbsent(Spelling.key(tag), key -> new TreeMap<>())
                            .computeIfAbsent(tag, spelling -> new HashSet<>())
                            .add(i);
                }
            }
        }
        return unknown.values().stream()
                .map(this::proposal)
                .sorted(Comparator.comparingLong(Proposal::frequency).reversed().thenComparing(Proposal::tag))
                .toList();
    }

    private Proposal proposal(Map<String, Set<Integer>> queriesBySpelling) {
        List<String> spellings = new ArrayList<>(queriesBySpelling.keySet());
        spellings.sort(Comparator.comparingInt(
                        (String s) -> carriers(queriesBySpelling, s).size())
                .reversed()
                .thenComparing(s -> s));
        Set<Integer> queries = new HashSet<>();
        queriesBySpelling.values().forEach(queries::addAll);
        String tag = spellings.getFirst();
        OptionalInt same = bySpelling.indexOf(tag);
        if (same.isPresent()) {
            return new Proposal(
                    tag, spellings, queries.size(), vocabulary.name(same.getAsInt()), Double.NaN, Kind.ALIAS);
        }
        AlignedTags near = byMeaning == null ? bySpelling.align(List.of()) : byMeaning.align(List.of(tag));
        List<Tag> found = near.tags().all();
        String nearest = found.isEmpty() ? "" : found.getFirst().name();
        double cosine = found.isEmpty() ? Double.NaN : found.getFirst().confidence();
        Kind kind =
                cosine >= Normaliser.RARE_CUT_OFF ? Kind.ALIAS : queries.size() >= least ? Kind.NEW_TAG : Kind.TOO_RARE;
        return new Proposal(tag, spellings, queries.size(), nearest, cosine, kind);
    }

    private static Set<Integer> carriers(Map<String, Set<Integer>> queriesBySpelling, String spelling) {
        return queriesBySpelling.getOrDefault(spelling, Set.of());
    }

    /** The vocabulary with what is proposed; an alias adds nothing to its tag's frequency, which counts other queries. */
    public Vocabulary grown(List<Proposal> proposals) {
        Map<String, Set<String>> aliases = new TreeMap<>();
        Map<String, Long> frequency = new TreeMap<>();
        for (Vocabulary.Entry entry : vocabulary.entries()) {
            aliases.put(entry.name(), new TreeSet<>(entry.aliases()));
            frequency.put(entry.name(), entry.frequency());
        }
        for (Proposal proposal : proposals) {
            switch (proposal.kind()) {
                case ALIAS ->
                    aliases.computeIfAbsent(proposal.nearest(), none -> new TreeSet<>())
                            .addAll(proposal.spellings());
                case NEW_TAG -> {
                    Set<String> others = new TreeSet<>(proposal.spellings());
                    others.remove(proposal.tag());
                    aliases.put(proposal.tag(), others);
                    frequency.put(proposal.tag(), proposal.frequency());
                }
                case TOO_RARE -> {}
            }
        }
        List<Vocabulary.Entry> entries = new ArrayList<>();
        aliases.forEach((name, others) ->
                entries.add(new Vocabulary.Entry(name, frequency.getOrDefault(name, 0L), List.copyOf(others))));
        return new Vocabulary(entries);
    }
}
