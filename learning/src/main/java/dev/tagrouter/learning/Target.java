package dev.tagrouter.learning;

import dev.tagrouter.core.tagging.Tags;

/**
 * Sums of one quantity of one model (its quality, or its output tokens) over the queries it was judged on: X'Y and
 * what the intercept and the residual need. Whole numbers in units of 1/{@value #UNITS}, exact in any order.
 */
final class Target {
    /** Qualities and tokens are counted in units of 1/100000 and 1 respectively; this is the former. */
    static final int UNITS = 100_000;

    private final double unitsPerOne;
    private long count;
    private long sum;
    private long squares;
    private final long[] byTag;

    private Target(double unitsPerOne, long count, long sum, long squares, long[] byTag) {
        this.unitsPerOne = unitsPerOne;
        this.count = count;
        this.sum = sum;
        this.squares = squares;
        this.byTag = byTag;
    }

    static Target quality(int tags) {
        return quality(0, 0, 0, new long[tags]);
    }

    static Target tokens(int tags) {
        return tokens(0, 0, 0, new long[tags]);
    }

    /** Sums as they were kept. */
    static Target quality(long count, long sum, long squares, long[] byTag) {
        return new Target(UNITS, count, sum, squares, byTag);
    }

    /** Sums as they were kept. */
    static Target tokens(long count, long sum, long squares, long[] byTag) {
        return new Target(1, count, sum, squares, byTag);
    }

    void add(Target other) {
        count += other.count;
        sum += other.sum;
        squares += other.squares;
        for (int t = 0; t < byTag.length; t++) {
            byTag[t] += other.byTag[t];
        }
    }

    void add(Tags query, double value) {
        long units = Math.round(value * unitsPerOne);
        count++;
        sum += units;
        squares += units * units;
        for (int k = 0; k < query.termCount(); k++) {
            byTag[query.index(k)] += units * query.units(k);
        }
    }

    long count() {
        return count;
    }

    /** The sum of the values, in units. */
    long sum() {
        return sum;
    }

    /** The sum of the values' squares, in units squared. */
    long squares() {
        return squares;
    }

    /** For each tag, the sum of value times confidence, in both their units. */
    long[] byTag() {
        return byTag.clone();
    }

    double mean() {
        return sum / unitsPerOne / Math.max(1, count);
    }

    double sumOfSquares() {
        return squares / unitsPerOne / unitsPerOne;
    }

    /** Sum of value times the tag's confidence. */
    double product(int tag) {
        return byTag[tag] / unitsPerOne / Tags.UNITS;
    }
}
