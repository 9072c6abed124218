package dev.tagrouter.lab.baseline;

import java.util.SplittableRandom;

/**
 * EmbedLLM (Zhuang et al., arXiv 2410.02223): {@code W2 (p_M * (W q + b))}, a vector of 232 dimensions for each
 * candidate, cross-entropy of "the answer is right", Gaussian noise of 0.05 on the embedding.
 *
 * <p>Two softmax outputs are written as one sigmoid; a graded quality counts as the probability of a right answer. Epochs
 * end early on a held-out tenth, where the published code keeps the epoch that does best on its validation set.
 */
final class EmbedLlm implements Method {
    private static final int DIMENSIONS = 232;
    private static final Training TRAINING = new Training(1e-3, 0, 64, 50, 0.05, 5);

    @Override
    public String name() {
        return "embedllm";
    }

    @Override
    public String description() {
        return "EmbedLLM: a vector for each model against the projected embedding (arXiv 2410.02223)";
    }

    @Override
    public boolean needsEmbeddings() {
        return true;
    }

    @Override
    public Valuer fit(Lesson lesson, int trial) {
        Inputs inputs = Inputs.embedding(lesson);
        Product product = new Product(lesson);
        Net net = Net.trained(inputs, inputs.of(lesson), new int[] {DIMENSIONS}, true, product, TRAINING, Seeds.METHOD);
        ExpectedCost cost = new ExpectedCost(lesson);
        return (example, value, costUsd) -> {
            float[] projected = net.output(inputs.of(example));
            for (int m = 0; m < value.length; m++) {
                value[m] = Logistic.sigmoid(product.logit(projected, net.own(), m));
            }
            cost.of(example.query(), costUsd);
        };
    }

    /** The loss; its own parameters are w2, then the vector of each candidate. */
    static final class Product implements Objective {
        private final Lesson lesson;

        Product(Lesson lesson) {
            this.lesson = lesson;
        }

        @Override
        public int ownParameters() {
            return (1 + lesson.modelCount()) * DIMENSIONS;
        }

        @Override
        public void begin(float[] own, SplittableRandom random) {
            Objective.super.begin(own, random);
            // A linear layer to one output, as it begins in the reference implementation.
            for (int d = 0; d < DIMENSIONS; d++) {
                own[d] = (float) ((2 * random.nextDouble() - 1) / Math.sqrt(DIMENSIONS));
            }
        }

        double logit(float[] projected, float[] own, int model) {
            int from = (1 + model) * DIMENSIONS;
            double sum = 0;
            for (int d = 0; d < DIMENSIONS; d++) {
                sum += own[d] * own[from + d] * projected[d];
            }
            return sum;
        }

        @Override
        public double at(int example, float[] output, float[] outputGradient, float[] own, float[] ownGradient) {
            java.util.Arrays.fill(outputGradient, 0);
            double loss = 0;
            for (int m = 0; m < lesson.modelCount(); m++) {
                double logit = logit(output, own, m);
                double target = lesson.quality(example, m);
                float error = (float) (Logistic.sigmoid(logit) - target);
                int from = (1 + m) * DIMENSIONS;
                for (int d = 0; d < DIMENSIONS; d++) {
                    outputGradient[d] += error * own[d] * own[from + d];
                    ownGradient[d] += error * own[from + d] * output[d];
                    ownGradient[from + d] += error * own[d] * output[d];
                }
                loss += Logistic.crossEntropy(logit, target);
            }
            return loss;
        }
    }
}
