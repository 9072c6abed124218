package dev.tagrouter.lab.baseline;

import dev.tagrouter.learning.Outcome;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * A published method that knows a strong and a weak model and estimates, for each query, how likely the strong one should
 * answer. On a larger pool the best single model of the lesson is the strong one and the cheapest the weak one (marked
 * {@code 2m}); where these are the same model, it answers everything.
 */
abstract class TwoModelMethod implements Method {
    /** Takes no part. */
    private static final double NEVER = -1;

    /**
     * Two models of a lesson.
     *
     * @param lesson all of it
     * @param strong the strong one's position
     * @param weak the weak one's
     */
    record Pair(Lesson lesson, int strong, int weak) {
        /** The strong one's quality less the weak one's. */
        double gap(int example) {
            return lesson.quality(example, strong) - lesson.quality(example, weak);
        }

        /** How the strong one did against the weak one. */
        Outcome outcome(int example) {
            return Outcome.of(gap(example), lesson.tieMargin());
        }

        /** How many examples there are. */
        int count() {
            return lesson.examples().size();
        }
    }

    /** Learns how much a query needs the strong model: a number in [0, 1], by a function that many threads may use. */
    abstract ToDoubleFunction<Example> strongRate(Pair pair, int trial) throws IOException;

    @Override
    public final Rule rule() {
        return Rule.TWO_MODELS;
    }

    @Override
    public boolean needsEmbeddings() {
        return true;
    }

    @Override
    public final Valuer fit(Lesson lesson, int trial) throws IOException {
        Pair pair = pair(lesson);
        ExpectedCost cost = new ExpectedCost(lesson);
        ToDoubleFunction<Example> rate = pair.strong() == pair.weak() ? example -> 1 : strongRate(pair, trial);
        return (example, value, costUsd) -> {
            double strong = rate.applyAsDouble(example);
            Arrays.fill(value, NEVER);
            value[pair.weak()] = 1 - strong;
            value[pair.strong()] = strong;
            cost.of(example.query(), costUsd);
        };
    }

    private static Pair pair(Lesson lesson) {
        double[] quality = lesson.meanQuality();
        double[] cost = lesson.meanCostUsd();
        int strong = 0;
        int weak = 0;
        for (int m = 1; m < quality.length; m++) {
            strong = quality[m] > quality[strong] ? m : strong;
            weak = cost[m] < cost[weak] ? m : weak;
        }
        return new Pair(lesson, strong, quality.length == 2 ? 1 - strong : weak);
    }
}
