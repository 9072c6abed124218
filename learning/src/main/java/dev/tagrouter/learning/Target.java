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

    private Target(int tags, double unitsPerOne) {
        this.unitsPerOne = unitsPerOne;
        this.byTag = new long[tags];
    }

    static Target quality(int tags) {
        return new Target(tags, UNITS);
    }

    static Target tokens(int tags) {
        return new Target(tags, 1);
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
        for (int k = 0; k < query.size(); k++) {
            byTag[query.index(k)] += units * query.units(k);
        }
    }

    long count() {
        return count;
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
