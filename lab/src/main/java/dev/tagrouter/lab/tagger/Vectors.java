package dev.tagrouter.lab.tagger;

import dev.tagrouter.core.tagging.FeatureTable;
import dev.tagrouter.core.tagging.LikelyTags;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Reading;
import dev.tagrouter.core.tagging.SparseWeights;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.core.tagging.TextFeatures;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Sparse vectors, row after row: the features of some queries, or their likely tags. */
final class Vectors {
    final int rows;
    final int[] start;
    int[] feature = new int[1 << 16];
    float[] value = new float[1 << 16];

    private Vectors(int rows) {
        this.rows = rows;
        this.start = new int[rows + 1];
    }

    static Vectors of(FeatureTable table, List<TaggedQuery> queries) {
        return ofQueries(table, queries.stream().map(TaggedQuery::query).toList());
    }

    /** One feature, the same in some of so many rows. */
    static Vectors mark(int rows, int[] marked) {
        Vectors vectors = new Vectors(rows);
        vectors.makeRoom(marked.length);
        Arrays.fill(vectors.value, 1);
        for (int row : marked) {
            vectors.start[row + 1] = 1;
        }
        Arrays.parallelPrefix(vectors.start, Integer::sum);
        return vectors;
    }

    static Vectors ofQueries(FeatureTable table, List<Query> queries) {
        Vectors vectors = new Vectors(queries.size());
        FeatureTable.Workspace workspace = new FeatureTable.Workspace(table);
        int n = 0;
        for (int i = 0; i < queries.size(); i++) {
            workspace.vectorize(queries.get(i));
            vectors.makeRoom(n + workspace.size());
            for (int k = 0; k < workspace.size(); k++, n++) {
                vectors.feature[n] = workspace.feature(k);
                vectors.value[n] = workspace.value(k);
            }
            vectors.start[i + 1] = n;
        }
        return vectors;
    }

    /** The likely tags of each row as features whose value is their confidence. */
    static Vectors ofLikelyTags(Reading reading, float[][] scores) {
        Vectors vectors = new Vectors(scores.length);
        LikelyTags likely = new LikelyTags(reading);
        int n = 0;
        for (int i = 0; i < scores.length; i++) {
            likely.collect(scores[i]);
            vectors.makeRoom(n + likely.size());
            for (int k = 0; k < likely.size(); k++, n++) {
                vectors.feature[n] = likely.tag(k);
                vectors.value[n] = likely.units(k, scores[i]) / (float) Tags.UNITS;
            }
            vectors.start[i + 1] = n;
        }
        return vectors;
    }

    private void makeRoom(int needed) {
        if (needed > feature.length) {
            feature = Arrays.copyOf(feature, 2 * needed);
            value = Arrays.copyOf(value, 2 * needed);
        }
    }

    /** Adds what the weights say of a row to the sums of the tags. */
    void addTo(float[] sums, int row, SparseWeights weights) {
        for (int k = start[row]; k < start[row + 1]; k++) {
            weights.addTo(sums, feature[k], value[k]);
        }
    }

    /**
     * Features worth knowing.
     *
     * @param table words first
     * @param words how many of them are words, punctuation not counted
     */
    record Selection(FeatureTable table, int words) {}

    /**
     * The features worth knowing: the most frequent features that at least {@code least} queries show and not more
     * than 60 % do.
     */
    static Selection selectFeatures(List<TaggedQuery> queries, int limit, int least) {
        int most = (int) (0.6 * queries.size());
        // How frequent words are is known after the first pass, and so which of them are cut in the second.
        float common = FeatureTable.commonIdf(FeatureTable.idf(least, queries.size()));
        Set<Integer> shown = new HashSet<>();
        HashCounts whole = count(queries, wordsInto(shown));
        HashCounts documents = count(queries, new Bag(hash -> {
            int showing = whole.get(hash);
            return showing >= least && showing <= most && FeatureTable.idf(showing, queries.size()) <= common;
        }));
        int[] hashes = documents.mostFrequent(limit, least, most);
        shown.removeAll(marks(queries));
        IntPredicate isWord = shown::contains;
        int[] words = Arrays.stream(hashes).filter(isWord).toArray();
        int[] wordsFirst = IntStream.concat(
                        Arrays.stream(words), Arrays.stream(hashes).filter(isWord.negate()))
                .toArray();
        float[] idf = new float[hashes.length];
        for (int f = 0; f < hashes.length; f++) {
            idf[f] = FeatureTable.idf(documents.get(wordsFirst[f]), queries.size());
        }
        return new Selection(new FeatureTable(wordsFirst, idf), words.length);
    }

    /** The features that punctuation and other marks have, each by itself like a word. */
    private static Set<Integer> marks(List<TaggedQuery> queries) {
        Set<Integer> marks = new HashSet<>();
        TextFeatures features = new TextFeatures();
        queries.stream()
                .flatMapToInt(query -> query.text().chars())
                .filter(c -> !Character.isLetterOrDigit(c) && !Character.isWhitespace(c))
                .distinct()
                .forEach(c -> features.extract(Query.of(Character.toString(c)), wordsInto(marks)));
        return marks;
    }

    /** How many of the queries show each feature that the bag takes. */
    private static HashCounts count(List<TaggedQuery> queries, Bag bag) {
        HashCounts documents = new HashCounts();
        TextFeatures features = new TextFeatures();
        for (TaggedQuery query : queries) {
            bag.size = 0;
            features.extract(query.query(), bag);
            Arrays.sort(bag.hashes, 0, bag.size);
            for (int k = 0; k < bag.size; k++) {
                if (k == 0 || bag.hashes[k] != bag.hashes[k - 1]) {
                    documents.add(bag.hashes[k]);
                }
            }
        }
        return documents;
    }

    /** Notes every word, and takes each for common: no parts are asked for. */
    private static Bag wordsInto(Set<Integer> words) {
        return new Bag(hash -> {
            words.add(hash);
            return true;
        });
    }

    /** The features of one query that are counted, with the parts of words that are not common. */
    private static final class Bag implements TextFeatures.Sink {
        private final IntPredicate common;
        private int[] hashes = new int[1 << 14];
        private int size;

        private Bag(IntPredicate common) {
            this.common = common;
        }

        @Override
        public void words(int[] words, int count, boolean[] isCommon) {
            for (int w = 0; w < count; w++) {
                isCommon[w] = common.test(words[w]);
            }
        }

        @Override
        public void features(int[] features, int count, float weight) {
            if (size + count > hashes.length) {
                hashes = Arrays.copyOf(hashes, 2 * (size + count));
            }
            System.arraycopy(features, 0, hashes, size, count);
            size += count;
        }
    }
}
