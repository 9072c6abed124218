package dev.tagrouter.lab.baseline;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A support vector machine of which candidate is best: RBF kernel, C = 1, gamma = 1 / (dimensions * variance), by
 * LibSVM. A candidate is worth its votes among pairs of candidates, and less than a third of a vote more or less by
 * the summed decision values, as scikit-learn's one-vs-rest form of them.
 *
 * <p>Trained on at most {@value #MOST_EXAMPLES} examples, evenly drawn, for its time grows with their square.
 */
final class SvmRouter implements Method {
    private static final int MOST_EXAMPLES = 3_000;
    private static final double NEVER_BEST = -1;

    @Override
    public String name() {
        return "svm";
    }

    @Override
    public String description() {
        return "support vector machine of the best model on sentence embeddings, RBF kernel";
    }

    @Override
    public boolean needsEmbeddings() {
        return true;
    }

    @Override
    public Valuer fit(Lesson lesson, int trial) {
        Inputs inputs = Inputs.embedding(lesson);
        Input[] x = inputs.of(lesson);
        BestModel best = new BestModel(lesson, inputs);
        ExpectedCost cost = new ExpectedCost(lesson);
        int count = Math.min(x.length, MOST_EXAMPLES);
        int[] drawn = IntStream.range(0, count)
                .map(i -> (int) ((long) i * x.length / count))
                .toArray();
        float[][] rows = Arrays.stream(drawn).mapToObj(i -> x[i].dense).toArray(float[][]::new);
        int[] bestOf = Arrays.stream(drawn).map(best::of).toArray();
        if (Arrays.stream(bestOf).distinct().count() == 1) {
            return (example, value, costUsd) -> {
                Arrays.fill(value, NEVER_BEST);
                value[bestOf[0]] = 0;
                cost.of(example.query(), costUsd);
            };
        }
        RbfMachine machine = RbfMachine.train(rows, bestOf, 1, 1 / (inputs.dense() * variance(x)));
        return (example, value, costUsd) -> {
            count(machine, inputs.of(example).dense, value);
            cost.of(example.query(), costUsd);
        };
    }

    private static void count(RbfMachine machine, float[] query, double[] value) {
        double[] decision = machine.decide(query);
        int[] candidates = machine.labels();
        double[] votes = new double[candidates.length];
        double[] sum = new double[candidates.length];
        int pair = 0;
        for (int a = 0; a < candidates.length; a++) {
            for (int b = a + 1; b < candidates.length; b++) {
                votes[decision[pair] > 0 ? a : b]++;
                sum[a] += decision[pair];
                sum[b] -= decision[pair];
                pair++;
            }
        }
        Arrays.fill(value, NEVER_BEST);
        for (int c = 0; c < candidates.length; c++) {
            value[candidates[c]] = votes[c] + sum[c] / (3 * (Math.abs(sum[c]) + 1));
        }
    }

    /** The variance of all numbers of all inputs together. */
    static double variance(Input[] x) {
        double sum = 0;
        double squares = 0;
        long count = 0;
        for (Input each : x) {
            for (float value : each.dense) {
                sum += value;
                squares += (double) value * value;
                count++;
            }
        }
        double mean = sum / count;
        return Math.max(1e-12, squares / count - mean * mean);
    }
}
