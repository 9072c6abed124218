package dev.tagrouter.learning;

import java.util.Arrays;

/**
 * What models that were judged on many more queries, its peers, say in advance about the column of a model judged on few.
 *
 * <p>Before any judgment the model is expected to be the mean of its peers, and to differ from it as they differ from each
 * other: {@code column = mean + sum of a_j (column_j - mean) + own}, a_j with variance 1 / (peers - 1), own effects as
 * {@link JointEstimate} expects them of any model, and an own baseline. Then its judgments say how far it does. So the
 * luck of a few queries makes no model the best of all, and many judgments make it what they say.
 *
 * <p>The fewer the judgments, the less even each of them is believed: its noise counts sqrt(peers' queries / own) times.
 * docs/adr/0003 has the rule, docs/benchmarks/evaluation.md what it was worth and what was tried.
 */
final class PeerPrior {
    /** How many queries' worth the expectation is that a model's baseline is what its peers and its effects make it. */
    private static final double BASELINE_QUERIES = 100;
    /** What is left of the mean of its outcomes beyond so many standard errors is no luck, and is believed. */
    private static final double NO_LUCK = 3;

    private final double queries;
    private final double variance;
    private final double[] mean;
    private final double meanBaseline;
    /** By peer and tag, how its effect differs from the mean's. */
    private final double[][] differs;

    private final double[] baselineDiffers;

    /**
     * @param queries how many the peers were judged on, on average
     * @param variance of the peers' outcomes
     * @param effect by peer and tag
     * @param baseline by peer
     */
    PeerPrior(double queries, double variance, double[][] effect, double[] baseline) {
        int peers = effect.length;
        int tags = effect[0].length;
        this.queries = queries;
        this.variance = variance;
        this.mean = new double[tags];
        for (double[] own : effect) {
            for (int t = 0; t < tags; t++) {
                mean[t] += own[t] / peers;
            }
        }
        this.meanBaseline = Arrays.stream(baseline).average().orElseThrow();
        this.differs = new double[peers][tags];
        for (int j = 0; j < peers; j++) {
            for (int t = 0; t < tags; t++) {
                differs[j][t] = effect[j][t] - mean[t];
            }
        }
        this.baselineDiffers =
                Arrays.stream(baseline).map(own -> own - meanBaseline).toArray();
    }

    /**
     * Fills in the effects of one target and returns its baseline.
     *
     * @param own the sums of the tags of the queries it was judged on
     */
    double solve(LocalGram own, Likeness likeness, double penalty, Target target, double[] effects) {
        double n = own.queries();
        if (n == 0) {
            return fill(effects, own.tags(), new double[differs.length + 1]);
        }
        Equations equations = new Equations(own, likeness, penalty);
        double[] right = equations.right(target);
        double[] x = equations.solved(right, BASELINE_QUERIES);
        double rest = equations.rest(right, x) / n;
        double noLuck = rest * rest - NO_LUCK * NO_LUCK * variance / n;
        if (noLuck > variance / BASELINE_QUERIES) {
            x = equations.solved(right, variance / noLuck);
        }
        return fill(effects, own.tags(), x);
    }

    /** The normal equations of one model: of its own effects, then the shares a_j of its peers, last its own baseline. */
    private final class Equations {
        private final LocalGram own;
        private final int tags;
        private final int peers;
        /** By peer and the model's tags, how the peer's effect differs from the mean's. */
        private final double[][] local;
        /** By peer, the sum over the model's queries of how it differs from the mean. */
        private final double[] sums;

        private final double[][] matrix;

        private Equations(LocalGram own, Likeness likeness, double penalty) {
            this.own = own;
            this.tags = own.tags().length;
            this.peers = differs.length;
            this.local = new double[peers][];
            this.sums = new double[peers];
            this.matrix = new double[tags + peers + 1][];
            double doubt = Math.sqrt(queries / own.queries());
            for (int i = 0; i < tags; i++) {
                matrix[i] = Arrays.copyOf(own.products()[i], i + 1);
            }
            likeness.penalise(matrix, own.tags(), doubt * penalty);
            double[][] along = new double[peers][];
            for (int j = 0; j < peers; j++) {
                local[j] = own.at(differs[j]);
                sums[j] = baselineDiffers[j] * own.queries() + dot(local[j], own.mass());
                along[j] = along(j);
            }
            for (int j = 0; j < peers; j++) {
                double[] row = Arrays.copyOf(along[j], tags + j + 1);
                for (int k = 0; k <= j; k++) {
                    row[tags + k] = baselineDiffers[j] * sums[k] + dot(local[j], along[k]);
                }
                row[tags + j] += doubt * variance * Math.max(1, peers - 1);
                matrix[tags + j] = row;
            }
            double[] last = Arrays.copyOf(own.mass(), tags + peers + 1);
            System.arraycopy(sums, 0, last, tags, peers);
            matrix[tags + peers] = last;
        }

        /** By tag, the sum over the model's queries of its confidence times how a peer differs from the mean. */
        private double[] along(int j) {
            double[] along = own.times(local[j]);
            for (int i = 0; i < tags; i++) {
                along[i] += baselineDiffers[j] * own.mass()[i];
            }
            return along;
        }

        /** What the outcomes have beyond the mean of the peers. */
        private double[] right(Target target) {
            double[] expected = own.at(mean);
            double[] known = own.times(expected);
            double[] right = new double[tags + peers + 1];
            for (int i = 0; i < tags; i++) {
                right[i] = target.product(own.tags()[i]) - known[i] - meanBaseline * own.mass()[i];
            }
            double sum = (target.mean() - meanBaseline) * own.queries() - dot(expected, own.mass());
            for (int j = 0; j < peers; j++) {
                right[tags + j] = baselineDiffers[j] * sum + dot(local[j], right);
            }
            right[tags + peers] = sum;
            return right;
        }

        /** @param baselineQueries how many queries' worth the expectation is that the own baseline is 0 */
        private double[] solved(double[] right, double baselineQueries) {
            matrix[tags + peers][tags + peers] = own.queries() + baselineQueries;
            double[] x = right.clone();
            new Cholesky(matrix).solve(x);
            return x;
        }

        /** The sum of what is left of the outcomes without an own baseline. */
        private double rest(double[] right, double[] x) {
            return right[tags + peers] - dot(Arrays.copyOf(matrix[tags + peers], tags + peers), x);
        }
    }

    private double fill(double[] effects, int[] tags, double[] x) {
        int peers = differs.length;
        System.arraycopy(mean, 0, effects, 0, mean.length);
        double baseline = meanBaseline + x[tags.length + peers];
        for (int j = 0; j < peers; j++) {
            double share = x[tags.length + j];
            baseline += share * baselineDiffers[j];
            for (int t = 0; t < mean.length; t++) {
                effects[t] += share * differs[j][t];
            }
        }
        for (int i = 0; i < tags.length; i++) {
            effects[tags[i]] += x[i];
        }
        return baseline;
    }

    /** The sum over the first's positions. */
    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
