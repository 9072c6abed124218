package dev.tagrouter.core.tagging;

import dev.tagrouter.core.embedding.SentenceEmbedder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings free tags onto a vocabulary (the paper's tag alignment): by name or alias, then by {@linkplain Spelling spelling
 * rules}, then, where an embedder is given, by meaning. What none of these reaches is unknown.
 *
 * <p>Safe for use by several threads. Without an embedder nothing is guessed and nothing blocks; with one an unknown phrase
 * costs some milliseconds the first time.
 */
public final class Aligner {
    private final Vocabulary vocabulary;

    /** Made when the first spelling is not known as it is; where several tags have one key, the most frequent of them. */
    private volatile @Nullable Map<String, Integer> indexByKey;

    private final @Nullable NearestTags nearest;

    private Aligner(Vocabulary vocabulary, @Nullable NearestTags nearest) {
        this.vocabulary = vocabulary;
        this.nearest = nearest;
    }

    private Map<String, Integer> indexByKey() {
        Map<String, Integer> known = indexByKey;
        if (known == null) {
            known = new HashMap<>();
            for (int i = 0; i < vocabulary.size(); i++) {
                Vocabulary.Entry entry = vocabulary.entries().get(i);
                add(known, entry.name(), i);
                for (String alias : entry.aliases()) {
                    add(known, alias, i);
                }
            }
            known.remove("");
            indexByKey = known;
        }
        return known;
    }

    private void add(Map<String, Integer> known, String spelling, int index) {
        known.merge(Spelling.key(spelling), index, (a, b) -> frequency(a) >= frequency(b) ? a : b);
    }

    private long frequency(int index) {
        return vocabulary.entries().get(index).frequency();
    }

    /** Aligns by name, alias and spelling rules. */
    public static Aligner exact(Vocabulary vocabulary) {
        return new Aligner(vocabulary, null);
    }

    /**
     * Aligns by meaning too, with the {@linkplain Similarity#STANDARD standard} cut-off.
     *
     * @param cacheFolder where the vocabulary's vectors are kept, computed once
     * @throws IOException when the cache cannot be read or written
     */
    public static Aligner similar(Vocabulary vocabulary, SentenceEmbedder embedder, Path cacheFolder)
            throws IOException {
        return similar(vocabulary, embedder, cacheFolder, Similarity.STANDARD);
    }

    /** The same with a cut-off of one's own. */
    public static Aligner similar(
            Vocabulary vocabulary, SentenceEmbedder embedder, Path cacheFolder, Similarity similarity)
            throws IOException {
        return new Aligner(vocabulary, NearestTags.of(vocabulary, embedder, cacheFolder, similarity));
    }

    /**
     * How near by meaning is near enough.
     *
     * @param cutOff the least cosine between the embeddings of a free tag and of a name, in (0, 1]
     * @param most how many tags a free one may become, the nearest first; 1 or more
     */
    public record Similarity(double cutOff, int most) {
        /** Chosen on queries with several annotators; see docs/adr/0011-normalisation.md. */
        public static final Similarity STANDARD = new Similarity(0.75, 1);

        public Similarity {
            if (!(cutOff > 0 && cutOff <= 1)) {
                throw new IllegalArgumentException("cutOff is " + cutOff + "; it must lie above 0, up to 1");
            }
            if (most < 1) {
                throw new IllegalArgumentException("most is " + most + "; give 1 or more");
            }
        }
    }

    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** The tag that a spelling names, by name, alias or spelling rules; never by meaning, never blocks. */
    public OptionalInt indexOf(String written) {
        OptionalInt known = vocabulary.indexOf(written);
        if (known.isPresent()) {
            return known;
        }
        Integer index = indexByKey().get(Spelling.key(written));
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** Aligns free tags, in any order and number. */
    public AlignedTags align(List<String> free) {
        Map<Integer, Double> known = new LinkedHashMap<>();
        Set<String> unknown = new LinkedHashSet<>();
        for (String written : free) {
            OptionalInt index = indexOf(written);
            if (index.isPresent()) {
                known.put(index.getAsInt(), 1.0);
            } else if (nearest == null || !nearest.addTo(known, written)) {
                unknown.add(written);
            }
        }
        List<Tag> tags = known.entrySet().stream()
                .map(entry -> new Tag(vocabulary.name(entry.getKey()), entry.getValue()))
                .toList();
        return new AlignedTags(Tags.of(vocabulary, tags), List.copyOf(unknown));
    }
}
