package dev.tagrouter.lab.tagger;

import dev.tagrouter.core.tagging.FeatureTable;
import dev.tagrouter.core.tagging.TextFeatures;
import java.util.Arrays;
import java.util.List;

/** The sparse feature vectors of some queries, row after row. */
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
            int needed = n + workspace.size();
            if (needed > vectors.feature.length) {
                vectors.feature = Arrays.copyOf(vectors.feature, 2 * needed);
                vectors.value = Arrays.copyOf(vectors.value, 2 * needed);
            }
            for (int k = 0; k < workspace.size(); k++, n++) {
                vectors.feature[n] = workspace.feature(k);
                vectors.value[n] = workspace.value(k);
            }
            vectors.start[i + 1] = n;
        }
        return vectors;
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
