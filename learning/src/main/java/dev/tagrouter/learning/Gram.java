package dev.tagrouter.learning;

import dev.tagrouter.core.tagging.Tags;
import java.util.Arrays;

/**
 * Sums over the queries that a group of models was judged on: how often tags occur, and occur together (X'X).
 *
 * <p>Tags stands for all terms: topics too, and axes of the wording, whose values, and so sums and products, may be negative.
 * Confidences are counted in units of 1/{@value Tags#UNITS} and summed as whole numbers, so the sums are exact and
 * the same in any order.
 */
final class Gram {
    private final int tags;
    private long queries;
    private final long[] sum;
    private final long[] products;

    Gram(int tags) {
        this(0, new long[tags], new long[pairs(tags)]);
    }

    /**
     * Sums as they were kept.
     *
     * @param sum by tag
     * @param products by pair of tags, see {@link #at}
     */
    Gram(long queries, long[] sum, long[] products) {
        this.tags = sum.length;
        this.queries = queries;
        this.sum = sum;
        this.products = products;
    }

    /** How many pairs of tags there are, a tag with itself included. */
    static int pairs(int tags) {
        return Math.multiplyExact(tags, tags + 1) / 2;
    }

    Gram copy() {
        Gram copy = new Gram(tags);
        copy.add(this);
        return copy;
    }

    void add(Gram other) {
        queries += other.queries;
        for (int t = 0; t < sum.length; t++) {
            sum[t] += other.sum[t];
        }
        for (int i = 0; i < products.length; i++) {
            products[i] += other.products[i];
        }
    }

    void add(Tags query) {
        queries++;
        for (int k = 0; k < query.termCount(); k++) {
            int a = query.index(k);
            long p = query.units(k);
            sum[a] += p;
            for (int l = 0; l <= k; l++) {
                products[at(a, query.index(l))] += p * query.units(l);
            }
        }
    }

    private static int at(int a, int b) {
        int high = Math.max(a, b);
        return high * (high + 1) / 2 + Math.min(a, b);
    }

    boolean sameAs(Gram other) {
        return queries == other.queries && Arrays.equals(sum, other.sum) && Arrays.equals(products, other.products);
    }

    /** The sum of each tag's confidences, in units of 1/{@value Tags#UNITS}. */
    long[] sums() {
        return sum.clone();
    }

    /** The sum of the products of each pair's confidences, in units of 1/{@value Tags#UNITS} squared. */
    long[] products() {
        return products.clone();
    }

    long queries() {
        return queries;
    }

    /** Sum of the tag's confidences. */
    double mass(int tag) {
        return sum[tag] / (double) Tags.UNITS;
    }

    /** Sum of the products of two tags' confidences. */
    double product(int a, int b) {
        return products[at(a, b)] / ((double) Tags.UNITS * Tags.UNITS);
    }
}
