package dev.tagrouter.lab.baseline;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Dense layers with ReLU between them, trained together with an {@link Objective}'s own parameters. Once trained it is
 * safe for use by many threads; the same data and seed give the same net, bit for bit.
 *
 * <p>Weights lie input by input, so that both directions are sums of scaled rows, which the JIT turns into vector
 * instructions. A batch of sparse inputs moves only the rows of positions that occur in it (lazy Adam).
 */
final class Net {
    private final int dense;
    private final int[] width;
    private final Adam[] weights;
    private final Adam[] bias;
    private final Adam own;
    private final boolean[] touched;

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
            // Glorot and Bengio's range; sparse positions count as few, for few of them occur together.
            int inputsAtOnce = l == 0 ? dense + Math.min(inputs.sparse(), dense) : width[l];
            double range = Math.sqrt(6.0 / (inputsAtOnce + width[l + 1]));
            float[] value = weights[l].value;
            for (int i = 0; i < value.length; i++) {
                value[i] = (float) ((2 * random.nextDouble() - 1) * range);
            }
        }
        this.own = new Adam(objective.ownParameters());
        objective.begin(own.value, random);
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
        float[][] layer = room();
        forward(x.dense, x, layer);
        return layer[layer.length - 1];
    }

    /** The objective's own parameters as learnt; not to be written to. */
    float[] own() {
        return own.value;
    }

    private float[][] room() {
        return IntStream.range(1, width.length)
                .mapToObj(l -> new float[width[l]])
                .toArray(float[][]::new);
    }

    private void forward(float[] values, Input x, float[][] layer) {
        for (int l = 0; l < layer.length; l++) {
            float[] out = layer[l];
            float[] w = weights[l].value;
            if (bias[l].value.length > 0) {
                System.arraycopy(bias[l].value, 0, out, 0, out.length);
            } else {
                Arrays.fill(out, 0);
            }
            float[] in = l == 0 ? values : layer[l - 1];
            for (int i = 0; i < in.length; i++) {
                addRow(in[i], w, i * out.length, out);
            }
            for (int k = 0; l == 0 && k < x.at.length; k++) {
                addRow(x.weight[k], w, (dense + x.at[k]) * out.length, out);
            }
            for (int o = 0; l < layer.length - 1 && o < out.length; o++) {
                out[o] = Math.max(0, out[o]);
            }
        }
    }

    private static void addRow(float factor, float[] rows, int from, float[] to) {
        if (factor != 0) {
            for (int o = 0; o < to.length; o++) {
                to[o] += factor * rows[from + o];
            }
        }
    }

    private static void addToRow(float factor, float[] add, float[] rows, int from) {
        if (factor != 0) {
            for (int o = 0; o < add.length; o++) {
                rows[from + o] += factor * add[o];
            }
        }
    }

    /** Adds one example's gradient to the parameters'; gives its loss. */
    double accumulate(float[] values, Input x, int example, Objective objective, float[][] layer, float[][] back) {
        forward(values, x, layer);
        int last = layer.length - 1;
        double loss = objective.at(example, layer[last], back[last], own.value, own.gradient);
        for (int l = last; l >= 0; l--) {
            float[] delta = back[l];
            if (bias[l].gradient.length > 0) {
                addToRow(1, delta, bias[l].gradient, 0);
            }
            float[] in = l == 0 ? values : layer[l - 1];
            for (int i = 0; i < in.length; i++) {
                addToRow(in[i], delta, weights[l].gradient, i * delta.length);
            }
            if (l == 0) {
                for (int k = 0; k < x.at.length; k++) {
                    touched[x.at[k]] = true;
                    addToRow(x.weight[k], delta, weights[0].gradient, (dense + x.at[k]) * delta.length);
                }
            } else {
                for (int i = 0; i < in.length; i++) {
                    back[l - 1][i] = in[i] > 0 ? dot(weights[l].value, i * delta.length, delta) : 0;
                }
            }
        }
        return loss;
    }

    private static float dot(float[] rows, int from, float[] with) {
        float sum = 0;
        for (int o = 0; o < with.length; o++) {
            sum += rows[from + o] * with[o];
        }
        return sum;
    }

    private void fit(Input[] x, Objective objective, Training training, long seed) {
        SplittableRandom random = new SplittableRandom(seed + 1);
        int[] order = IntStream.range(0, x.length).toArray();
        shuffle(order, order.length, random);
        int held = training.patience() > 0 ? x.length / 10 : 0;
        int trainedOn = x.length - held;
        float[][] layer = room();
        float[][] back = room();
        float[] noisy = new float[dense];
        double best = Double.POSITIVE_INFINITY;
        float[][] kept = held > 0 ? copy() : new float[0][];
        int step = 0;
        int sinceBest = 0;
        for (int epoch = training.epochsOn(trainedOn); epoch > 0 && sinceBest <= training.patience(); epoch--) {
            shuffle(order, trainedOn, random);
            for (int from = 0; from < trainedOn; from += training.batch()) {
                int to = Math.min(trainedOn, from + training.batch());
                for (int i = from; i < to; i++) {
                    Input each = x[order[i]];
                    float[] values =
                            training.noise() > 0 ? noise(each.dense, noisy, training.noise(), random) : each.dense;
                    accumulate(values, each, order[i], objective, layer, back);
                }
                step(1f / (to - from), training, ++step);
            }
            if (held > 0) {
                double loss = 0;
                for (int i = trainedOn; i < order.length; i++) {
                    loss += loss(x[order[i]], order[i], objective, layer, back);
                }
                sinceBest = loss < best ? 0 : sinceBest + 1;
                if (loss < best) {
                    best = loss;
                    kept = copy();
                }
            }
        }
        if (held > 0) {
            restore(kept);
        }
    }

    private double loss(Input x, int example, Objective objective, float[][] layer, float[][] back) {
        forward(x.dense, x, layer);
        int last = layer.length - 1;
        return objective.at(example, layer[last], back[last], own.value, new float[own.value.length]);
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

    private static void shuffle(int[] order, int count, SplittableRandom random) {
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
    }
}
