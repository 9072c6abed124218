package dev.tagrouter.lab.baseline;

import dev.tagrouter.lab.kernel.Kernel;
import java.util.Arrays;

/**
 * The likeness of a query to each of many: dot products, so cosines where inputs are of unit length. Safe for use by many
 * threads.
 *
 * <p>Vectors lie dimension by dimension: queries against thousands are then the sums of scaled rows that a {@link Kernel} adds
 * up, the processor's vectors for several queries at once.
 */
final class Neighbours {
    private static final Kernel KERNEL = Kernel.best();

    private final int count;
    /** By dense dimension, then by vector. */
    private final float[] rows;
    /** By sparse position: which vectors have it, and how much of it. */
    private final int[][] carrier;

    private final float[][] carried;

    Neighbours(Inputs inputs, Input[] vectors) {
        this.count = vectors.length;
        this.rows = new float[inputs.dense() * count];
        int[] carriers = new int[inputs.sparse()];
        for (int i = 0; i < count; i++) {
            for (int d = 0; d < inputs.dense(); d++) {
                rows[d * count + i] = vectors[i].dense[d];
            }
            for (int at : vectors[i].at) {
                carriers[at]++;
            }
        }
        this.carrier = Arrays.stream(carriers).mapToObj(int[]::new).toArray(int[][]::new);
        this.carried = Arrays.stream(carriers).mapToObj(float[]::new).toArray(float[][]::new);
        for (int i = count - 1; i >= 0; i--) {
            for (int k = 0; k < vectors[i].at.length; k++) {
                int at = vectors[i].at[k];
                carriers[at]--;
                carrier[at][carriers[at]] = i;
                carried[at][carriers[at]] = vectors[i].weight[k];
            }
        }
    }

    /** The dot product of a query with each vector. */
    float[] likeness(Input query) {
        return likenesses(query)[0];
    }

    /** The dot product of some queries with each vector, by query and vector. */
    private float[][] likenesses(Input... queries) {
        float[][] dense = Arrays.stream(queries).map(query -> query.dense).toArray(float[][]::new);
        float[][] likeness = new float[queries.length][count];
        KERNEL.addSums(dense, queries.length, rows, likeness);
        for (int q = 0; q < queries.length; q++) {
            Input query = queries[q];
            for (int k = 0; k < query.at.length; k++) {
                int[] who = carrier[query.at[k]];
                float[] weight = carried[query.at[k]];
                for (int j = 0; j < who.length; j++) {
                    likeness[q][who[j]] += query.weight[k] * weight[j];
                }
            }
        }
        return likeness;
    }

    /** For each query, the positions of the vectors most like it, the most like first; of equals the first. */
    int[][] nearest(Input[] queries, int k) {
        return Arrays.stream(likenesses(queries))
                .map(likeness -> nearest(likeness, k))
                .toArray(int[][]::new);
    }

    private int[] nearest(float[] likeness, int k) {
        Nearest nearest = new Nearest(Math.min(k, count));
        for (int i = 0; i < count; i++) {
            nearest.offer(i, likeness[i]);
        }
        return nearest.sorted();
    }
}
