package dev.tagrouter.lab.evaluation;

import dev.tagrouter.core.tagging.Tagger;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.baseline.Example;
import dev.tagrouter.lab.baseline.Method;
import java.util.Arrays;
import java.util.List;

/**
 * Times single decisions of a trained method, one after the other on one thread: tagging where the method reads tags,
 * valuing and choosing. Sentence embeddings are not in it; they are computed before and apart.
 */
final class DecisionTime {
    private static final int QUERIES = 400;
    private static final int ROUNDS = 4;
    /** A round ends after this: a method that takes long is timed on fewer queries, but never on less than the least. */
    private static final double ROUND_SECONDS = 0.1;

    private static final int LEAST_QUERIES = 100;

    private DecisionTime() {}

    static Score.Micros of(Method method, Trained trained, Tagger tagger, List<Example> examples, int models)
            throws LabException {
        List<Example> some = examples.subList(0, Math.min(QUERIES, examples.size()));
        double[] micros = new double[some.size()];
        int timed = 0;
        long unused = 0;
        // Only the last round counts; the others warm up.
        for (int round = 0; round < ROUNDS; round++) {
            double total = 0;
            for (timed = 0; timed < micros.length && (timed < LEAST_QUERIES || total < ROUND_SECONDS * 1e6); timed++) {
                Example example = some.get(timed);
                long start = System.nanoTime();
                Tags tags = method.needsTags() ? tagger.tag(example.query()) : example.tags();
                Example fresh = new Example(example.query(), tags, example.embedding());
                Values values = Values.of(method.name(), trained.valuer(), List.of(fresh), models);
                unused += trained.choice().choose(values, 0, trained.knob());
                micros[timed] = (System.nanoTime() - start) / 1e3;
                total += micros[timed];
            }
        }
        if (unused < 0) {
            throw new IllegalStateException("a choice was negative");
        }
        double[] sorted = Arrays.copyOf(micros, timed);
        Arrays.sort(sorted);
        return new Score.Micros(at(sorted, 0.5), at(sorted, 0.99));
    }

    private static double at(double[] sorted, double quantile) {
        return sorted[(int) Math.round(quantile * (sorted.length - 1))];
    }
}
