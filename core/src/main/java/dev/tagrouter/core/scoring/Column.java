package dev.tagrouter.core.scoring;

import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.core.tagging.Vocabulary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one candidate's score is made of, ready to multiply: the joint scorer's coefficients of one model, moved onto
 * the scale of the pool's base set where the model was judged elsewhere.
 */
final class Column {
    final double meanQuality;
    final double baseline;
    final double baselineVariance;
    final double baselineTokens;
    final double[] effect;
    final double[] variance;
    /** What the model itself was judged on, by term. */
    final double[] mass;
    /** What its figures rest on: that, or more where it leans on its peers. */
    final double[] covered;

    final double[] tokens;
    /** What the sum of the terms is off by; nothing where a link moved it, for it was learned on another scale. */
    final Bend bend;

    /** How this column was moved, or null; the variances above are the column's own, without the shift's. */
    final @Nullable Shift shift;

    private Column(
            double meanQuality,
            double baseline,
            double baselineVariance,
            double baselineTokens,
            double[] effect,
            double[] variance,
            double[] mass,
            double[] covered,
            double[] tokens,
            Bend bend,
            @Nullable Shift shift) {
        this.meanQuality = meanQuality;
        this.baseline = baseline;
        this.baselineVariance = baselineVariance;
        this.baselineTokens = baselineTokens;
        this.effect = effect;
        this.variance = variance;
        this.mass = mass;
        this.covered = covered;
        this.tokens = tokens;
        this.bend = bend;
        this.shift = shift;
    }

    /**
     * The column of a model in a set that judged it. An axis without a row was not learned in the set: it adds nothing to a score,
     * no doubt either.
     */
    static Column of(EvidenceSet set, Capability capability, Vocabulary vocabulary) {
        int tags = vocabulary.termCount();
        Capability.Summary summary = capability.summary();
        double[] effect = new double[tags];
        double[] variance = new double[tags];
        double[] mass = new double[tags];
        double[] tokens = new double[tags];
        for (int t = 0; t < tags; t++) {
            Capability.Row row = capability.row(t);
            effect[t] = row.score();
            boolean unlearned = vocabulary.isAxis(t) && row.isNone();
            variance[t] = unlearned ? 0 : summary.residualVariance() / (row.mass() + set.penalty());
            mass[t] = row.mass();
            tokens[t] = row.tokens();
        }
        return new Column(
                summary.meanQuality(),
                summary.baseline(),
                summary.residualVariance() / Math.max(1, summary.judged()),
                summary.baselineTokens(),
                effect,
                variance,
                mass,
                covered(set, capability, mass),
                tokens,
                summary.bend(),
                null);
    }

    private static double[] covered(EvidenceSet set, Capability capability, double[] mass) {
        List<Capability> peers = set.peers(capability);
        if (peers.isEmpty()) {
            return mass;
        }
        double[] covered = mass.clone();
        for (Capability peer : peers) {
            for (int t = 0; t < covered.length; t++) {
                covered[t] = Math.max(covered[t], peer.row(t).mass());
            }
        }
        return covered;
    }

    /** This column moved by what a link says; its own output length stays. */
    Column shifted(Shift by) {
        int tags = effect.length;
        double[] movedEffect = new double[tags];
        double[] movedMass = new double[tags];
        double[] movedCovered = new double[tags];
        for (int t = 0; t < tags; t++) {
            movedEffect[t] = effect[t] + by.effect[t];
            movedMass[t] = Math.min(mass[t], by.mass[t]);
            movedCovered[t] = Math.min(covered[t], by.mass[t]);
        }
        return new Column(
                meanQuality + by.meanQuality,
                baseline + by.baseline,
                baselineVariance,
                baselineTokens,
                movedEffect,
                variance,
                movedMass,
                movedCovered,
                tokens,
                Bend.NONE,
                by);
    }

    private double wholeBaselineVariance() {
        return baselineVariance + (shift == null ? 0 : shift.baselineVariance);
    }

    private double wholeVariance(int tag) {
        return variance[tag] + (shift == null ? 0 : shift.variance[tag]);
    }

    /** How far scores of one set lie from the scores of another, told by the models that were judged in both. */
    static final class Shift {
        private double meanQuality;
        private double baseline;
        private double baselineVariance;
        private final double[] effect;
        private final double[] variance;
        private final double[] mass;

        private Shift(int tags) {
            this.effect = new double[tags];
            this.variance = new double[tags];
            this.mass = new double[tags];
        }

        /** The variance that this shift adds to a score, the same for every model it moves. */
        double variance(Tags tags) {
            double sum = baselineVariance;
            for (int k = 0; k < tags.termCount(); k++) {
                double p = tags.confidence(k);
                sum += p * p * variance[tags.index(k)];
            }
            return sum;
        }

        /**
         * The mean over shared models of (column towards - column from), added to the shift that {@code towards}
         * itself has; variances add up, evidence is what the weakest link has.
         */
        static Shift mean(List<Column> towards, List<Column> from) {
            int links = towards.size();
            Shift shift = new Shift(towards.getFirst().effect.length);
            for (int l = 0; l < links; l++) {
                Column a = towards.get(l);
                Column b = from.get(l);
                shift.meanQuality += (a.meanQuality - b.meanQuality) / links;
                shift.baseline += (a.baseline - b.baseline) / links;
                shift.baselineVariance += (a.wholeBaselineVariance() + b.wholeBaselineVariance()) / links / links;
                for (int t = 0; t < shift.effect.length; t++) {
                    shift.effect[t] += (a.effect[t] - b.effect[t]) / links;
                    shift.variance[t] += (a.wholeVariance(t) + b.wholeVariance(t)) / links / links;
                    shift.mass[t] = Math.max(shift.mass[t], Math.min(a.mass[t], b.mass[t]));
                }
            }
            return shift;
        }
    }
}
