package dev.tagrouter.learning;

import dev.tagrouter.core.decision.TradeOffCurve;
import dev.tagrouter.core.scoring.Bend;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.tagging.Tags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What theta means for one set: the curve of what held-out decisions would have won and cost, and what coverage is usual. Only
 * queries on which every model with a price was judged count.
 */
final class ThetaCalibration {
    private static final int COVERAGE_BINS = 1000;
    private static final double RARE_COVERAGE = 0.01;

    private final HeldOut heldOut;
    private final int penalty;
    private final List<Bend> bends;
    private final int[] candidates;
    private final List<Price> prices = new ArrayList<>();
    /** By model, whom it leans on. */
    private final int[][] peers;

    private final CurveFit curve;
    private final long[] coverage = new long[COVERAGE_BINS + 1];
    private long queries;

    /**
     * @param set the models in the order of the sums, and which of them have a price
     * @param penalty the position of the one that was chosen
     * @param bends of each model
     */
    ThetaCalibration(JudgedSet.Description set, HeldOut heldOut, int penalty, List<Bend> bends) {
        this.heldOut = heldOut;
        this.penalty = penalty;
        this.bends = List.copyOf(bends);
        SetStatistics total = heldOut.total();
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
        this.curve = new CurveFit(
                candidates.length,
                prices.stream().mapToDouble(Price::dearer).max().orElse(0));
    }

    /** Adds one query that is in {@code fold}. */
    void add(Tags tags, JudgedSet.Judged judged, int fold) {
        if (Arrays.stream(candidates)
                .anyMatch(m -> Double.isNaN(judged.quality().get(m)))) {
            return;
        }
        queries++;
        coverage[(int) (coverage(tags) * COVERAGE_BINS)]++;
        addToCurve(judged, heldOut.scores(tags, penalty, fold), heldOut.tokens(tags, penalty, fold));
    }

    private void addToCurve(JudgedSet.Judged judged, double[] sum, double[] tokens) {
        int n = candidates.length;
        if (n == 0) {
            return;
        }
        double[] expected = new double[n];
        double[] cost = new double[n];
        double[] score = new double[n];
        double[] truth = new double[n];
        double inputTokens = (double) judged.query().inputTokens();
        for (int c = 0; c < n; c++) {
            int m = candidates[c];
            expected[c] = prices.get(c).usd(inputTokens, Math.max(1, tokens[m]));
            cost[c] = prices.get(c).usd(inputTokens, judged.outputTokens().get(m));
            score[c] = sum[m] + bends.get(m).at(sum[m]);
            truth[c] = judged.quality().get(m);
        }
        curve.add(score, expected, truth, cost);
    }

    /** As {@link dev.tagrouter.core.scoring.Scores#coverage()} counts it, for the candidates of the set. */
    private double coverage(Tags tags) {
        double covered = 0;
        double mass = 0;
        for (int k = 0; k < tags.size(); k++) {
            double confidence = tags.confidence(k);
            double least = Double.POSITIVE_INFINITY;
            for (int m : candidates) {
                least = Math.min(least, covered(m, tags.index(k)));
            }
            mass += confidence;
            covered += confidence * (Double.isInfinite(least) ? 0 : least / (least + heldOut.penalty(penalty)));
        }
        return covered / Math.max(1, mass);
    }

    /** The mass that what is said of a model on a tag rests on: its own, or a peer's where that is more. */
    private double covered(int m, int tag) {
        double most = heldOut.total().gram(m).mass(tag);
        for (int peer : peers[m]) {
            most = Math.max(most, heldOut.total().gram(peer).mass(tag));
        }
        return most;
    }

    TradeOffCurve curve() {
        if (curve.queries() == 0) {
            return new TradeOffCurve(List.of(
                    new TradeOffCurve.Point(-1, Double.POSITIVE_INFINITY, Double.NaN, Double.NaN),
                    new TradeOffCurve.Point(0, 1, Double.NaN, Double.NaN),
                    new TradeOffCurve.Point(1, 0, Double.NaN, Double.NaN)));
        }
        return curve.curve();
    }

    /** Low is what has less than half of the coverage that 99 of 100 queries of the set have. */
    double minimumCoverage() {
        return Columns.rounded(usualCoverage() / 2, 1e3);
    }

    /** The coverage that only one query in a hundred of the set falls below. */
    private double usualCoverage() {
        long seen = 0;
        for (int bin = 0; bin <= COVERAGE_BINS; bin++) {
            seen += coverage[bin];
            if (seen > RARE_COVERAGE * queries) {
                return bin / (double) COVERAGE_BINS;
            }
        }
        return 0;
    }
}
