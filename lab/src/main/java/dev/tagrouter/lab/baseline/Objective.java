package dev.tagrouter.lab.baseline;

import java.util.SplittableRandom;

/**
 * What a {@link Net} is trained for: a loss on its output, perhaps through parameters of its own, such as a vector for
 * each candidate.
 */
@FunctionalInterface
interface Objective {
    /**
     * The loss on one example.
     *
     * @param example its position in the training data
     * @param output what the net gives
     * @param outputGradient receives d loss / d output, every element of it
     * @param own the objective's own parameters
     * @param ownGradient d loss / d own is added to it
     */
    double at(int example, float[] output, float[] outputGradient, float[] own, float[] ownGradient);

    /** How many parameters of its own it has. */
    default int ownParameters() {
        return 0;
    }

    /** Writes what its own parameters begin with: normal deviates. */
    default void begin(float[] own, SplittableRandom random) {
        for (int i = 0; i < own.length; i++) {
            own[i] = (float) random.nextGaussian();
        }
    }

    /** Squared error / 2 against targets by example and output. */
    static Objective squaredError(float[][] target) {
        return (example, output, gradient, own, ownGradient) -> {
            double loss = 0;
            for (int o = 0; o < output.length; o++) {
                gradient[o] = output[o] - target[example][o];
                loss += gradient[o] * gradient[o] / 2;
            }
            return loss;
        };
    }

    /** Binary cross-entropy of sigmoid(output) against targets in [0, 1] by example and output. */
    static Objective binaryCrossEntropy(float[][] target) {
        return (example, output, gradient, own, ownGradient) -> {
            double loss = 0;
            for (int o = 0; o < output.length; o++) {
                loss += Logistic.crossEntropy(output[o], target[example][o]);
                gradient[o] = (float) (Logistic.sigmoid(output[o]) - target[example][o]);
            }
            return loss;
        };
    }

    /** Cross-entropy of softmax(output) against a distribution by example and output: KL up to a constant. */
    static Objective crossEntropy(float[][] target) {
        return (example, output, gradient, own, ownGradient) -> {
            double[] p = Logistic.softmax(output);
            double loss = 0;
            for (int o = 0; o < output.length; o++) {
                loss -= target[example][o] * Math.log(Math.max(p[o], Float.MIN_VALUE));
                gradient[o] = (float) (p[o] - target[example][o]);
            }
            return loss;
        };
    }
}
