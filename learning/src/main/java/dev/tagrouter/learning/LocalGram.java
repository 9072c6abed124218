package dev.tagrouter.learning;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The part of a {@link Gram} that is not zero and is learned: the tags of a few queries, in doubles. */
final class LocalGram {
    private final double queries;
    private final int[] tags;
    private final double[] mass;
    private final double[][] products;

    LocalGram(Gram gram, Likeness likeness, int terms) {
        this.queries = gram.queries();
        this.tags = IntStream.range(0, terms)
                .filter(t -> gram.product(t, t) > 0 && likeness.isLearned(t))
                .toArray();
        this.mass = Arrays.stream(tags).mapToDouble(gram::mass).toArray();
        this.products = new double[tags.length][tags.length];
        for (int i = 0; i < tags.length; i++) {
            for (int j = 0; j <= i; j++) {
                products[i][j] = gram.product(tags[i], tags[j]);
                products[j][i] = products[i][j];
            }
        }
    }

    double queries() {
        return queries;
    }

    /** The tags, ascending; the rest is in their order. */
    int[] tags() {
        return tags;
    }

    /** X'1. */
    double[] mass() {
        return mass;
    }

    /** X'X, whole. */
    double[][] products() {
        return products;
    }

    /** What a vector of all tags has at these. */
    double[] at(double[] values) {
        return Arrays.stream(tags).mapToDouble(t -> values[t]).toArray();
    }

    /** X'X times a vector of these tags. */
    double[] times(double[] vector) {
        double[] result = new double[tags.length];
        for (int i = 0; i < result.length; i++) {
            for (int j = 0; j < result.length; j++) {
                result[i] += products[i][j] * vector[j];
            }
        }
        return result;
    }
}
