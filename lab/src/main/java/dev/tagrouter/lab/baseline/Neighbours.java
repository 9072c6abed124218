package dev.tagrouter.lab.baseline;

import java.util.Arrays;

/**
 * The likeness of a query to each of many: dot products, so cosines where inputs are of unit length. Safe for use by many
 * threads.
 *
 * <p>Vectors lie dimension by dimension: one query against thousands is then a sum of scaled columns, which the JIT turns
 * into vector instructions.
 */
final class Neighbours {
    private final int count;
    /** By dense dimension. */
    private final float[][] column;
    /** By sparse position: which vectors have it, and how much of it. */
    private final int[][] carrier;

    private final float[][] carried;

    Neighbours(Inputs inputs, Input[] vectors) {
        this.count = vectors.length;
        this.column = new float[inputs.dense()][count];
        int[] carriers = new int[inputs.sparse()];
        for (int i = 0; i < count; i++) {
            for (int d = 0; d < column.length; d++) {
                column[d][i] = vectors[i].dense[d];
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

    int count() {
        return count;
    }

    /** The dot product of a query with each vector. */
    float[] likeness(Input query) {
        float[] likeness = new float[count];
        for (int d = 0; d < column.length; d++) {
            float factor = query.dense[d];
            float[] own = column[d];
            for (int i = 0; i < own.length; i++) {
                likeness[i] += factor * own[i];
            }
        }
        for (int k = 0; k < query.at.length; k++) {
            int[] who = carrier[query.at[k]];
            float[] weight = carried[query.at[k]];
            for (int j = 0; j < who.length; j++) {
                likeness[who[j]] += query.weight[k] * weight[j];
            }
        }
        return likeness;
    }

    /** The vectors most like a query; of equals the first. */
    Nearest nearest(Input query, int k) {
        float[] likeness = likeness(query);
        Nearest nearest = new Nearest(Math.min(k, count));
        for (int i = 0; i < count; i++) {
            nearest.offer(i, likeness[i]);
        }
        return nearest;
    }
}
