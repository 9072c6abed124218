package dev.tagrouter.lab.metric;

import dev.tagrouter.learning.Outcome;
import java.util.stream.IntStream;

/**
 * The truth that every metric is computed from: how good each candidate's answer was on each query, and what it cost.
 *
 * <p>Queries and candidates are addressed by position. A choice is a candidate, or {@link Calls} that end with one.
 */
public final class Outcomes {
    private final double[][] quality;
    private final double[][] costUsd;
    private final int[][] rank;
    private final int models;

    /**
     * @param quality by query and candidate, in [0, 1]
     * @param costUsd by query and candidate, 0 or more
     * @param tieMargin an answer is beaten when another's quality is higher by more than this, 0 or more
     */
    public Outcomes(double[][] quality, double[][] costUsd, double tieMargin) {
        if (quality.length == 0 || quality.length != costUsd.length) {
            throw new IllegalArgumentException("there are " + quality.length + " queries with a quality and "
                    + costUsd.length + " with a cost; give at least one, and both for each");
        }
        this.quality = quality;
        this.costUsd = costUsd;
        this.models = quality[0].length;
        this.rank = new int[quality.length][models];
        for (int q = 0; q < quality.length; q++) {
            for (int m = 0; m < models; m++) {
                rank[q][m] = 1;
                for (int other = 0; other < models; other++) {
                    if (Outcome.of(quality[q][other] - quality[q][m], tieMargin) == Outcome.WIN) {
                        rank[q][m]++;
                    }
                }
            }
        }
    }

    public int queries() {
        return quality.length;
    }

    public int models() {
        return models;
    }

    /** The quality of the answer that a choice accepts. */
    public double quality(int query, int choice) {
        return quality[query][Calls.accepted(choice)];
    }

    /** What a choice costs: the sum over all its {@linkplain Calls calls}. */
    public double costUsd(int query, int choice) {
        return Calls.costUsd(choice, costUsd[query]);
    }

    /** Whether no other candidate's answer beats the one that a choice accepts. */
    public boolean accepted(int query, int choice) {
        return rank(query, choice) == 1;
    }

    /** One more than the number of candidates whose answers beat the one that a choice accepts. */
    public int rank(int query, int choice) {
        return rank[query][Calls.accepted(choice)];
    }

    /**
     * What it costs to send every query to one candidate.
     *
     * @param weights how often each query counts; all sum to more than 0
     * @return the mean over the queries, in USD
     */
    public double meanCostUsd(int model, int[] weights) {
        double sum = 0;
        long total = 0;
        for (int q = 0; q < weights.length; q++) {
            sum += weights[q] * costUsd[q][model];
            total += weights[q];
        }
        return sum / total;
    }

    /** The choices that send every query to one candidate. */
    public int[] always(int model) {
        int[] chosen = new int[queries()];
        java.util.Arrays.fill(chosen, model);
        return chosen;
    }

    /** The candidates from the cheapest to the dearest on average; of equals, the later listed first. */
    public int[] cheapestFirst() {
        double[] mean = new double[models];
        for (double[] row : costUsd) {
            for (int m = 0; m < models; m++) {
                mean[m] += row[m];
            }
        }
        return IntStream.range(0, models)
                .mapToObj(i -> models - 1 - i)
                .sorted(java.util.Comparator.comparingDouble(m -> mean[m]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
