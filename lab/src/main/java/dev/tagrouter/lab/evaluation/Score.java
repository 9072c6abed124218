package dev.tagrouter.lab.evaluation;

import dev.tagrouter.lab.metric.Resampled;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one method did on one pool. Every query was tested by what was learned without its fold.
 *
 * @param method the method's name
 * @param playsTwoModels whether it routes between two candidates of a pool of more; marked {@code 2m}
 * @param point what the deployable decisions came to: knob and hyper-parameters chosen on validation folds
 * @param area what methods are compared by on the pool: {@link #auc} for two candidates, else the cost-quality area
 * @param areas the area on resamples of the queries; null for lines without a curve
 * @param auc area under AR over the share sent to the large model, in [0, 1]; NaN for three candidates and more
 * @param pauc that curve's area above the better single model's AR; NaN for three candidates and more
 * @param peers what other papers measure of the curve
 * @param gain the area less that of a random router, on the same resamples; null for lines without a curve
 * @param uplift of the deployable decisions over the best single model, in AR for two candidates, else in quality; null
 *     for lines without a curve
 * @param pValueVsOurs one-sided, of "ours has the higher area"; NaN for ours and for lines without an area
 * @param qualityByTask mean quality of the deployable decisions on each task; empty for lines that decide nothing and
 *     where the data have no tasks
 * @param settings the setting of each fold under test
 * @param curve the swept curve, from cheap to dear
 * @param micros time of one decision, embedding apart; null for lines that decide nothing
 * @param trainSeconds mean time to learn at the setting chosen, for one fold under test
 */
public record Score(
        String method,
        boolean playsTwoModels,
        Line point,
        double area,
        @Nullable Resampled areas,
        double auc,
        double pauc,
        PeerMetrics peers,
        @Nullable Resampled gain,
        @Nullable Resampled uplift,
        double pValueVsOurs,
        Map<String, Double> qualityByTask,
        List<String> settings,
        List<Line> curve,
        @Nullable Micros micros,
        double trainSeconds) {
    public Score {
        qualityByTask = Map.copyOf(qualityByTask);
        settings = List.copyOf(settings);
        curve = List.copyOf(curve);
    }

    /**
     * One point, and how it stands to the reference lines.
     *
     * @param acceptRate AR, in [0, 1]
     * @param uplift of AR over the best single model's
     * @param quality mean quality, in [0, 1]
     * @param qualityUplift of the quality over that of the best single model by quality
     * @param costUsd mean cost of a query
     * @param costSaving against that model
     * @param rank mean rank of what was chosen, 1 or more
     * @param gapToOracle {@code (oracle - quality) / oracle}
     * @param arenaScore RouterArena's S of quality and cost, in [0, 1]
     */
    public record Line(
            double acceptRate,
            double uplift,
            double quality,
            double qualityUplift,
            double costUsd,
            double costSaving,
            double rank,
            double gapToOracle,
            double arenaScore) {}

    /** Decision time in microseconds. */
    public record Micros(double p50, double p99) {}
}
