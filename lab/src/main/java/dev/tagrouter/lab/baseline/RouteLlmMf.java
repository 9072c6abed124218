package dev.tagrouter.lab.baseline;

import dev.tagrouter.learning.Outcome;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * RouteLLM-MF (Ong et al., arXiv 2406.18665): {@code delta(M, q) = w2' (v_M / |v_M| * W1 v_q)} of 128 dimensions, binary
 * cross-entropy on delta_win - delta_lose, ties dropped; the strong model's rate is sigmoid(delta_strong - delta_weak).
 *
 * <p>As published but for the embedding model: all of its 100 epochs, whatever the set. With tags, their confidences stand
 * beside the embedding at a scale chosen on validation.
 */
final class RouteLlmMf extends TwoModelMethod {
    private static final int DIMENSIONS = 128;
    private static final Training TRAINING = new Training(3e-4, 1e-5, 64, 100, 0.1, 0, Integer.MAX_VALUE);
    private static final double[] SCALE = {0.5, 1, 2};

    private final boolean tags;

    RouteLlmMf(boolean tags) {
        this.tags = tags;
    }

    @Override
    public String name() {
        return tags ? "mf+tags" : "routellm-mf";
    }

    @Override
    public String description() {
        return "RouteLLM's matrix factorisation" + (tags ? " with the query's tags appended" : "")
                + ", 2m (arXiv 2406.18665)";
    }

    @Override
    public boolean needsTags() {
        return tags;
    }

    @Override
    public int trials() {
        return tags ? SCALE.length : 1;
    }

    @Override
    public String setting(int trial) {
        return tags ? "scale=" + SCALE[trial] : "";
    }

    @Override
    ToDoubleFunction<Example> strongRate(Pair pair, int trial) {
        Inputs inputs = Inputs.withTags(pair.lesson(), tags ? SCALE[trial] : 0);
        int[] decided = IntStream.range(0, pair.count())
                .filter(i -> pair.outcome(i) != Outcome.TIE)
                .toArray();
        if (decided.length == 0) {
            return example -> 0.5;
        }
        Input[] x = new Input[decided.length];
        boolean[] strongWon = new boolean[decided.length];
        for (int i = 0; i < decided.length; i++) {
            x[i] = inputs.of(pair.lesson().examples().get(decided[i]));
            strongWon[i] = pair.outcome(decided[i]) == Outcome.WIN;
        }
        Net net = Net.trained(
                inputs, x, new int[] {DIMENSIONS}, false, new Factorisation(strongWon), TRAINING, Seeds.METHOD);
        float[] direction = Factorisation.direction(net.own());
        return example -> {
            float[] out = net.output(inputs.of(example));
            double delta = 0;
            for (int d = 0; d < DIMENSIONS; d++) {
                delta += direction[d] * out[d];
            }
            return Logistic.sigmoid(delta);
        };
    }

    /** The loss; its own parameters are v_strong, v_weak and w2 in this order. */
    static final class Factorisation implements Objective {
        private final boolean[] strongWon;

        Factorisation(boolean[] strongWon) {
            this.strongWon = strongWon;
        }

        @Override
        public int ownParameters() {
            return 3 * DIMENSIONS;
        }

        @Override
        public void begin(float[] own, SplittableRandom random) {
            Objective.super.begin(own, random);
            // A linear layer to one output, as it begins in the reference implementation.
            for (int d = 2 * DIMENSIONS; d < own.length; d++) {
                own[d] = (float) ((2 * random.nextDouble() - 1) / Math.sqrt(DIMENSIONS));
            }
        }

        /** What the net's output is multiplied with: {@code w2 * (v_s / |v_s| - v_w / |v_w|)}. */
        static float[] direction(float[] own) {
            double strong = length(own, 0);
            double weak = length(own, DIMENSIONS);
            float[] direction = new float[DIMENSIONS];
            for (int d = 0; d < DIMENSIONS; d++) {
                direction[d] = (float) (own[2 * DIMENSIONS + d] * (own[d] / strong - own[DIMENSIONS + d] / weak));
            }
            return direction;
        }

        private static double length(float[] own, int from) {
            double squares = 0;
            for (int d = from; d < from + DIMENSIONS; d++) {
                squares += own[d] * own[d];
            }
            return Math.sqrt(squares);
        }

        @Override
        public double at(int example, float[] output, float[] outputGradient, float[] own, float[] ownGradient) {
            float[] direction = direction(own);
            double delta = 0;
            for (int d = 0; d < DIMENSIONS; d++) {
                delta += direction[d] * output[d];
            }
            double target = strongWon[example] ? 1 : 0;
            double error = Logistic.sigmoid(delta) - target;
            for (int d = 0; d < DIMENSIONS; d++) {
                outputGradient[d] = (float) (error * direction[d]);
            }
            addNormalised(error, 0, output, own, ownGradient);
            addNormalised(-error, DIMENSIONS, output, own, ownGradient);
            return Logistic.crossEntropy(delta, target);
        }

        /** The gradient by one model's vector through its normalisation, and its part of that by w2. */
        private static void addNormalised(double error, int from, float[] output, float[] own, float[] ownGradient) {
            double length = length(own, from);
            double along = 0;
            for (int d = 0; d < DIMENSIONS; d++) {
                double unit = own[from + d] / length;
                along += error * own[2 * DIMENSIONS + d] * output[d] * unit;
                ownGradient[2 * DIMENSIONS + d] += (float) (error * output[d] * unit);
            }
            for (int d = 0; d < DIMENSIONS; d++) {
                double unit = own[from + d] / length;
                ownGradient[from + d] +=
                        (float) ((error * own[2 * DIMENSIONS + d] * output[d] - along * unit) / length);
            }
        }
    }
}
