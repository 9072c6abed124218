package dev.tagrouter.lab.baseline;

import dev.tagrouter.lab.kernel.Kernel;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Dense layers with ReLU between them, trained together with an {@link Objective}'s own parameters. Once trained it is
 * safe for use by many threads; the same data and seed give the same net, bit for bit.
 *
 * <p>Weights lie input by input, so that both directions are the sums of scaled rows that a {@link Kernel} adds up. A batch of sparse inputs moves only the rows of positions that occur in it (lazy Adam).
 */
final class Net {
    private static final Kernel KERNEL = Kernel.best();

    private final int dense;
    private final int[] width;
    private final Adam[] weights;
    private final Adam[] bias;
    private final Adam own;
    private final boolean[] touched;
    private int steps;

    /**
     * @param layers the width of each layer, the last one is the output
     * @param withBias whether layers have a bias
     */
    Net(Inputs inputs, int[] layers, boolean withBias, Objective objective, long seed) {
        this.dense = inputs.dense();
        this.width = new int[layers.length + 1];
        this.width[0] = inputs.dense() + inputs.sparse();
        System.arraycopy(layers, 0, width, 1, layers.length);
        this.weights = new Adam[layers.length];
        this.bias = new Adam[layers.length];
        this.touched = new boolean[inputs.sparse()];
        SplittableRandom random = new SplittableRandom(seed);
        for (int l = 0; l < layers.length; l++) {
            weights[l] = new Adam(width[l] * width[l + 1]);
            bias[l] = new Adam(withBias ? width[l + 1] : 0);
            // Sparse positions count as few, for few of them occur together.
            int inputsAtOnce = l == 0 ? dense + Math.min(inputs.sparse(), dense) : width[l];
            glorot(weights[l].value, inputsAtOnce, width[l + 1], random);
        }
        this.own = new Adam(objective.ownParameters());
        objective.begin(own.value, random);
    }

    /** Weights as they begin, within Glorot and Bengio's range. */
    static void glorot(float[] weights, int inputs, int outputs, SplittableRandom random) {
        double range = Math.sqrt(6.0 / (inputs + outputs));
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) ((2 * random.nextDouble() - 1) * range);
        }
    }

    /** A net trained on some inputs. */
    static Net trained(
            Inputs inputs,
            Input[] x,
            int[] layers,
            boolean withBias,
            Objective objective,
            Training training,
            long seed) {
        Net net = new Net(inputs, layers, withBias, objective, seed);
        net.fit(x, objective, training, seed);
        return net;
    }

    /** What comes out for one input. */
    float[] output(Input x) {
        float[][] layer = layers();
        forward(x.dense, x, layer);
        return layer[layer.length - 1];
    }

    /** The objective's own parameters as learnt; not to be written to. */
    float[] own() {
        return own.value;
    }

    private float[][] layers() {
        return IntStream.range(1, width.length)
                .mapToObj(l -> new float[width[l]])
                .toArray(float[][]::new);
    }

    private void forward(float[] values, Input x, float[][] layer) {
        begin(0, layer[0]);
        KERNEL.addSums(new float[][] {values}, 1, weights[0].value, new float[][] {layer[0]});
        goOn(x, layer);
    }

    /** What a layer's sums begin with. */
    private void begin(int layer, float[] sums) {
        if (bias[layer].value.length > 0) {
            System.arraycopy(bias[layer].value, 0, sums, 0, sums.length);
        } else {
            Arrays.fill(sums, 0);
        }
    }

    /** From the first layer's sums over the dense inputs on. */
    private void goOn(Input x, float[][] layer) {
        int row = width[1];
        for (int k = 0; k < x.at.length; k++) {
            KERNEL.addScaled(x.weight[k], weights[0].value, (dense + x.at[k]) * row, layer[0], 0, row);
        }
        for (int l = 1; l < layer.length; l++) {
            rectify(layer[l - 1]);
            begin(l, layer[l]);
            KERNEL.addSums(new float[][] {layer[l - 1]}, 1, weights[l].value, new float[][] {layer[l]});
        }
    }

    private static void rectify(float[] values) {
        for (int o = 0; o < values.length; o++) {
            values[o] = Math.max(0, values[o]);
        }
    }

    /** What one thread writes to while it trains; the first layer goes forward and back for a whole batch at once. */
    private final class Room {
        private final float[][] layer = layers();
        private final float[][] back = layers();
        private final float[][] in;
        private final float[][] noisy;
        private final float[][] sums;
        private final float[][] delta;

        private Room(int batch, boolean noise) {
            this.in = new float[batch][];
            this.noisy = new float[noise ? batch : 0][dense];
            this.sums = new float[batch][width[1]];
            this.delta = new float[batch][width[1]];
        }
    }

    /**
     * Adds the gradient of the loss on a batch to that of all parameters; gives the loss.
     *
     * @param x where the examples are
     * @param examples their positions, in the room's order; their dense inputs are in the room already
     */
    private double accumulate(Input[] x, int[] examples, Objective objective, Room room) {
        for (int b = 0; b < examples.length; b++) {
            begin(0, room.sums[b]);
        }
        KERNEL.addSums(room.in, examples.length, weights[0].value, room.sums);
        double loss = 0;
        for (int b = 0; b < examples.length; b++) {
            room.layer[0] = room.sums[b];
            room.back[0] = room.delta[b];
            loss += accumulate(x[examples[b]], examples[b], objective, room);
        }
        KERNEL.addProducts(room.in, room.delta, examples.length, weights[0].gradient);
        return loss;
    }

    /** The same for one example, but for the dense part of the first layer. */
    private double accumulate(Input x, int example, Objective objective, Room room) {
        goOn(x, room.layer);
        int last = weights.length - 1;
        double loss = objective.at(example, room.layer[last], room.back[last], own.value, own.gradient);
        for (int l = last; l > 0; l--) {
            float[] delta = room.back[l];
            float[] in = room.layer[l - 1];
            addBias(l, delta);
            float[] back = room.back[l - 1];
            dots(weights[l].value, delta, back, back.length);
            for (int i = 0; i < in.length; i++) {
                if (in[i] > 0) {
                    KERNEL.addScaled(in[i], delta, 0, weights[l].gradient, i * delta.length, delta.length);
                } else {
                    // ReLU: what did not pass does not learn.
                    back[i] = 0;
                }
            }
        }
        float[] delta = room.back[0];
        addBias(0, delta);
        for (int k = 0; k < x.at.length; k++) {
            touched[x.at[k]] = true;
            int row = (dense + x.at[k]) * delta.length;
            KERNEL.addScaled(x.weight[k], delta, 0, weights[0].gradient, row, delta.length);
        }
        return loss;
    }

    private void addBias(int layer, float[] delta) {
        if (bias[layer].gradient.length > 0) {
            KERNEL.addScaled(1, delta, 0, bias[layer].gradient, 0, delta.length);
        }
    }

    /** Adds the gradient of the loss on one example to that of all parameters; gives the loss. */
    double gradient(Input x, int example, Objective objective) {
        Room room = new Room(1, false);
        room.in[0] = x.dense;
        Input[] all = new Input[example + 1];
        all[example] = x;
        return accumulate(all, new int[] {example}, objective, room);
    }

    /**
     * The dot product of each of the first rows with a vector; four at a time, for each sum waits for its last addition.
     *
     * @param count how many rows
     */
    static void dots(float[] rows, float[] with, float[] out, int count) {
        int width = with.length;
        int i = 0;
        for (; i + 3 < count; i += 4) {
            int from = i * width;
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            for (int o = 0; o < width; o++) {
                a += rows[from + o] * with[o];
                b += rows[from + width + o] * with[o];
                c += rows[from + 2 * width + o] * with[o];
                d += rows[from + 3 * width + o] * with[o];
            }
            out[i] = a;
            out[i + 1] = b;
            out[i + 2] = c;
            out[i + 3] = d;
        }
        for (; i < count; i++) {
            float sum = 0;
            for (int o = 0; o < width; o++) {
                sum += rows[i * width + o] * with[o];
            }
            out[i] = sum;
        }
    }

    private void fit(Input[] x, Objective objective, Training training, long seed) {
        SplittableRandom random = new SplittableRandom(seed + 1);
        int[] order = IntStream.range(0, x.length).toArray();
        shuffle(order, order.length, random);
        int held = training.patience() > 0 ? x.length / 10 : 0;
        int trainedOn = x.length - held;
        Room room = new Room(Math.min(training.batch(), trainedOn), training.noise() > 0);
        float[][] kept = new float[0][];
        double best = Double.POSITIVE_INFINITY;
        int sinceBest = 0;
        for (int epoch = training.epochsOn(trainedOn); epoch > 0 && sinceBest <= training.patience(); epoch--) {
            shuffle(order, trainedOn, random);
            epoch(x, Arrays.copyOf(order, trainedOn), objective, training, room, random);
            if (held > 0) {
                double loss = 0;
                for (int i = trainedOn; i < order.length; i++) {
                    loss += loss(x[order[i]], order[i], objective, room);
                }
                sinceBest++;
                if (loss < best) {
                    best = loss;
                    kept = copy();
                    sinceBest = 0;
                }
            }
        }
        if (kept.length > 0) {
            restore(kept);
        }
    }

    private void epoch(
            Input[] x, int[] order, Objective objective, Training training, Room room, SplittableRandom random) {
        for (int from = 0; from < order.length; from += training.batch()) {
            int to = Math.min(order.length, from + training.batch());
            int[] batch = Arrays.copyOfRange(order, from, to);
            for (int b = 0; b < batch.length; b++) {
                float[] values = x[batch[b]].dense;
                room.in[b] = training.noise() > 0 ? noise(values, room.noisy[b], training.noise(), random) : values;
            }
            accumulate(x, batch, objective, room);
            steps++;
            step(1f / (to - from), training, steps);
        }
    }

    private double loss(Input x, int example, Objective objective, Room room) {
        forward(x.dense, x, room.layer);
        int last = weights.length - 1;
        return objective.at(example, room.layer[last], room.back[last], own.value, new float[own.value.length]);
    }

    private static float[] noise(float[] values, float[] noisy, double deviation, SplittableRandom random) {
        for (int d = 0; d < noisy.length; d++) {
            noisy[d] = (float) (values[d] + deviation * random.nextGaussian());
        }
        return noisy;
    }

    private void step(float share, Training training, int step) {
        int row = width[1];
        weights[0].step(0, dense * row, share, training, step);
        for (int t = 0; t < touched.length; t++) {
            if (touched[t]) {
                weights[0].step((dense + t) * row, (dense + t + 1) * row, share, training, step);
                touched[t] = false;
            }
        }
        for (int l = 1; l < weights.length; l++) {
            weights[l].step(0, weights[l].value.length, share, training, step);
        }
        for (Adam each : bias) {
            each.step(0, each.value.length, share, training, step);
        }
        own.step(0, own.value.length, share, training, step);
    }

    /** All parameters, in the order of {@link #parameters()}. */
    private float[][] copy() {
        return Arrays.stream(parameters()).map(p -> p.value.clone()).toArray(float[][]::new);
    }

    private void restore(float[][] kept) {
        Adam[] all = parameters();
        for (int i = 0; i < all.length; i++) {
            System.arraycopy(kept[i], 0, all[i].value, 0, kept[i].length);
        }
    }

    /** Weights and biases layer by layer, then the objective's own. */
    Adam[] parameters() {
        Adam[] all = new Adam[2 * weights.length + 1];
        for (int l = 0; l < weights.length; l++) {
            all[2 * l] = weights[l];
            all[2 * l + 1] = bias[l];
        }
        all[all.length - 1] = own;
        return all;
    }

    static void shuffle(int[] order, int count, SplittableRandom random) {
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
    }
}
