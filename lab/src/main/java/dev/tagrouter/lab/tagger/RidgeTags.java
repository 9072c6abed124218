package dev.tagrouter.lab.tagger;

import dev.tagrouter.learning.Progress;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Ridge regression of every tag on the features, by stochastic dual coordinate ascent (Shalev-Shwartz and Zhang,
 * JMLR 2013): the exact solution in the limit, without a learning rate.
 *
 * <p>Tags are solved in blocks that share nothing, so the weights are the same for the same seed however many threads
 * work. Weights are centred: the mean of each tag is the intercept.
 */
final class RidgeTags {
    private static final int BLOCK = 128;
    /** At 100 the mean work of a query falls from 82,000 to 20,000 additions without a loss of F1 (ADR 5). */
    private static final double COST_OF_FREQUENT = 100;

    /** The intercept of each tag: the share of queries that carry it. */
    final float[] mean;
    /** Weights by block of tags; within a block, feature after feature. */
    private final float[][] blocks;

    private final int features;

    private RidgeTags(int features, int tags) {
        this.features = features;
        this.mean = new float[tags];
        this.blocks = new float[(tags + BLOCK - 1) / BLOCK][];
    }

    static RidgeTags fit(
            Vectors x,
            int[][] labels,
            int features,
            int tags,
            float penalty,
            int epochs,
            long seed,
            Progress progress) {
        RidgeTags model = new RidgeTags(features, tags);
        for (int[] row : labels) {
            for (int t : row) {
                model.mean[t] += 1f / labels.length;
            }
        }
        AtomicInteger done = new AtomicInteger();
        int total = model.blocks.length * epochs;
        IntStream.range(0, model.blocks.length).parallel().forEach(b -> {
            model.blocks[b] = model.fitBlock(x, labels, b, penalty, epochs, seed, () -> {
                progress.report("training the tagger", done.incrementAndGet(), total);
            });
        });
        return model;
    }

    private float[] fitBlock(
            Vectors x, int[][] labels, int block, float penalty, int epochs, long seed, Runnable epochDone) {
        int first = block * BLOCK;
        int width = Math.min(BLOCK, mean.length - first);
        float[] weights = new float[features * width];
        float[] duals = new float[x.rows * width];
        float[] step = new float[width];
        int[] order = IntStream.range(0, x.rows).toArray();
        SplittableRandom random = new SplittableRandom(seed);
        for (int epoch = 0; epoch < epochs; epoch++) {
            shuffle(order, random);
            for (int row : order) {
                for (int t = 0; t < width; t++) {
                    step[t] = -mean[first + t];
                }
                for (int t : labels[row]) {
                    if (t >= first && t < first + width) {
                        step[t - first] += 1;
                    }
                }
                ascend(x, row, width, penalty, weights, duals, step);
            }
            epochDone.run();
        }
        return weights;
    }

    /** One exact step along the row's dual coordinates; {@code step} comes in as the row's centred labels. */
    private static void ascend(
            Vectors x, int row, int width, float penalty, float[] weights, float[] duals, float[] step) {
        float norm = 0;
        for (int k = x.start[row]; k < x.start[row + 1]; k++) {
            float value = x.value[k];
            int at = x.feature[k] * width;
            for (int t = 0; t < width; t++) {
                step[t] -= value * weights[at + t];
            }
            norm += value * value;
        }
        int own = row * width;
        for (int t = 0; t < width; t++) {
            step[t] = (step[t] - penalty * duals[own + t]) / (penalty + norm);
            duals[own + t] += step[t];
        }
        for (int k = x.start[row]; k < x.start[row + 1]; k++) {
            float value = x.value[k];
            int at = x.feature[k] * width;
            for (int t = 0; t < width; t++) {
                weights[at + t] += value * step[t];
            }
        }
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
    }

    /** Copies the weights of one feature, tag after tag, into {@code out}. */
    void weightsOf(int feature, float[] out) {
        for (int b = 0; b < blocks.length; b++) {
            int width = blocks[b].length / features;
            System.arraycopy(blocks[b], feature * width, out, b * BLOCK, width);
        }
    }

    /**
     * What one unit of a feature's weights is worth keeping: the root mean square of the feature's value, divided by
     * what a weight costs at run time. A feature that every query shows costs ten times as much as a rare one.
     */
    static float[] worth(Vectors x, int features) {
        double[] squares = new double[features];
        int[] rows = new int[features];
        int end = x.start[x.rows];
        for (int k = 0; k < end; k++) {
            squares[x.feature[k]] += (double) x.value[k] * x.value[k];
            rows[x.feature[k]]++;
        }
        float[] worth = new float[features];
        for (int f = 0; f < features; f++) {
            double share = rows[f] / (double) x.rows;
            worth[f] = (float) Math.sqrt(squares[f] / x.rows / (1 + COST_OF_FREQUENT * share));
        }
        return worth;
    }

    /** The smallest importance |weight| * worth that is among the {@code budget} largest. */
    float cut(float[] worth, long budget) {
        long[] histogram = new long[1 << 20];
        float[] row = new float[mean.length];
        for (int f = 0; f < features; f++) {
            weightsOf(f, row);
            for (float weight : row) {
                histogram[Float.floatToIntBits(Math.abs(weight) * worth[f]) >>> 11]++;
            }
        }
        long kept = 0;
        int bin = histogram.length - 1;
        while (bin > 0 && kept + histogram[bin] <= budget) {
            kept += histogram[bin--];
        }
        return Float.intBitsToFloat((bin + 1) << 11);
    }
}
