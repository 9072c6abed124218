package dev.tagrouter.lab.evaluation;

import dev.tagrouter.lab.baseline.Example;
import dev.tagrouter.lab.baseline.Lesson;
import dev.tagrouter.lab.baseline.Method;
import dev.tagrouter.lab.baseline.Method.Valuer;
import dev.tagrouter.lab.metric.Outcomes;
import dev.tagrouter.lab.metric.Point;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One method through the protocol on one pool: for fold k under test, fold k + 1 validates and the others train. Trials
 * and knob are chosen on the validation fold alone; what was chosen is then learned from training and validation folds
 * together, as one would before going into production, and every query is tested once.
 */
final class MethodRun {
    private final Method method;
    private final PoolData data;
    private final SetFeatures features;
    private final Function<Outcomes, Yardstick> yardsticks;
    private final Values values;
    private final int[] chosen;
    private final List<String> settings = new ArrayList<>();
    private double trainSeconds;
    private @Nullable Trained last;

    MethodRun(Method method, PoolData data, SetFeatures features) {
        this(method, data, features, Yardstick::new);
    }

    /** @param yardsticks what trials and knobs are judged by on validation queries */
    MethodRun(Method method, PoolData data, SetFeatures features, Function<Outcomes, Yardstick> yardsticks) {
        this.method = method;
        this.data = data;
        this.features = features;
        this.yardsticks = yardsticks;
        this.values = Values.empty(data.queries(), data.pool().models().size());
        this.chosen = new int[data.queries()];
    }

    /**
     * What became of one fold under test.
     *
     * @param positions of its queries
     * @param values of them
     * @param chosen the model for each of them
     * @param setting at which it was learned
     * @param seconds it took to learn
     * @param last what was learned, for the last fold only: it may hold all of its training queries
     */
    private record Tested(
            List<Integer> positions,
            Values values,
            List<Integer> chosen,
            String setting,
            double seconds,
            @Nullable Trained last) {}

    /** Tests every fold, several at once. */
    void testAll() throws IOException {
        testAll(List.of(this), run -> {});
    }

    /**
     * Tests every fold of several methods. A thread for each processor takes the next fold of whatever method, so that none
     * waits for a method's last one; what comes out does not depend on how many there are. What a method itself does in
     * parallel has the common pool's threads besides.
     *
     * @param tested told of each method, in order, once it is through
     */
    static void testAll(List<MethodRun> runs, Consumer<MethodRun> tested) throws IOException {
        try (ExecutorService processors =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            Queue<List<Future<Tested>>> begun = new ArrayDeque<>();
            runs.forEach(run -> begun.add(run.begin(processors)));
            try {
                for (MethodRun run : runs) {
                    run.finish(begun.remove());
                    tested.accept(run);
                }
            } finally {
                processors.shutdownNow();
            }
        }
    }

    private List<Future<Tested>> begin(ExecutorService processors) {
        return IntStream.range(0, features.folds())
                .mapToObj(fold -> processors.submit(() -> tested(fold)))
                .toList();
    }

    private void finish(List<Future<Tested>> folds) throws IOException {
        for (int fold = 0; fold < folds.size(); fold++) {
            Tested tested = ended(folds.get(fold), fold);
            values.put(
                    fold,
                    tested.positions().stream().mapToInt(Integer::intValue).toArray(),
                    tested.values());
            for (int i = 0; i < tested.positions().size(); i++) {
                chosen[tested.positions().get(i)] = tested.chosen().get(i);
            }
            settings.add(tested.setting());
            trainSeconds += tested.seconds() / folds.size();
            last = tested.last();
        }
    }

    /** What a fold came to; its failure is thrown here as it was there. */
    private Tested ended(Future<Tested> tested, int fold) throws IOException {
        try {
            return tested.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(
                    "method " + method.name() + " could not be tested on fold " + fold, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while methods were tested; start again");
        }
    }

    private Tested tested(int fold) throws IOException {
        int[] positions = data.positions(fold);
        Trained trained = trained(fold);
        Values own = Values.of(method.name(), trained.valuer(), features.examples(data, fold, positions), models());
        return new Tested(
                IntStream.of(positions).boxed().toList(),
                own,
                IntStream.of(trained.choice().choose(own, trained.knob()))
                        .boxed()
                        .toList(),
                trained.setting(),
                trained.seconds(),
                fold == features.folds() - 1 ? trained : null);
    }

    /** What is learned while a fold is under test. */
    Trained trained(int fold) throws IOException {
        int folds = features.folds();
        int validation = (fold + 1) % folds;
        return train(
                fold,
                data.learned(IntStream.range(0, folds)
                        .filter(k -> k != fold && k != validation)
                        .toArray()),
                data.learned(validation),
                data.learned(IntStream.range(0, folds).filter(k -> k != fold).toArray()));
    }

    private Trained train(int fold, int[] training, int[] validation, int[] both) throws IOException {
        Lesson lesson = lesson(fold, training);
        List<Example> examples = features.examples(data, fold, validation);
        Yardstick yardstick = yardsticks.apply(data.outcomes(validation));
        Choice choice = new Choice(method.rule(), data.outcomes(training));
        int bestTrial = 0;
        double bestArea = Double.NEGATIVE_INFINITY;
        double knob = 0;
        List<Valuer> fitted = method.fitAll(lesson);
        for (int trial = 0; trial < fitted.size(); trial++) {
            Values own = Values.of(method.name(), fitted.get(trial), examples, models());
            double area = yardstick.area(choice, own, Sweep.of(choice, own, yardstick.truth()));
            if (area > bestArea) {
                bestArea = area;
                bestTrial = trial;
                knob = knob(choice, own, yardstick);
            }
        }
        Lesson whole = lesson(fold, both);
        long start = System.nanoTime();
        Valuer valuer = method.fit(whole, bestTrial);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Trained(valuer, bestTrial, method.setting(bestTrial), choice, knob, seconds);
    }

    private Lesson lesson(int fold, int[] positions) {
        return new Lesson(
                data.pool().models(),
                data.prices(),
                data.pool().tieMargin(),
                features.tagger(fold),
                features.examples(data, fold, positions),
                Arrays.stream(positions).mapToObj(data::judged).toList());
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
