package dev.tagrouter.learning;

import dev.tagrouter.core.scoring.Bend;
import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.Price;
import org.jspecify.annotations.Nullable;

/** Turns sums and their joint estimate into columns of evidence. */
final class Columns {
    private Columns() {}

    /**
     * The column of one model.
     *
     * @param set the set's name
     * @param model the name of the model at position {@code m}
     * @param bend of its scores
     * @throws IllegalArgumentException when it has no judgment
     */
    static Capability column(
            String set,
            String model,
            @Nullable Price price,
            SetStatistics total,
            JointEstimate estimate,
            Likeness likeness,
            int m,
            Bend bend) {
        SetStatistics.Model sums = total.model(m);
        if (sums.quality.count() == 0) {
            throw new IllegalArgumentException(
                    "model '" + model + "' has no judgment in set '" + set + "'; leave it out");
        }
        Capability.Row[] rows = new Capability.Row[total.tags()];
        for (int t = 0; t < rows.length; t++) {
            rows[t] = !likeness.isLearned(t)
                    ? Capability.Row.NONE
                    : new Capability.Row(
                            sums.win[t],
                            sums.tie[t],
                            sums.loss[t],
                            rounded(likeness.mass(total.gram(m), t), 1e3),
                            rounded(estimate.effect[m][t], 1e6),
                            rounded(estimate.tokens[m][t], 1e2));
        }
        Capability.Summary summary = new Capability.Summary(
                model,
                price,
                sums.quality.count(),
                rounded(estimate.meanQuality(total, m), 1e6),
                rounded(estimate.baseline[m], 1e6),
                rounded(estimate.residualVariance(total, m), 1e6),
                Math.max(1, rounded(sums.tokens.mean(), 1e2)),
                rounded(estimate.baselineTokens[m], 1e2),
                bend);
        return new Capability(summary, rows);
    }

    /** Rounds to what the text form shows, so that what was learned is what is read back. */
    static double rounded(double value, double unitsPerOne) {
        return Math.round(value * unitsPerOne) / unitsPerOne;
    }
}
