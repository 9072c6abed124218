package dev.tagrouter.lab.evaluation;

import dev.tagrouter.lab.evaluation.Score.Line;
import dev.tagrouter.lab.metric.ArenaScore;
import dev.tagrouter.lab.metric.CostQualityArea;
import dev.tagrouter.lab.metric.HullArea;
import dev.tagrouter.lab.metric.Outcomes;
import dev.tagrouter.lab.metric.PerformanceGap;
import dev.tagrouter.lab.metric.Point;
import dev.tagrouter.lab.metric.SweptCurve;
import dev.tagrouter.lab.metric.TwoModelCurve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The reference lines of one pool, and how everything else is measured against them. */
final class Yardstick {
    private final Outcomes truth;
    private final boolean asPair;
    private final int[] once;
    private final List<Point> singles = new ArrayList<>();
    private final int cheapest;
    private final int dearest;
    private final int best;
    private final Point oracle;

    /** Two candidates by AR and the curve over the share of the large one, more by quality and its area over cost. */
    Yardstick(Outcomes truth) {
        this(truth, truth.models() == 2);
    }

    private Yardstick(Outcomes truth, boolean asPair) {
        this.truth = truth;
        this.asPair = asPair;
        this.once = new int[truth.queries()];
        Arrays.fill(once, 1);
        for (int m = 0; m < truth.models(); m++) {
            singles.add(Point.of(truth, truth.always(m), once));
        }
        int[] cheapestFirst = truth.cheapestFirst();
        this.cheapest = cheapestFirst[0];
        this.dearest = cheapestFirst[cheapestFirst.length - 1];
        int best = cheapest;
        for (int m : cheapestFirst) {
            best = headline(singles.get(m)) > headline(singles.get(best)) ? m : best;
        }
        this.best = best;
        this.oracle = Point.of(truth, oracleChoices(), once);
    }

    /** By quality and its area over cost however many candidates there are, so that pools of two compare with larger ones. */
    static Yardstick byQuality(Outcomes truth) {
        return new Yardstick(truth, false);
    }

    /** What deployable decisions are chosen for and judged by: AR for two candidates, else quality. */
    double headline(Point point) {
        return asPair ? point.acceptRate() : point.quality();
    }

    Outcomes truth() {
        return truth;
    }

    int cheapest() {
        return cheapest;
    }

    int dearest() {
        return dearest;
    }

    /** The best single model in hindsight; of equals the cheapest. */
    int bestSingle() {
        return best;
    }

    /** The cheapest among the best of each query. */
    int[] oracleChoices() {
        int[] chosen = new int[truth.queries()];
        for (int q = 0; q < chosen.length; q++) {
            int best = 0;
            for (int m = 1; m < truth.models(); m++) {
                double gain = truth.quality(q, m) - truth.quality(q, best);
                if (gain > 0 || (gain == 0 && truth.costUsd(q, m) < truth.costUsd(q, best))) {
                    best = m;
                }
            }
            chosen[q] = best;
        }
        return chosen;
    }

    Line line(int[] chosen) {
        return line(Point.of(truth, chosen, once));
    }

    Line line(Point point) {
        double bestAcceptRate =
                singles.stream().mapToDouble(Point::acceptRate).max().orElseThrow();
        double bestQuality = singles.stream().mapToDouble(Point::quality).max().orElseThrow();
        return new Line(
                point.acceptRate(),
                Point.uplift(point.acceptRate(), bestAcceptRate),
                point.quality(),
                Point.uplift(point.quality(), bestQuality),
                point.costUsd(),
                Point.saving(point.costUsd(), singles.get(best).costUsd()),
                point.rank(),
                (oracle.quality() - point.quality()) / oracle.quality(),
                ArenaScore.of(point.quality(), point.costUsd()));
    }

    /** The headline of decisions, as a function of a sample. */
    ToDoubleFunction<int[]> headline(int[] chosen) {
        return weights -> headline(Point.of(truth, chosen, weights));
    }

    /** The headline of the best single model, as a function of a sample: another one may be best there. */
    ToDoubleFunction<int[]> bestHeadline() {
        List<ToDoubleFunction<int[]>> all = IntStream.range(0, truth.models())
                .mapToObj(m -> headline(truth.always(m)))
                .toList();
        return weights -> all.stream()
                .mapToDouble(each -> each.applyAsDouble(weights))
                .max()
                .orElseThrow();
    }

    /** Both areas of a two-model curve, for values of every query. */
    TwoModelCurve curve(Choice choice, Values values) {
        return new TwoModelCurve(truth, choice.standing(values), choice.smallModel());
    }

    /** The area that methods are compared by, each query counted once. */
    double area(Choice choice, Values values, List<int[]> sweep) {
        return asPair ? curve(choice, values).areas(once).auc() : area(points(sweep), once);
    }

    /** The same area as a function of a sample. */
    ToDoubleFunction<int[]> areas(Choice choice, Values values, List<int[]> sweep) {
        if (asPair) {
            TwoModelCurve curve = curve(choice, values);
            return weights -> curve.areas(weights).auc();
        }
        SweptCurve curve = new SweptCurve(truth, sweep);
        return weights -> area(curve.points(weights), weights);
    }

    /** Mean cost and mean quality at each setting, each measured by itself: equal choices are equal to the last bit. */
    private double[][] points(List<int[]> sweep) {
        return sweep.stream()
                .map(chosen -> Point.of(truth, chosen, once))
                .map(point -> new double[] {point.costUsd(), point.quality()})
                .toArray(double[][]::new);
    }

    private double area(double[][] points, int[] weights) {
        return CostQualityArea.of(points, truth.meanCostUsd(cheapest, weights), truth.meanCostUsd(dearest, weights));
    }

    /**
     * The area of a random router: for two candidates (AR_small + AR_large) / 2; for more, that of sending a rising
     * share of the queries, drawn at random, to the dearest model instead of the cheapest.
     */
    double randomArea(int[] weights) {
        Point low = Point.of(truth, truth.always(cheapest), weights);
        Point high = Point.of(truth, truth.always(dearest), weights);
        if (asPair) {
            return (low.acceptRate() + high.acceptRate()) / 2;
        }
        return area(new double[][] {{low.costUsd(), low.quality()}, {high.costUsd(), high.quality()}}, weights);
    }

    /** What other papers measure of a method's curve. */
    PeerMetrics peers(Choice choice, Values values, List<int[]> sweep) {
        double aiq = HullArea.of(
                points(sweep),
                singles.get(cheapest).costUsd(),
                singles.get(dearest).costUsd());
        return asPair
                ? PeerMetrics.of(
                        aiq,
                        curve(choice, values),
                        new PerformanceGap(
                                singles.get(cheapest).acceptRate(),
                                singles.get(dearest).acceptRate()),
                        once)
                : PeerMetrics.of(aiq);
    }

    int[] once() {
        return once;
    }
}
