package dev.tagrouter.lab.baseline;

import java.util.Arrays;

/**
 * IRT-Router-lite, after Song et al. (arXiv 2506.01048), its multidimensional item response model:
 * {@code P = sigmoid(a' theta_M - b)}, discrimination {@code a = sigmoid(A q)} and difficulty b from the query's
 * embedding.
 *
 * <p>Published with abilities read from embedded descriptions of the models; there are none in these data, so each
 * model's theta is learnt freely.
 */
final class IrtRouter implements Method {
    private static final int DIMENSIONS = 25;
    private static final double[] RATES = {1e-3, 5e-3};

    @Override
    public String name() {
        return "irt-router-lite";
    }

    @Override
    public String description() {
        return "item response model: discrimination and difficulty from the embedding (after arXiv 2506.01048)";
    }

    @Override
    public boolean needsEmbeddings() {
        return true;
    }

    @Override
    public int trials() {
        return RATES.length;
    }

    @Override
    public String setting(int trial) {
        return "rate=" + RATES[trial];
    }

    @Override
    public Valuer fit(Lesson lesson, int trial) {
        Inputs inputs = Inputs.embedding(lesson);
        Response response = new Response(lesson);
        Net net = Net.trained(
                inputs,
                inputs.of(lesson),
                new int[] {DIMENSIONS + 1},
                true,
                response,
                new Training(RATES[trial], 0, 32, 100, 0, 5),
                Seeds.METHOD);
        ExpectedCost cost = new ExpectedCost(lesson);
        return (example, value, costUsd) -> {
            float[] item = net.output(inputs.of(example));
            for (int m = 0; m < value.length; m++) {
                value[m] = Logistic.sigmoid(response.logit(item, net.own(), m));
            }
            cost.of(example.query(), costUsd);
        };
    }

    /** The loss; its own parameters are the abilities, candidate by candidate. The last output is the difficulty. */
    static final class Response implements Objective {
        private final Lesson lesson;

        Response(Lesson lesson) {
            this.lesson = lesson;
        }

        @Override
        public int ownParameters() {
            return lesson.modelCount() * DIMENSIONS;
        }

        double logit(float[] item, float[] own, int model) {
            double sum = -item[DIMENSIONS];
            for (int d = 0; d < DIMENSIONS; d++) {
                sum += Logistic.sigmoid(item[d]) * own[model * DIMENSIONS + d];
            }
            return sum;
        }

        @Override
        public double at(int example, float[] output, float[] outputGradient, float[] own, float[] ownGradient) {
            Arrays.fill(outputGradient, 0);
            double loss = 0;
            for (int m = 0; m < lesson.modelCount(); m++) {
                double logit = logit(output, own, m);
                double target = lesson.quality(example, m);
                double error = Logistic.sigmoid(logit) - target;
                for (int d = 0; d < DIMENSIONS; d++) {
                    double a = Logistic.sigmoid(output[d]);
                    outputGradient[d] += (float) (error * own[m * DIMENSIONS + d] * a * (1 - a));
                    ownGradient[m * DIMENSIONS + d] += (float) (error * a);
                }
                outputGradient[DIMENSIONS] -= (float) error;
                loss += Logistic.crossEntropy(logit, target);
            }
            return loss;
        }
    }
}
