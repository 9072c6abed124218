package dev.tagrouter.cli;

import dev.tagrouter.core.decision.TradeOffCurve;
import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.EvidenceSet;
import java.util.List;
import java.util.Optional;

/** What the held-out figures of a set say of routing, where that is not simply that it pays. */
final class RoutingAdvice {
    /** Both sides of a comparison are rounded, and not alike. */
    private static final double ALIKE_COST = 1e-3;

    private static final double ALIKE_QUALITY = 1e-4;

    private RoutingAdvice() {}

    /**
     * One sentence, or empty where routing pays or nothing was measured.
     *
     * @param best the best single model of the set
     */
    static Optional<String> of(EvidenceSet set, Capability best, TradeOffCurve curve) {
        TradeOffCurve.Point neutral = curve.points().get(curve.points().size() / 2);
        if (Double.isNaN(neutral.quality())) {
            return Optional.empty();
        }
        double gain = neutral.quality() - best.summary().meanQuality();
        if (costsAlike(set, curve)) {
            return Optional.of("All candidates cost the same, so theta changes nothing; routing "
                    + (gain > ALIKE_QUALITY
                            ? "wins by quality alone."
                            : "does not win by quality alone: use " + best.model() + "."));
        }
        if (!anyThetaWins(curve)) {
            return Optional.of("No theta wins quality over the cheapest choice on this set: the candidates are one, or"
                    + " none is better than the cheapest on any kind of query, or too few queries were judged.");
        }
        boolean cheaper = neutral.costUsd() < set.meanCostUsd(best) * (1 - ALIKE_COST);
        boolean pays = gain > ALIKE_QUALITY || (gain >= -ALIKE_QUALITY && cheaper);
        return pays ? Optional.empty() : Optional.of("Routing does not pay on this set: use " + best.model() + ".");
    }

    /** Several candidates, none of which is cheaper than another on any query that was measured. */
    private static boolean costsAlike(EvidenceSet set, TradeOffCurve curve) {
        List<Capability> candidates = set.capabilities().stream()
                .filter(capability -> capability.summary().price() != null)
                .toList();
        TradeOffCurve.Point first = curve.points().getFirst();
        return candidates.size() > 1
                && candidates.stream()
                        .allMatch(other -> alike(set.meanCostUsd(other), set.meanCostUsd(candidates.getFirst())))
                && curve.points().stream()
                        .allMatch(
                                point -> point.quality() == first.quality() && alike(point.costUsd(), first.costUsd()));
    }

    private static boolean alike(double cost, double other) {
        return Math.abs(cost - other) <= ALIKE_COST * Math.max(cost, other);
    }

    private static boolean anyThetaWins(TradeOffCurve curve) {
        double least = curve.points().getFirst().quality();
        return curve.points().stream().anyMatch(point -> point.quality() > least);
    }
}
