package dev.tagrouter.lab.evaluation;

import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.baseline.Method;
import dev.tagrouter.lab.baseline.Methods;
import dev.tagrouter.lab.evaluation.Score.Line;
import dev.tagrouter.lab.metric.Bootstrap;
import dev.tagrouter.lab.metric.Point;
import dev.tagrouter.lab.metric.Resampled;
import dev.tagrouter.lab.metric.TwoModelCurve;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Turns the tested methods of one pool into its table. */
final class PoolEvaluation {
    private static final int RANDOM_DRAWS = 10;

    private final PoolData data;
    private final Yardstick yardstick;
    private final Bootstrap bootstrap;
    private final long seed;
    private final Resampled randomAreas;
    private final TaskQuality tasks;

    PoolEvaluation(PoolData data, int resamples, long seed) {
        this.data = data;
        this.yardstick =
                new Yardstick(data.outcomes(IntStream.range(0, data.queries()).toArray()));
        this.bootstrap = new Bootstrap(data.queries(), resamples, seed);
        this.seed = seed;
        this.tasks = new TaskQuality(data);
        this.randomAreas = bootstrap.of(yardstick::randomArea);
    }

    PoolResult result(List<MethodRun> runs, SetFeatures features) throws LabException {
        List<Score> scores = new ArrayList<>(references());
        Resampled bestSingles = bootstrap.of(yardstick.bestHeadline());
        Resampled ours = null;
        for (MethodRun run : runs) {
            List<int[]> sweep = sweep(run);
            Resampled areas = bootstrap.of(areas(run, sweep));
            if (run.method().name().equals(Methods.OURS)) {
                ours = areas;
            }
            scores.add(score(run, sweep, areas, ours, bestSingles, features));
        }
        return new PoolResult(
                data.pool(),
                data.queries(),
                data.whichQueries(),
                data.leftOut(),
                data.assumedOutputShare(),
                data.pool().models().get(yardstick.bestSingle()),
                IntStream.range(0, data.pool().models().size())
                        .mapToObj(this::always)
                        .toList(),
                tasks.queries(),
                scores);
    }

    /** How far a method's area lies above that of a random router. */
    Gain gain(MethodRun run) {
        List<int[]> sweep = sweep(run);
        return new Gain(
                area(run, sweep) - yardstick.randomArea(yardstick.once()),
                bootstrap.of(areas(run, sweep)).minus(randomAreas));
    }

    private List<int[]> sweep(MethodRun run) {
        return Sweep.of(run.last().choice(), run.values(), yardstick.truth());
    }

    private double area(MethodRun run, List<int[]> sweep) {
        return yardstick.area(run.last().choice(), run.values(), sweep);
    }

    private ToDoubleFunction<int[]> areas(MethodRun run, List<int[]> sweep) {
        return yardstick.areas(run.last().choice(), run.values(), sweep);
    }

    private Score score(
            MethodRun run,
            List<int[]> sweep,
            Resampled areas,
            @Nullable Resampled ours,
            Resampled bestSingles,
            SetFeatures features)
            throws LabException {
        Method method = run.method();
        Choice choice = run.last().choice();
        TwoModelCurve.Areas two = data.pool().models().size() == 2
                ? yardstick.curve(choice, run.values()).areas(yardstick.once())
                : new TwoModelCurve.Areas(Double.NaN, Double.NaN);
        int lastFold = features.folds() - 1;
        return new Score(
                method.name(),
                method.playsTwoModels() && data.pool().models().size() > 2,
                yardstick.line(run.chosen()),
                area(run, sweep),
                areas,
                two.auc(),
                two.pauc(),
                yardstick.peers(choice, run.values(), sweep),
                areas.minus(randomAreas),
                bootstrap.of(yardstick.headline(run.chosen())).upliftOver(bestSingles),
                ours == null || method.name().equals(Methods.OURS) ? Double.NaN : ours.pValueOver(areas),
                tasks.of(yardstick.truth(), run.chosen()),
                run.settings(),
                sweep.stream().map(yardstick::line).distinct().toList(),
                DecisionTime.of(
                        method,
                        run.last(),
                        features.tagger(lastFold),
                        features.examples(data, lastFold, data.positions(lastFold)),
                        data.pool().models().size()),
                run.trainSeconds());
    }

    private List<Score> references() {
        List<Score> lines = new ArrayList<>();
        double area = yardstick.randomArea(yardstick.once());
        lines.add(reference("random", random(), area));
        lines.add(reference("cheapest", always(yardstick.cheapest()), Double.NaN));
        lines.add(reference("dearest", always(yardstick.dearest()), Double.NaN));
        lines.add(reference("best-single", always(yardstick.bestSingle()), Double.NaN));
        int[] byTask = taskOracle();
        if (byTask != null) {
            lines.add(reference("task-oracle", yardstick.line(byTask), Double.NaN));
        }
        lines.add(reference("oracle", yardstick.line(yardstick.oracleChoices()), Double.NaN));
        return lines;
    }

    private Line always(int model) {
        return yardstick.line(yardstick.truth().always(model));
    }

    private static Score reference(String name, Line line, double area) {
        return new Score(
                name,
                false,
                line,
                area,
                null,
                Double.NaN,
                Double.NaN,
                PeerMetrics.NONE,
                null,
                null,
                Double.NaN,
                Map.of(),
                List.of(),
                List.of(),
                null,
                0);
    }

    /** The mean of some draws that give each query any of the candidates. */
    private Line random() {
        SplittableRandom random = new SplittableRandom(seed);
        int models = data.pool().models().size();
        double acceptRate = 0;
        double quality = 0;
        double cost = 0;
        double rank = 0;
        for (int draw = 0; draw < RANDOM_DRAWS; draw++) {
            int[] chosen = IntStream.range(0, data.queries())
                    .map(q -> random.nextInt(models))
                    .toArray();
            Point point = Point.of(yardstick.truth(), chosen, yardstick.once());
            acceptRate += point.acceptRate() / RANDOM_DRAWS;
            quality += point.quality() / RANDOM_DRAWS;
            cost += point.costUsd() / RANDOM_DRAWS;
            rank += point.rank() / RANDOM_DRAWS;
        }
        return yardstick.line(new Point(acceptRate, quality, cost, rank));
    }

    /** The best model of each task in hindsight, or null where the data have no tasks. */
    private int @Nullable [] taskOracle() {
        int models = data.pool().models().size();
        Map<String, double[]> sums = new HashMap<>();
        for (int q = 0; q < data.queries(); q++) {
            double[] sum = sums.computeIfAbsent(data.tasks().get(q), task -> new double[models]);
            for (int m = 0; m < models; m++) {
                sum[m] += models == 2
                        ? (yardstick.truth().accepted(q, m) ? 1 : 0)
                        : yardstick.truth().quality(q, m);
            }
        }
        if (sums.size() < 2) {
            return null;
        }
        int[] chosen = new int[data.queries()];
        for (int q = 0; q < chosen.length; q++) {
            double[] sum = sums.getOrDefault(data.tasks().get(q), new double[models]);
            for (int m = 1; m < models; m++) {
                chosen[q] = sum[m] > sum[chosen[q]] ? m : chosen[q];
            }
        }
        return chosen;
    }
}
