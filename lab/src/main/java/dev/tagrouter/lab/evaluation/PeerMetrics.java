package dev.tagrouter.lab.evaluation;

import dev.tagrouter.lab.metric.PerformanceGap;
import dev.tagrouter.lab.metric.TwoModelCurve;

/**
 * What other papers measure of a swept curve. Figures that need a weak and a strong model are NaN for three candidates
 * and more, and where the dearer of two is not the better.
 *
 * @param apgr RouteLLM's APGR: the share of the gap between the two models' AR that the AUC recovers
 * @param cpt20 RouteLLM's CPT(20 %): the share of strong calls at which a fifth of the gap is recovered; NaN when never
 * @param cpt50 the same for half
 * @param cpt80 the same for four fifths
 * @param aiq RouterBench's AIQ: mean height of the convex hull of quality over cost, in [0, 1]
 */
public record PeerMetrics(double apgr, double cpt20, double cpt50, double cpt80, double aiq) {
    /** For lines without a curve. */
    static final PeerMetrics NONE = new PeerMetrics(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** Those of a curve of three candidates and more. */
    static PeerMetrics of(double aiq) {
        return new PeerMetrics(Double.NaN, Double.NaN, Double.NaN, Double.NaN, aiq);
    }

    /** Those of a curve of two candidates. */
    static PeerMetrics of(double aiq, TwoModelCurve curve, PerformanceGap gap, int[] weights) {
        return gap.exists()
                ? new PeerMetrics(
                        gap.recovered(curve.areas(weights).auc()),
                        curve.shareReaching(gap.at(0.2), weights),
                        curve.shareReaching(gap.at(0.5), weights),
                        curve.shareReaching(gap.at(0.8), weights),
                        aiq)
                : of(aiq);
    }
}
