package dev.tagrouter.lab.evaluation;

import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.lab.baseline.Example;
import dev.tagrouter.lab.baseline.Lesson;
import dev.tagrouter.lab.baseline.Method;
import dev.tagrouter.lab.baseline.Method.Valuer;
import dev.tagrouter.lab.metric.Outcomes;
import dev.tagrouter.lab.metric.Point;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One method through the protocol on one pool: for fold k under test, fold k + 1 validates and the others train. Trials
 * and knob are chosen on the validation fold alone; every query is then tested once.
 */
final class MethodRun {
    private final Method method;
    private final PoolData data;
    private final SetFeatures features;
    private final Values values;
    private final int[] chosen;
    private final List<String> settings = new ArrayList<>();
    private double trainSeconds;
    private @Nullable Trained last;

    MethodRun(Method method, PoolData data, SetFeatures features) {
        this.method = method;
        this.data = data;
        this.features = features;
        this.values = Values.empty(data.queries(), data.pool().models().size());
        this.chosen = new int[data.queries()];
    }

    /** Tests one fold. */
    void test(int fold) throws IOException {
        int folds = features.folds();
        int validation = (fold + 1) % folds;
        int[] training = data.positions(IntStream.range(0, folds)
                .filter(k -> k != fold && k != validation)
                .toArray());
        Trained trained = train(fold, training, data.positions(validation));
        int[] tested = data.positions(fold);
        Values own = Values.of(method.name(), trained.valuer(), features.examples(data, fold, tested), models());
        values.put(tested, own);
        int[] ownChosen = trained.choice().choose(own, trained.knob());
        for (int i = 0; i < tested.length; i++) {
            chosen[tested[i]] = ownChosen[i];
        }
        settings.add(trained.setting());
        trainSeconds += trained.seconds() / folds;
        last = trained;
    }

    private Trained train(int fold, int[] training, int[] validation) throws IOException {
        EmbeddedTagger tagger = features.tagger(fold);
        Lesson lesson = new Lesson(
                data.pool().models(),
                data.prices(),
                data.pool().tieMargin(),
                tagger,
                features.examples(data, fold, training),
                Arrays.stream(training).mapToObj(data::judged).toList());
        List<Example> examples = features.examples(data, fold, validation);
        Yardstick yardstick = new Yardstick(data.outcomes(validation));
        Choice choice = new Choice(method.rule(), data.outcomes(training));
        Trained best = null;
        double bestArea = Double.NEGATIVE_INFINITY;
        double seconds = 0;
        for (int trial = 0; trial < method.trials(); trial++) {
            long start = System.nanoTime();
            Valuer valuer = method.fit(lesson, trial);
            seconds += (System.nanoTime() - start) / 1e9;
            Values own = Values.of(method.name(), valuer, examples, models());
            List<int[]> sweep = sweep(choice, own);
            double area = yardstick.area(choice, own, sweep).applyAsDouble(yardstick.once());
            if (area > bestArea) {
                bestArea = area;
                best = new Trained(valuer, method.setting(trial), choice, knob(choice, own, yardstick), 0);
            }
        }
        if (best == null) {
            throw new IllegalStateException("method " + method.name() + " has no trial; give it one or more");
        }
        return new Trained(best.valuer(), best.setting(), choice, best.knob(), seconds / method.trials());
    }

    static List<int[]> sweep(Choice choice, Values values) {
        return Arrays.stream(choice.knobs(values))
                .mapToObj(knob -> choice.choose(values, knob))
                .toList();
    }

    /** The setting with the highest headline on the validation queries; of equals, the cheapest. */
    private static double knob(Choice choice, Values values, Yardstick yardstick) {
        Outcomes truth = yardstick.truth();
        double best = 0;
        double bestHeadline = Double.NEGATIVE_INFINITY;
        double bestCost = 0;
        for (double knob : choice.knobs(values)) {
            Point point = Point.of(truth, choice.choose(values, knob), yardstick.once());
            double headline = yardstick.headline(point);
            if (headline > bestHeadline || (headline == bestHeadline && point.costUsd() < bestCost)) {
                best = knob;
                bestHeadline = headline;
                bestCost = point.costUsd();
            }
        }
        return best;
    }

    private int models() {
        return data.pool().models().size();
    }

    Method method() {
        return method;
    }

    /** What the candidates were found worth on every query, by what was learned without its fold. */
    Values values() {
        return values;
    }

    /** The deployable decision for every query. */
    int[] chosen() {
        return chosen;
    }

    List<String> settings() {
        return settings;
    }

    double trainSeconds() {
        return trainSeconds;
    }

    /** What was trained for the fold tested last: what decision times are measured on. */
    Trained last() {
        if (last == null) {
            throw new IllegalStateException("no fold was tested yet");
        }
        return last;
    }
}
