package dev.tagrouter.learning;

import java.util.Arrays;

/**
 * How well held-out scores agree with the truth on which queries each model does better or worse than its rivals: the
 * correlation of both, each model's own mean taken out. What a penalty scales down for all queries alike costs nothing.
 */
final class Agreement {
    private final long[] count;
    private final double[] score;
    private final double[] truth;
    private final double[] scoreSquares;
    private final double[] truthSquares;
    private final double[] products;
    private long comparisons;

    Agreement(int models) {
        this.count = new long[models];
        this.score = new double[models];
        this.truth = new double[models];
        this.scoreSquares = new double[models];
        this.truthSquares = new double[models];
        this.products = new double[models];
    }

    /**
     * Adds one query.
     *
     * @param present the models judged on it
     * @param truths of all models
     * @param scores of all models
     */
    void add(int[] present, double[] truths, double[] scores) {
        double meanTruth =
                Arrays.stream(present).mapToDouble(m -> truths[m]).average().orElse(0);
        double meanScore =
                Arrays.stream(present).mapToDouble(m -> scores[m]).average().orElse(0);
        comparisons += Math.max(0, present.length - 1);
        for (int m : present) {
            double t = truths[m] - meanTruth;
            double s = scores[m] - meanScore;
            count[m]++;
            truth[m] += t;
            score[m] += s;
            truthSquares[m] += t * t;
            scoreSquares[m] += s * s;
            products[m] += s * t;
        }
    }

    /** The correlation, in [-1, 1]; 0 where one side does not vary. */
    double correlation() {
        double covariance = 0;
        double scoreVariance = 0;
        double truthVariance = 0;
        for (int m = 0; m < count.length; m++) {
            double n = Math.max(1, count[m]);
            covariance += products[m] - score[m] * truth[m] / n;
            scoreVariance += scoreSquares[m] - score[m] * score[m] / n;
            truthVariance += truthSquares[m] - truth[m] * truth[m] / n;
        }
        double scale = Math.sqrt(scoreVariance * truthVariance);
        return scale > 0 ? covariance / scale : 0;
    }

    /** The correlation's standard error: a query on which k models were judged compares k - 1 of them to the others. */
    double standardError() {
        double r = correlation();
        return (1 - r * r) / Math.sqrt((double) Math.max(1, comparisons));
    }
}
