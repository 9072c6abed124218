package dev.tagrouter.learning;

import dev.tagrouter.core.decision.TradeOffCurve;
import dev.tagrouter.core.decision.UtilityDecider;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Collects what held-out decisions would have won and cost at every weight of the price term, and turns that into the
 * map from theta.
 *
 * <p>The default (theta = 0) is the cheapest weight whose quality is within one standard error of the highest (the rule
 * of Breiman et al., CART 1984), and not below the best single model where any weight is above it. On either side of
 * it, theta goes through expected spending in even steps.
 *
 * <p>Where even the dearest price is tiny, such as USD per token, the weights are larger by the power of ten that makes it
 * ordinary. What no finite weight saves, theta -1 alone does.
 */
final class CurveFit {
    private static final int STEPS_PER_DECADE = 10;
    private static final int LEAST_DECADE = -2;
    private static final int MOST_DECADE = 9;
    private static final int STEPS = (MOST_DECADE - LEAST_DECADE) * STEPS_PER_DECADE;
    private static final int WEIGHTS = STEPS + 3;
    private static final int POINTS = 40;

    /** In USD per million tokens; prices from it on are ordinary. */
    private static final double LEAST_ORDINARY_PRICE = 1e-3;

    /** So that the largest finite weight is finite indeed. */
    private static final int MOST_DECADES_UP = 290;

    /** Rising weights: 0, a logarithmic grid, infinity. */
    private final double[] weights;

    private final int models;
    private final double[] quality = new double[WEIGHTS];
    private final double[] qualitySquares = new double[WEIGHTS];
    private final double[] cost = new double[WEIGHTS];
    private final double[] expectedCost = new double[WEIGHTS];
    private final double[] singleQuality;
    private long queries;

    /** @param dearest the highest price of any candidate, in USD per million tokens */
    CurveFit(int models, double dearest) {
        this.models = models;
        this.weights = weights(LEAST_DECADE + decadesUp(dearest));
        this.singleQuality = new double[models];
    }

    private static int decadesUp(double dearest) {
        return dearest >= LEAST_ORDINARY_PRICE || dearest == 0
                ? 0
                : Math.min(MOST_DECADES_UP, (int) Math.ceil(-StrictMath.log10(dearest)));
    }

    private static double[] weights(int leastDecade) {
        double[] weights = new double[WEIGHTS];
        for (int i = 0; i <= STEPS; i++) {
            weights[i + 1] = StrictMath.pow(10, leastDecade + i / (double) STEPS_PER_DECADE);
        }
        weights[WEIGHTS - 1] = Double.POSITIVE_INFINITY;
        return weights;
    }

    /**
     * Adds one query that the scores were not learned from.
     *
     * @param score of each candidate
     * @param expected cost of each candidate in USD, as expected when deciding
     * @param trueQuality of each candidate's answer
     * @param trueCost of each candidate's answer in USD
     */
    void add(double[] score, double[] expected, double[] trueQuality, double[] trueCost) {
        queries++;
        for (int m = 0; m < models; m++) {
            singleQuality[m] += trueQuality[m];
        }
        for (int w = 0; w < WEIGHTS; w++) {
            int chosen = 0;
            for (int m = 1; m < models; m++) {
                if (UtilityDecider.beats(score[m] - score[chosen], expected[m] - expected[chosen], weights[w])) {
                    chosen = m;
                }
            }
            quality[w] += trueQuality[chosen];
            qualitySquares[w] += trueQuality[chosen] * trueQuality[chosen];
            cost[w] += trueCost[chosen];
            expectedCost[w] += expected[chosen];
        }
    }

    long queries() {
        return queries;
    }

    /** The curve of everything added; at least one query. */
    TradeOffCurve curve() {
        int neutral = neutral();
        int last = WEIGHTS - 1;
        int lastFinite = last - 1;
        int[] weightAt = new int[POINTS + 1];
        int half = POINTS / 2;
        for (int i = 0; i <= POINTS; i++) {
            double target = i < half
                    ? between(expectedCost[last], expectedCost[neutral], i / (double) half)
                    : between(expectedCost[neutral], expectedCost[0], (i - half) / (double) half);
            int w = 0;
            while (w < lastFinite && expectedCost[w] > target * (1 + 1e-12)) {
                w++;
            }
            // Theta from 0 on spends at least as much as at 0, and below 0 at most as much: whatever ties say.
            int bounded = i <= half ? Math.max(w, neutral) : Math.min(w, neutral);
            weightAt[i] = i > 0 ? Math.min(bounded, weightAt[i - 1]) : last;
        }
        weightAt[half] = neutral;
        weightAt[POINTS] = 0;
        List<TradeOffCurve.Point> points = new ArrayList<>();
        for (int i = 0; i <= POINTS; i++) {
            int w = weightAt[i];
            points.add(new TradeOffCurve.Point(
                    -1 + 2.0 * i / POINTS, weights[w], rounded(quality[w] / queries), rounded(cost[w] / queries)));
        }
        return new TradeOffCurve(points);
    }

    private int neutral() {
        double single = 0;
        for (double sum : singleQuality) {
            single = Math.max(single, sum);
        }
        int best = 0;
        for (int w = 1; w < WEIGHTS - 1; w++) {
            if (quality[w] >= quality[best]) {
                best = w;
            }
        }
        double mean = quality[best] / queries;
        double error = Math.sqrt(Math.max(0, qualitySquares[best] / queries - mean * mean) / queries);
        double enough = quality[best] - error * queries;
        if (quality[best] >= single) {
            enough = Math.max(enough, single);
        }
        int neutral = best;
        for (int w = 0; w < WEIGHTS - 1; w++) {
            if (quality[w] >= enough && cost[w] < cost[neutral]) {
                neutral = w;
            }
        }
        return Math.max(1, neutral);
    }

    private static double between(double from, double to, double share) {
        return from + share * (to - from);
    }

    private static double rounded(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.6g", value));
    }
}
