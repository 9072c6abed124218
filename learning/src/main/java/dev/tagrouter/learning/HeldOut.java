package dev.tagrouter.learning;

import dev.tagrouter.core.decision.TradeOffCurve;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.tagging.Tags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cross-validation of one set: each query is scored by the estimate of the folds it is not in, at every penalty.
 *
 * <p>The penalty is chosen by {@link RelativeError}: by how well scores tell how much better a model does than its
 * rivals. The theta curve and the usual coverage are those of the chosen penalty.
 */
final class HeldOut {
    private static final int COVERAGE_BINS = 1000;
    private static final double RARE_COVERAGE = 0.01;

    private final int[] candidates;
    private final List<Price> prices = new ArrayList<>();
    /** By penalty and fold. */
    private final JointEstimate[][] estimates;

    private final SetStatistics total;
    /** By model, whom it leans on. */
    private final int[][] peers;

    private final double[] penalties;
    private final RelativeError[] error;
    private final CurveFit[] curves;
    private final long[][] coverage;
    private long queries;

    /**
     * @param likeness of the effects of the vocabulary's terms
     * @param set the models in the order of the sums, and which of them have a price
     * @param penalties to choose among
     * @param solved told of each estimate that is ready, by several threads
     */
    HeldOut(
            JudgedSet.Description set,
            List<SetStatistics> folds,
            Likeness likeness,
            double[] penalties,
            Runnable solved) {
        this.penalties = penalties.clone();
        this.error = new RelativeError[penalties.length];
        Arrays.setAll(error, p -> new RelativeError());
        this.curves = new CurveFit[penalties.length];
        this.coverage = new long[penalties.length][COVERAGE_BINS + 1];
        this.total = SetStatistics.sum(folds);
        this.peers =
                IntStream.range(0, total.modelCount()).mapToObj(total::peers).toArray(int[][]::new);
        this.candidates = IntStream.range(0, set.models().size())
                .filter(m -> set.prices().containsKey(set.models().get(m)))
                .toArray();
        for (int m : candidates) {
            Price price = set.prices().get(set.models().get(m));
            if (price != null) {
                prices.add(price);
            }
        }
        this.estimates = new JointEstimate[penalties.length][folds.size()];
        for (int f = 0; f < folds.size(); f++) {
            int fold = f;
            List<SetStatistics> others = new ArrayList<>(folds);
            others.remove(fold);
            SetStatistics rest = SetStatistics.sum(others);
            IntStream.range(0, penalties.length).parallel().forEach(p -> {
                estimates[p][fold] = JointEstimate.solve(rest, likeness, penalties[p]);
                solved.run();
            });
        }
        for (int p = 0; p < curves.length; p++) {
            curves[p] = new CurveFit(candidates.length);
        }
    }

    /**
     * Adds one query that is in {@code fold}. The penalty is judged on the models that were judged on the query; the
     * curve and the coverage need all candidates.
     */
    void add(Tags tags, JudgedSet.Judged judged, int fold) {
        double[] truth =
                judged.quality().stream().mapToDouble(Double::doubleValue).toArray();
        int[] present = IntStream.range(0, truth.length)
                .filter(m -> !Double.isNaN(truth[m]))
                .toArray();
        boolean complete = Arrays.stream(candidates).noneMatch(m -> Double.isNaN(truth[m]));
        if (complete) {
            queries++;
        }
        for (int p = 0; p < penalties.length; p++) {
            JointEstimate estimate = estimates[p][fold];
            double[] score = estimate.baseline.clone();
            double[] tokens = estimate.baselineTokens.clone();
            for (int k = 0; k < tags.termCount(); k++) {
                double confidence = tags.confidence(k);
                int tag = tags.index(k);
                for (int m = 0; m < score.length; m++) {
                    score[m] += confidence * estimate.effect[m][tag];
                    tokens[m] += confidence * estimate.tokens[m][tag];
                }
            }
            error[p].add(present, truth, score);
            if (complete) {
                addToCurve(curves[p], judged, truth, score, tokens);
                coverage[p][(int) (coverage(tags, penalties[p]) * COVERAGE_BINS)]++;
            }
        }
    }

    private void addToCurve(CurveFit curve, JudgedSet.Judged judged, double[] truth, double[] score, double[] tokens) {
        int n = candidates.length;
        if (n == 0) {
            return;
        }
        double[] expected = new double[n];
        double[] cost = new double[n];
        double[] candidateScore = new double[n];
        double[] candidateTruth = new double[n];
        double inputTokens = (double) judged.query().inputTokens();
        for (int c = 0; c < n; c++) {
            int m = candidates[c];
            expected[c] = prices.get(c).usd(inputTokens, Math.max(1, tokens[m]));
            cost[c] = prices.get(c).usd(inputTokens, judged.outputTokens().get(m));
            candidateScore[c] = score[m];
            candidateTruth[c] = truth[m];
        }
        curve.add(candidateScore, expected, candidateTruth, cost);
    }

    /** As {@link dev.tagrouter.core.scoring.Scores#coverage()} counts it, for the candidates of the set. */
    private double coverage(Tags tags, double penalty) {
        double covered = 0;
        double mass = 0;
        for (int k = 0; k < tags.size(); k++) {
            double confidence = tags.confidence(k);
            double least = Double.POSITIVE_INFINITY;
            for (int m : candidates) {
                least = Math.min(least, covered(m, tags.index(k)));
            }
            mass += confidence;
            covered += confidence * (Double.isInfinite(least) ? 0 : least / (least + penalty));
        }
        return covered / Math.max(1, mass);
    }

    /** The mass that what is said of a model on a tag rests on: its own, or a peer's where that is more. */
    private double covered(int m, int tag) {
        double most = total.gram(m).mass(tag);
        for (int peer : peers[m]) {
            most = Math.max(most, total.gram(peer).mass(tag));
        }
        return most;
    }

    /** The position of the penalty of the smallest error, of equals the largest; the largest, where nothing was held out. */
    int penalty() {
        int best = penalties.length - 1;
        for (int p = best - 1; p >= 0; p--) {
            best = error[p].sum() < error[best].sum() ? p : best;
        }
        return best;
    }

    TradeOffCurve curve(int penalty) {
        if (curves[penalty].queries() == 0) {
            return new TradeOffCurve(List.of(
                    new TradeOffCurve.Point(-1, Double.POSITIVE_INFINITY, Double.NaN, Double.NaN),
                    new TradeOffCurve.Point(0, 1, Double.NaN, Double.NaN),
                    new TradeOffCurve.Point(1, 0, Double.NaN, Double.NaN)));
        }
        return curves[penalty].curve();
    }

    /** Low is what has less than half of the coverage that 99 of 100 queries of the set have. */
    double minimumCoverage(int penalty) {
        return Columns.rounded(usualCoverage(penalty) / 2, 1e3);
    }

    /** The coverage that only one query in a hundred of the set falls below. */
    private double usualCoverage(int penalty) {
        long seen = 0;
        for (int bin = 0; bin <= COVERAGE_BINS; bin++) {
            seen += coverage[penalty][bin];
            if (seen > RARE_COVERAGE * queries) {
                return bin / (double) COVERAGE_BINS;
            }
        }
        return 0;
    }
}
