package dev.tagrouter.lab.tagger;

import dev.tagrouter.core.tagging.FeatureTable;
import dev.tagrouter.core.tagging.LikelyTags;
import dev.tagrouter.core.tagging.Reading;
import dev.tagrouter.core.tagging.SparseWeights;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.core.tagging.TextFeatures;
import java.util.Arrays;
import java.util.List;

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
        Vectors vectors = new Vectors(queries.size());
        FeatureTable.Workspace workspace = new FeatureTable.Workspace(table);
        int n = 0;
        for (int i = 0; i < queries.size(); i++) {
            workspace.vectorize(queries.get(i).query());
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
     * The features worth knowing: the most frequent features that at least {@code least} queries show and not more
     * than 60 % do, with idf = 1 + ln(queries / queries showing it).
     */
    static FeatureTable selectFeatures(List<TaggedQuery> queries, int limit, int least) {
        HashCounts documents = new HashCounts();
        HashBag bag = new HashBag();
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
        int[] hashes = documents.mostFrequent(limit, least, (int) (0.6 * queries.size()));
        float[] idf = new float[hashes.length];
        for (int f = 0; f < hashes.length; f++) {
            idf[f] = (float) (1 + StrictMath.log(queries.size() / (double) documents.get(hashes[f])));
        }
        return new FeatureTable(hashes, idf);
    }

    private static final class HashBag implements TextFeatures.Sink {
        private int[] hashes = new int[1 << 14];
        private int size;

        @Override
        public void accept(int hash, float weight) {
            if (size == hashes.length) {
                hashes = Arrays.copyOf(hashes, 2 * size);
            }
            hashes[size++] = hash;
        }
    }
}
