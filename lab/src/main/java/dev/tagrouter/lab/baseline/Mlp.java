package dev.tagrouter.lab.baseline;

import java.util.stream.IntStream;

/**
 * RouterBench-MLP (Hu et al., arXiv 2403.12031): one regressor of quality for each candidate, one or two hidden layers of
 * 100, ReLU, Adam at 1e-3, at most 200 epochs; {@code argmax lambda * quality - price}.
 *
 * <p>Ours are batches of 32 and early stopping (three epochs without gain on a held-out tenth): without stopping the
 * regressors learn single judgments by heart.
 */
final class Mlp implements Method {
    private static final int[][] LAYERS = {{100, 1}, {100, 100, 1}};
    private static final Training TRAINING = new Training(1e-3, 0, 32, 200, 0, 3);

    /** Seen by all regressors of a pool together; each sees its share, but every example as often as this. */
    private static final int MOST_SEEN = 2 * Training.MOST_SEEN;

    private static final int LEAST_EPOCHS = 8;

    @Override
    public String name() {
        return "mlp";
    }

    @Override
    public String description() {
        return "RouterBench-MLP: a regressor for each model on sentence embeddings (arXiv 2403.12031)";
    }

    @Override
    public boolean needsEmbeddings() {
        return true;
    }

    @Override
    public int trials() {
        return LAYERS.length;
    }

    @Override
    public String setting(int trial) {
        return trial == 0 ? "hidden=100" : "hidden=100-100";
    }

    @Override
    public Valuer fit(Lesson lesson, int trial) {
        Inputs inputs = Inputs.embedding(lesson);
        Input[] x = inputs.of(lesson);
        Training training = TRAINING.seeing(Math.max(LEAST_EPOCHS * x.length, MOST_SEEN / lesson.modelCount()));
        Net[] nets = IntStream.range(0, lesson.modelCount())
                .parallel()
                .mapToObj(m -> {
                    float[][] target = new float[x.length][1];
                    for (int i = 0; i < x.length; i++) {
                        target[i][0] = (float) lesson.quality(i, m);
                    }
                    return Net.trained(
                            inputs, x, LAYERS[trial], true, Objective.squaredError(target), training, Seeds.METHOD + m);
                })
                .toArray(Net[]::new);
        ExpectedCost cost = new ExpectedCost(lesson);
        return (example, value, costUsd) -> {
            Input input = inputs.of(example);
            for (int m = 0; m < value.length; m++) {
                value[m] = nets[m].output(input)[0];
            }
            cost.of(example.query(), costUsd);
        };
    }
}
