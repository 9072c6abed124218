package dev.tagrouter.lab.metric;

/**
 * What choosing one candidate for each query comes to, as means over the queries.
 *
 * @param acceptRate AR: the share of queries whose chosen answer no other candidate beats, in [0, 1]
 * @param quality mean quality of the chosen answers, in [0, 1]
 * @param costUsd mean cost of a query in USD
 * @param rank mean rank of the chosen answers, 1 or more; for two candidates 2 - AR
 */
public record Point(double acceptRate, double quality, double costUsd, double rank) {
    /**
     * Measures choices.
     *
     * @param chosen the choice for each query: a candidate, or {@link Calls} that end with one
     * @param weights how often each query counts, such as in a bootstrap sample; all sum to more than 0
     */
    public static Point of(Outcomes outcomes, int[] chosen, int[] weights) {
        double accepted = 0;
        double quality = 0;
        double cost = 0;
        double rank = 0;
        long total = 0;
        for (int q = 0; q < chosen.length; q++) {
            int w = weights[q];
            if (w > 0) {
                total += w;
                accepted += outcomes.accepted(q, chosen[q]) ? w : 0;
                quality += w * outcomes.quality(q, chosen[q]);
                cost += w * outcomes.costUsd(q, chosen[q]);
                rank += w * (double) outcomes.rank(q, chosen[q]);
            }
        }
        return new Point(accepted / total, quality / total, cost / total, rank / total);
    }

    /** The gain over a reference: {@code value / reference - 1}, the paper's uplift where both are accept rates; 0 of 0 is 0. */
    public static double uplift(double value, double reference) {
        return value == reference ? 0 : value / reference - 1;
    }

    /** The saving against a reference: {@code 1 - cost / reference}. */
    public static double saving(double costUsd, double referenceUsd) {
        return 1 - costUsd / referenceUsd;
    }
}
