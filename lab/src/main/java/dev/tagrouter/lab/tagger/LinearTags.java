package dev.tagrouter.lab.tagger;

import dev.tagrouter.core.tagging.SparseWeights;
import dev.tagrouter.lab.kernel.Kernel;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A linear model of every tag on the features, one against the rest, with the squared hinge loss and a ridge penalty,
 * by stochastic dual coordinate ascent (Shalev-Shwartz and Zhang, JMLR 2013): the exact solution in the limit, without
 * a learning rate. Queries that lie well on their side of the margin pull at nothing, so the weights go to telling
 * tags apart; that is worth 0.7 points of F1 over least squares (ADR 5).
 *
 * <p>Tags are solved in blocks that share nothing, so the weights are the same for the same seed however many threads
 * work.
 */
final class LinearTags {
    private static final Kernel KERNEL = Kernel.best();
    private static final int BLOCK = 128;
    /** With 700 weights a tag, 4,800 additions a query instead of 12,300 for 0.001 of held-out F1 (ADR 5). */
    private static final double COST_OF_FREQUENT = 5000;

    private final TrainingRows rows;
    private final float penalty;
    private final long seed;
    private final Block[] blocks;
    private int passes;

    /** Untrained. */
    LinearTags(TrainingRows rows, float penalty, long seed) {
        this.rows = rows;
        this.penalty = penalty;
        this.seed = seed;
        this.blocks = new Block[(rows.tags + BLOCK - 1) / BLOCK];
        for (int b = 0; b < blocks.length; b++) {
            blocks[b] = new Block(b * BLOCK, Math.min(BLOCK, rows.tags - b * BLOCK));
        }
    }

    /** Goes through some rows once more, in an order of its own, from where the last pass left the weights. */
    void pass(int[] which) {
        SplittableRandom random = new SplittableRandom(seed + passes++);
        int[] order = which.clone();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        Arrays.stream(blocks).parallel().forEach(block -> {
            for (int row : order) {
                block.ascend(row);
            }
        });
    }

    /** Some tags that are trained together: {@code width} of them from {@code first} on. */
    private final class Block {
        private final int first;
        private final int width;
        /** Feature after feature. */
        private final float[] weights;
        /** Row after row. */
        private final float[] duals;

        private final float[] step;
        private final boolean[] carried;

        private Block(int first, int width) {
            this.first = first;
            this.width = width;
            this.weights = new float[rows.features * width];
            this.duals = new float[rows.x.rows * width];
            this.step = new float[width];
            this.carried = new boolean[width];
        }

        /** One exact step along the row's dual coordinates; a tag's dual has the sign of its label. */
        private void ascend(int row) {
            Vectors x = rows.x;
            float[] base = rows.base[row];
            for (int t = 0; t < width; t++) {
                step[t] = -base[first + t];
            }
            Arrays.fill(carried, false);
            for (int t : rows.labels[row]) {
                if (t >= first && t < first + width) {
                    step[t - first] += 1;
                    carried[t - first] = true;
                }
            }
            float norm = 0;
            for (int k = x.start[row]; k < x.start[row + 1]; k++) {
                float value = x.value[k];
                KERNEL.addScaled(-value, weights, x.feature[k] * width, step, 0, width);
                norm += value * value;
            }
            float own = penalty / rows.share[row];
            int at = row * width;
            for (int t = 0; t < width; t++) {
                float before = duals[at + t];
                float after = before + (step[t] - own * before) / (own + norm);
                after = carried[t] ? Math.max(0, after) : Math.min(0, after);
                duals[at + t] = after;
                step[t] = after - before;
            }
            for (int k = x.start[row]; k < x.start[row + 1]; k++) {
                KERNEL.addScaled(x.value[k], step, 0, weights, x.feature[k] * width, width);
            }
        }
    }

    /**
     * The {@code budget} weights that are worth most, as they are kept: what one unit of a feature's weights is worth is
     * the root mean square of the feature's value, divided by the square root of what a weight costs at run time, so that
     * one of a feature that every query shows must be twenty times as large as a rare one's.
     */
    SparseWeights pruned(int budget) {
        float[] worth = worth();
        float cut = cut(worth, budget);
        int features = rows.features;
        float[] scale = new float[features];
        int[] start = new int[features + 1];
        short[] tag = new short[budget];
        byte[] weight = new byte[budget];
        float[] row = new float[rows.tags];
        int n = 0;
        for (int f = 0; f < features; f++) {
            weightsOf(f, row);
            float largest = 0;
            for (float w : row) {
                largest = Math.max(largest, Math.abs(w));
            }
            scale[f] = largest / 127;
            for (int t = 0; t < row.length; t++) {
                if (largest > 0 && Math.abs(row[t]) * worth[f] >= cut) {
                    tag[n] = (short) t;
                    weight[n++] = (byte) Math.round(row[t] / scale[f]);
                }
            }
            start[f + 1] = n;
        }
        return new SparseWeights(scale, start, Arrays.copyOf(tag, n), Arrays.copyOf(weight, n));
    }

    private void weightsOf(int feature, float[] out) {
        for (Block block : blocks) {
            System.arraycopy(block.weights, feature * block.width, out, block.first, block.width);
        }
    }

    private float[] worth() {
        Vectors x = rows.x;
        double[] squares = new double[rows.features];
        int[] shown = new int[rows.features];
        int end = x.start[x.rows];
        for (int k = 0; k < end; k++) {
            squares[x.feature[k]] += (double) x.value[k] * x.value[k];
            shown[x.feature[k]]++;
        }
        float[] worth = new float[squares.length];
        for (int f = 0; f < worth.length; f++) {
            double share = shown[f] / (double) x.rows;
            worth[f] = (float) Math.sqrt(squares[f] / x.rows / (1 + COST_OF_FREQUENT * share));
        }
        return worth;
    }

    /** The smallest importance |weight| * worth that is among the {@code budget} largest. */
    private float cut(float[] worth, long budget) {
        long[] histogram = new long[1 << 20];
        float[] row = new float[rows.tags];
        for (int f = 0; f < worth.length; f++) {
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
