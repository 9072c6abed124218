package dev.tagrouter.core.decision;

import dev.tagrouter.core.scoring.CandidatePool;
import dev.tagrouter.core.scoring.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The default rule: the highest {@code score - weight(theta) * expected cost}, the cheaper of equals.
 *
 * <p>The weight falls as theta rises, so the expected cost of what is chosen never falls as theta rises. At theta = -1
 * the cheapest candidate is chosen whatever the evidence says. Elsewhere a query without tags goes to the default
 * model, and so does one whose tags are all too unsure to be stated or hardly covered by the evidence.
 */
public final class UtilityDecider implements Decider {
    private final TradeOffCurve curve;
    private final double minimumCoverage;
    private final Fallback fallback;

    /**
     * @param pool the candidates that will be decided between
     * @param curve the map from theta to the price term
     * @param defaultModel who answers where evidence does not decide; where it is no candidate, the candidate that is
     *     best on average
     * @param minimumCoverage coverage below this is low, in [0, 1]
     */
    public UtilityDecider(CandidatePool pool, TradeOffCurve curve, String defaultModel, double minimumCoverage) {
        this.curve = curve;
        this.minimumCoverage = minimumCoverage;
        this.fallback = Fallback.of(pool, defaultModel);
    }

    /** Throws IllegalArgumentException, naming value and range, for a theta this rule does not know. */
    public static void requireTheta(double theta) {
        if (!(theta >= -1 && theta <= 1)) {
            throw new IllegalArgumentException("theta is " + theta
                    + "; give a number from -1 (always the cheapest) over 0 (default) to 1 (highest expected quality)");
        }
    }

    @Override
    public Decision.Chosen decide(Scores scores, double theta, long inputTokens) {
        requireTheta(theta);
        double[] costs = costs(scores, inputTokens);
        double weight = curve.qualityPerUsd(theta);
        Reason uncovered = uncovered(scores);
        if (theta > -1 && uncovered != null) {
            return fallback(uncovered, scores, costs, weight, theta);
        }
        int chosen = best(scores, costs, weight, -1);
        int runnerUp = best(scores, costs, weight, chosen);
        return new Decision.Chosen(
                name(scores, chosen),
                Reason.ROUTED,
                theta,
                uncovered == null
                        ? flipTheta(scores, costs, weight, theta, chosen)
                        : flipToFallback(name(scores, chosen)),
                runnerUp < 0 ? null : name(scores, runnerUp),
                runnerUp < 0 ? 0 : scores.uncertainty(chosen, runnerUp));
    }

    /** The chosen model, then the others by falling utility; the cheaper of equals first. */
    @Override
    public List<String> ranking(Scores scores, double theta, long inputTokens) {
        requireTheta(theta);
        double[] costs = costs(scores, inputTokens);
        double weight = curve.qualityPerUsd(theta);
        List<String> ranking = new ArrayList<>(scores.size() + 1);
        boolean[] ranked = new boolean[scores.size()];
        if (theta > -1 && uncovered(scores) != null) {
            ranking.add(fallback.model());
            if (fallback.index() >= 0) {
                ranked[fallback.index()] = true;
            }
        }
        for (int m = best(scores, costs, weight, ranked); m >= 0; m = best(scores, costs, weight, ranked)) {
            ranking.add(name(scores, m));
            ranked[m] = true;
        }
        return ranking;
    }

    private static double[] costs(Scores scores, long inputTokens) {
        double[] costs = new double[scores.size()];
        Arrays.setAll(costs, m -> scores.costUsd(m, inputTokens));
        return costs;
    }

    /** Why evidence does not decide this query at any theta above -1, or null if it does. */
    private @Nullable Reason uncovered(Scores scores) {
        if (scores.tags().isEmpty()) {
            return Reason.NO_TAGS;
        }
        return scores.tags().statedCount() == 0 || scores.coverage() < minimumCoverage ? Reason.LOW_COVERAGE : null;
    }

    /** Just above theta -1 the default model answers what evidence does not cover. */
    private @Nullable Double flipToFallback(String cheapest) {
        return cheapest.equals(fallback.model()) ? null : -1.0;
    }

    private Decision.Chosen fallback(Reason reason, Scores scores, double[] costs, double weight, double theta) {
        int runnerUp = best(scores, costs, weight, fallback.index());
        return new Decision.Chosen(
                fallback.model(),
                reason,
                theta,
                null,
                runnerUp < 0 ? null : name(scores, runnerUp),
                fallback.uncertainty(scores, runnerUp));
    }

    private static String name(Scores scores, int index) {
        return scores.pool().candidates().get(index).model();
    }

    /** The best candidate that is not ranked yet, or -1 if all are. */
    private static int best(Scores scores, double[] costs, double weight, boolean[] ranked) {
        int best = -1;
        for (int m = 0; m < costs.length; m++) {
            if (!ranked[m]
                    && (best < 0 || beats(scores.score(m) - scores.score(best), costs[m] - costs[best], weight))) {
                best = m;
            }
        }
        return best;
    }

    /** The best candidate but {@code without}, or -1 if there is no other. */
    private static int best(Scores scores, double[] costs, double weight, int without) {
        int best = -1;
        for (int m = 0; m < costs.length; m++) {
            if (m != without
                    && (best < 0 || beats(scores.score(m) - scores.score(best), costs[m] - costs[best], weight))) {
                best = m;
            }
        }
        return best;
    }

    /**
     * Whether one candidate beats another: by utility, then by cost; where all is equal neither does.
     *
     * @param gain its score less the other's
     * @param extraCostUsd its expected cost less the other's
     * @param qualityPerUsd the weight of the price term, 0 or more; infinite where only cost counts
     */
    public static boolean beats(double gain, double extraCostUsd, double qualityPerUsd) {
        if (Double.isInfinite(qualityPerUsd)) {
            return extraCostUsd < 0 || (extraCostUsd == 0 && gain > 0);
        }
        double utility = gain - qualityPerUsd * extraCostUsd;
        return utility > 0 || (utility == 0 && extraCostUsd < 0);
    }

    /**
     * The nearest theta at which another candidate's utility meets the chosen one's. Only two can be nearest: the
     * first crossing with a cheaper candidate as the weight grows, and with a dearer one as it falls.
     */
    private @Nullable Double flipTheta(Scores scores, double[] costs, double weight, double theta, int chosen) {
        double above = Double.POSITIVE_INFINITY;
        double below = Double.NEGATIVE_INFINITY;
        for (int m = 0; m < costs.length; m++) {
            double extraCost = costs[chosen] - costs[m];
            double gain = scores.score(chosen) - scores.score(m);
            if (extraCost > 0) {
                above = Math.min(above, Math.max(weight, gain / extraCost));
            } else if (extraCost < 0 && gain < 0) {
                below = Math.max(below, Math.min(weight, gain / extraCost));
            }
        }
        boolean flipsAbove = !Double.isInfinite(weight) && !Double.isInfinite(above);
        boolean flipsBelow = !Double.isInfinite(below);
        double cheaper = flipsAbove ? Math.min(theta, curve.theta(above)) : Double.NEGATIVE_INFINITY;
        double dearer = flipsBelow ? Math.max(theta, curve.theta(below)) : Double.POSITIVE_INFINITY;
        if (!flipsAbove && !flipsBelow) {
            return null;
        }
        return theta - cheaper <= dearer - theta ? cheaper : dearer;
    }
}
