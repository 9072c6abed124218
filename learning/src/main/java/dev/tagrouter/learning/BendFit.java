package dev.tagrouter.learning;

import dev.tagrouter.core.scoring.Bend;

/**
 * Fits the {@link Bend} of one model: least squares of what held-out scores are off by on 1, t and t squared, from sums. A model
 * that was judged on fewer than {@value Many#QUERIES} queries is not bent, for they cannot tell how.
 */
final class BendFit {
    /** How far a bend reaches, in standard deviations of the scores. */
    private static final double REACH = 3;

    /** Scores that differ less than this say nothing about a bend. */
    private static final double LEAST_SPREAD = 1e-4;

    /** Added to the variances of t and t squared, in units of the spread, so that two values of a score have a solution too. */
    private static final double RIDGE = 1e-3;

    private static final int TERMS = 3;

    private final double centre;
    /** Sums of t^0 to t^4. */
    private final double[] powers = new double[2 * TERMS - 1];
    /** Sums of what scores are off by, times t^0 to t^2. */
    private final double[] products = new double[TERMS];

    /** @param centre about where scores lie */
    BendFit(double centre) {
        this.centre = Columns.rounded(centre, 1e6);
    }

    /** Adds the held-out score of a query and the quality of the answer. */
    void add(double score, double quality) {
        double t = score - centre;
        double power = 1;
        for (int i = 0; i < powers.length; i++) {
            powers[i] += power;
            if (i < TERMS) {
                products[i] += power * (quality - score);
            }
            power *= t;
        }
    }

    /** What to add to scores; nothing, where there are too few or they are all alike. */
    Bend bend() {
        double n = powers[0];
        double mean = powers[1] / Math.max(1, n);
        double spread = Math.sqrt(Math.max(0, powers[2] / Math.max(1, n) - mean * mean));
        if (n < Many.QUERIES || spread < LEAST_SPREAD) {
            return Bend.NONE;
        }
        double[] unit = {1, spread, spread * spread};
        double[][] matrix = new double[TERMS][];
        double[] fitted = new double[TERMS];
        for (int i = 0; i < TERMS; i++) {
            matrix[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                matrix[i][j] = powers[i + j] / (n * unit[i] * unit[j]);
            }
            matrix[i][i] += i == 0 ? 0 : RIDGE;
            fitted[i] = products[i] / (n * unit[i]);
        }
        new Cholesky(matrix).solve(fitted);
        return new Bend(
                centre,
                Columns.rounded(Math.abs(mean) + REACH * spread, 1e6),
                Columns.rounded(fitted[0], 1e6),
                Columns.rounded(fitted[1] / unit[1], 1e6),
                Columns.rounded(fitted[2] / unit[2], 1e6));
    }
}
