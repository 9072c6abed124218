package dev.tagrouter.lab.baseline;

import dev.tagrouter.lab.kernel.Kernel;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The model of RouteLLM-MF and its training: {@code delta(q) = w2' (v_s / |v_s| - v_w / |v_w|) * W1 v_q} of {@value #DIMENSIONS}
 * dimensions, binary cross-entropy with the strong model's win, by {@link Adam}.
 *
 * <p>The model is linear in the query, and training uses that: with {@code d = w2 * (v_s / |v_s| - v_w / |v_w|)} an example needs
 * only {@code delta = v_q' (W1' d)}, and the gradients of a batch only the sum of its queries, each times its error. So a batch goes
 * through W1 twice, where a {@link Net} goes through it twice for each example. The published Gaussian noise on v_q is drawn in
 * the same way: one number for each example along {@code W1' d}, all that its delta sees, and one vector for each batch across
 * it, as what the errors make of the rest is distributed.
 *
 * <p>Not for several threads while it is trained; the same data and seed give the same model, bit for bit.
 */
final class MatrixFactorisation {
    static final int DIMENSIONS = 128;

    private static final Kernel KERNEL = Kernel.best();

    private final int dense;
    /** W1, a row for each element of an input. */
    private final Adam weights;
    /** v_strong, v_weak and w2 in this order. */
    private final Adam own = new Adam(3 * DIMENSIONS);

    /** By element of an input: what delta adds of it, which is W1' d. */
    private final float[] asked;
    /** By element of an input: the sum over the batch of error times input. */
    private final float[] errors;
    /** The sparse elements that occur in the batch. */
    private final int[] occurring;

    private final boolean[] occurs;
    private int occurringCount;
    private int steps;

    MatrixFactorisation(Inputs inputs, long seed) {
        this.dense = inputs.dense();
        int elements = dense + inputs.sparse();
        this.weights = new Adam(elements * DIMENSIONS);
        this.asked = new float[elements];
        this.errors = new float[elements];
        this.occurring = new int[inputs.sparse()];
        this.occurs = new boolean[inputs.sparse()];
        SplittableRandom random = new SplittableRandom(seed);
        Net.glorot(weights.value, dense + Math.min(inputs.sparse(), dense), DIMENSIONS, random);
        for (int d = 0; d < 2 * DIMENSIONS; d++) {
            own.value[d] = (float) random.nextGaussian();
        }
        // A linear layer to one output, as it begins in the reference implementation.
        for (int d = 2 * DIMENSIONS; d < own.value.length; d++) {
            own.value[d] = (float) ((2 * random.nextDouble() - 1) / Math.sqrt(DIMENSIONS));
        }
    }

    /** Trains on some inputs, all of them. */
    void fit(Input[] x, boolean[] strongWon, Training training, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = IntStream.range(0, x.length).toArray();
        for (int epoch = training.epochsOn(x.length); epoch > 0; epoch--) {
            Net.shuffle(order, order.length, random);
            for (int from = 0; from < order.length; from += training.batch()) {
                int[] batch = Arrays.copyOfRange(order, from, Math.min(order.length, from + training.batch()));
                accumulate(x, batch, strongWon, training.noise(), random);
                step(1f / batch.length, training);
            }
        }
        float[] direction = direction();
        Net.dots(weights.value, direction, asked, asked.length);
    }

    /** How much more a query asks for the strong model than for the weak one, once trained; for any number of threads. */
    double delta(Input x) {
        double delta = 0;
        for (int i = 0; i < dense; i++) {
            delta += asked[i] * x.dense[i];
        }
        for (int k = 0; k < x.at.length; k++) {
            delta += asked[dense + x.at[k]] * x.weight[k];
        }
        return delta;
    }

    /**
     * Adds the gradient of the loss on a batch to that of all parameters; gives the loss.
     *
     * @param batch positions of its examples
     * @param noise standard deviation of what is added to each dense element of an input
     */
    double accumulate(Input[] x, int[] batch, boolean[] strongWon, double noise, SplittableRandom random) {
        float[] direction = direction();
        Net.dots(weights.value, direction, asked, dense);
        begin(x, batch, direction);
        double length = length(asked, 0, dense);
        double loss = 0;
        double errorsAlong = 0;
        double errorSquares = 0;
        for (int example : batch) {
            double along = noise > 0 ? noise * random.nextGaussian() : 0;
            double delta = delta(x[example]) + along * length;
            double target = strongWon[example] ? 1 : 0;
            double error = Logistic.sigmoid(delta) - target;
            loss += Logistic.crossEntropy(delta, target);
            errorsAlong += error * along;
            errorSquares += error * error;
            KERNEL.addScaled((float) error, x[example].dense, 0, errors, 0, dense);
            for (int k = 0; k < x[example].at.length; k++) {
                errors[dense + x[example].at[k]] += (float) (error * x[example].weight[k]);
            }
        }
        if (noise > 0 && length > 0) {
            addNoise(errorsAlong, noise * Math.sqrt(errorSquares), length, random);
        }
        addGradients(direction);
        return loss;
    }

    /** Clears what the last batch left and asks for the sparse elements of this one. */
    private void begin(Input[] x, int[] batch, float[] direction) {
        Arrays.fill(errors, 0, dense, 0);
        for (int k = 0; k < occurringCount; k++) {
            occurs[occurring[k]] = false;
        }
        occurringCount = 0;
        for (int example : batch) {
            for (int at : x[example].at) {
                if (!occurs[at]) {
                    occurs[at] = true;
                    occurring[occurringCount++] = at;
                    asked[dense + at] = dot((dense + at) * DIMENSIONS, direction);
                    errors[dense + at] = 0;
                }
            }
        }
    }

    /**
     * Adds the sum of errors times noise to the sum of errors times inputs.
     *
     * @param along that sum in the direction of what is asked
     * @param deviation its standard deviation in any other
     * @param length of what is asked
     */
    private void addNoise(double along, double deviation, double length, SplittableRandom random) {
        double[] across = new double[dense];
        double sum = 0;
        for (int i = 0; i < dense; i++) {
            across[i] = deviation * random.nextGaussian();
            sum += across[i] * asked[i] / length;
        }
        for (int i = 0; i < dense; i++) {
            errors[i] += (float) (across[i] + (along - sum) * asked[i] / length);
        }
    }

    private void addGradients(float[] direction) {
        float[] answered = new float[DIMENSIONS];
        for (int i = 0; i < dense; i++) {
            addGradient(i, direction, answered);
        }
        for (int k = 0; k < occurringCount; k++) {
            addGradient(dense + occurring[k], direction, answered);
        }
        addNormalised(1, 0, answered);
        addNormalised(-1, DIMENSIONS, answered);
    }

    /** @param answered the sum over the batch of error times W1 v_q, to which an element's part is added */
    private void addGradient(int element, float[] direction, float[] answered) {
        int row = element * DIMENSIONS;
        KERNEL.addScaled(errors[element], weights.value, row, answered, 0, DIMENSIONS);
        KERNEL.addScaled(errors[element], direction, 0, weights.gradient, row, DIMENSIONS);
    }

    /** The gradient by one model's vector through its normalisation, and its part of that by w2. */
    private void addNormalised(int sign, int from, float[] answered) {
        double length = length(own.value, from, DIMENSIONS);
        double along = 0;
        for (int d = 0; d < DIMENSIONS; d++) {
            double unit = own.value[from + d] / length;
            along += own.value[2 * DIMENSIONS + d] * answered[d] * unit;
            own.gradient[2 * DIMENSIONS + d] += (float) (sign * answered[d] * unit);
        }
        for (int d = 0; d < DIMENSIONS; d++) {
            double unit = own.value[from + d] / length;
            own.gradient[from + d] +=
                    (float) (sign * (own.value[2 * DIMENSIONS + d] * answered[d] - along * unit) / length);
        }
    }

    /** What W1 v_q is multiplied with: {@code w2 * (v_s / |v_s| - v_w / |v_w|)}. */
    private float[] direction() {
        double strong = length(own.value, 0, DIMENSIONS);
        double weak = length(own.value, DIMENSIONS, DIMENSIONS);
        float[] direction = new float[DIMENSIONS];
        for (int d = 0; d < DIMENSIONS; d++) {
            direction[d] = (float)
                    (own.value[2 * DIMENSIONS + d] * (own.value[d] / strong - own.value[DIMENSIONS + d] / weak));
        }
        return direction;
    }

    private float dot(int row, float[] direction) {
        float sum = 0;
        for (int d = 0; d < DIMENSIONS; d++) {
            sum += weights.value[row + d] * direction[d];
        }
        return sum;
    }

    private static double length(float[] values, int from, int count) {
        double squares = 0;
        for (int i = from; i < from + count; i++) {
            squares += values[i] * values[i];
        }
        return Math.sqrt(squares);
    }

    private void step(float share, Training training) {
        steps++;
        weights.step(0, dense * DIMENSIONS, share, training, steps);
        for (int k = 0; k < occurringCount; k++) {
            int row = (dense + occurring[k]) * DIMENSIONS;
            weights.step(row, row + DIMENSIONS, share, training, steps);
        }
        own.step(0, own.value.length, share, training, steps);
    }

    /** W1, then v_strong, v_weak and w2. */
    Adam[] parameters() {
        return new Adam[] {weights, own};
    }
}
