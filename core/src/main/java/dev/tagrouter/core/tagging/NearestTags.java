package dev.tagrouter.core.tagging;

import dev.tagrouter.core.embedding.Embedding;
import dev.tagrouter.core.embedding.EmbeddingCache;
import dev.tagrouter.core.embedding.SentenceEmbedder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tags of a vocabulary that lie nearest to a phrase, by the cosine of their names' embeddings. Found ones are kept for
 * the {@value #MOST_KEPT} phrases asked for last.
 */
final class NearestTags {
    private static final int MOST_KEPT = 10_000;
    /** A phrase from outside may be a page; a tag is a few words. */
    private static final int LONGEST = 200;

    private final Vocabulary vocabulary;
    private final SentenceEmbedder embedder;
    private final List<Embedding> names;
    private final Aligner.Similarity similarity;

    /** Guarded by itself. */
    private final Map<String, List<Near>> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Near>> eldest) {
            return size() > MOST_KEPT;
        }
    };

    private record Near(int index, double cosine) {}

    private NearestTags(
            Vocabulary vocabulary, SentenceEmbedder embedder, List<Embedding> names, Aligner.Similarity similarity) {
        this.vocabulary = vocabulary;
        this.embedder = embedder;
        this.names = names;
        this.similarity = similarity;
    }

    static NearestTags of(
            Vocabulary vocabulary, SentenceEmbedder embedder, Path cacheFolder, Aligner.Similarity similarity)
            throws IOException {
        List<String> names =
                vocabulary.entries().stream().map(Vocabulary.Entry::name).toList();
        return new NearestTags(
                vocabulary, embedder, new EmbeddingCache(cacheFolder, embedder).of(names, done -> {}), similarity);
    }

    /** Adds the tags near enough to a phrase, where not surer of them already; false where there are none. */
    boolean addTo(Map<Integer, Double> known, String phrase) {
        List<Near> found = of(phrase);
        found.forEach(near -> known.merge(near.index(), near.cosine(), Math::max));
        return !found.isEmpty();
    }

    private List<Near> of(String phrase) {
        if (phrase.length() > LONGEST || Spelling.key(phrase).isEmpty()) {
            return List.of();
        }
        synchronized (kept) {
            List<Near> before = kept.get(phrase);
            if (before != null) {
                return before;
            }
        }
        List<Near> found = search(phrase);
        synchronized (kept) {
            kept.put(phrase, found);
        }
        return found;
    }

    private List<Near> search(String phrase) {
        Embedding embedding = Embedding.of(embedder.embed(phrase));
        List<Near> near = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            double cosine = Math.min(1, names.get(i).cosine(embedding));
            if (cosine >= similarity.cutOff() && !Spelling.areOpposed(phrase, vocabulary.name(i))) {
                near.add(new Near(i, cosine));
            }
        }
        near.sort(Comparator.comparingDouble(Near::cosine).reversed().thenComparingInt(Near::index));
        return List.copyOf(near.subList(0, Math.min(similarity.most(), near.size())));
    }
}
