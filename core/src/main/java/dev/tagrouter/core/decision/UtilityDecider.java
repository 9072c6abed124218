package dev.tagrouter.core.decision;

import dev.tagrouter.core.scoring.CandidatePool;
import dev.tagrouter.core.scoring.Scores;
import java.util.ArrayList;
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
    private final Field.Rule rule = this::choose;

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
    public Decision decide(Scores scores, double theta, long inputTokens, Constraints constraints) {
        requireTheta(theta);
        return Field.decide(rule, scores, theta, inputTokens, constraints);
    }

    /** The chosen model, or null where nobody may answer. */
    private Decision.@Nullable Chosen choose(Field field, double theta, Constraints constraints) {
        double weight = curve.qualityPerUsd(theta);
        Reason uncovered = uncovered(field.scores());
        if (theta > -1 && uncovered != null) {
            return fallback(uncovered, field, weight, theta, constraints);
        }
        int chosen = best(field, weight, null, -1);
        if (chosen < 0) {
            return fallback(Reason.NO_EVIDENCE, field, weight, theta, constraints);
        }
        int runnerUp = best(field, weight, null, chosen);
        return new Decision.Chosen(
                field.name(chosen),
                Reason.ROUTED,
                theta,
                uncovered == null
                        ? flipTheta(field, weight, theta, chosen)
                        : flipToFallback(field.name(chosen), field, constraints),
                runnerUp < 0 ? null : field.name(runnerUp),
                runnerUp < 0 ? 0 : field.scores().uncertainty(chosen, runnerUp));
    }

    /** The chosen model, then the others by falling utility; the cheaper of equals first. */
    @Override
    public List<String> ranking(Scores scores, double theta, long inputTokens, Constraints constraints) {
        requireTheta(theta);
        Field all = Field.of(scores, inputTokens, constraints);
        Field field = all.holding(constraints.held());
        double weight = curve.qualityPerUsd(theta);
        List<String> ranking = new ArrayList<>(scores.size() + 1);
        boolean[] ranked = new boolean[scores.size()];
        String first = theta > -1 && uncovered(scores) != null ? fallback.among(field, constraints) : null;
        if (first != null) {
            ranking.add(first);
            int index = field.indexOf(first);
            if (index >= 0) {
                ranked[index] = true;
            }
        }
        rank(field, weight, ranked, ranking);
        rank(all, weight, ranked, ranking);
        return ranking;
    }

    private static void rank(Field field, double weight, boolean[] ranked, List<String> ranking) {
        for (int m = best(field, weight, ranked, -1); m >= 0; m = best(field, weight, ranked, -1)) {
            ranking.add(field.name(m));
            ranked[m] = true;
        }
    }

    /** Why evidence does not decide this query at any theta above -1, or null if it does. */
    private @Nullable Reason uncovered(Scores scores) {
        if (scores.tags().isEmpty()) {
            return Reason.NO_TAGS;
        }
        return scores.tags().statedCount() == 0 || scores.coverage() < minimumCoverage ? Reason.LOW_COVERAGE : null;
    }

    /** Just above theta -1 the default model answers what evidence does not cover. */
    private @Nullable Double flipToFallback(String cheapest, Field field, Constraints constraints) {
        return cheapest.equals(fallback.among(field, constraints)) ? null : -1.0;
    }

    private Decision.@Nullable Chosen fallback(
            Reason reason, Field field, double weight, double theta, Constraints constraints) {
        String model = fallback.among(field, constraints);
        if (model == null) {
            return null;
        }
        int index = field.indexOf(model);
        int runnerUp = best(field, weight, null, index);
        return new Decision.Chosen(
                model,
                reason,
                theta,
                null,
                runnerUp < 0 ? null : field.name(runnerUp),
                index < 0 || runnerUp < 0 ? 0 : field.scores().uncertainty(index, runnerUp));
    }

    /** The best candidate that may answer but those ranked and {@code without}, or -1 if there is no other. */
    private static int best(Field field, double weight, boolean @Nullable [] ranked, int without) {
        Scores scores = field.scores();
        int best = -1;
        for (int m = 0; m < field.size(); m++) {
            if (m != without
                    && field.isOpen(m)
                    && (ranked == null || !ranked[m])
                    && (best < 0
                            || beats(
                                    scores.score(m) - scores.score(best),
                                    field.costUsd(m) - field.costUsd(best),
                                    weight))) {
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
    private @Nullable Double flipTheta(Field field, double weight, double theta, int chosen) {
        Scores scores = field.scores();
        double above = Double.POSITIVE_INFINITY;
        double below = Double.NEGATIVE_INFINITY;
        for (int m = 0; m < field.size(); m++) {
            if (!field.isOpen(m)) {
                continue;
            }
            double extraCost = field.costUsd(chosen) - field.costUsd(m);
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
