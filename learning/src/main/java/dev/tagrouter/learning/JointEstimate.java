package dev.tagrouter.learning;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The joint estimate: for every model, ridge regression of its quality (and its output tokens) on the soft tags of the
 * queries it was judged on, in closed form from {@link SetStatistics}.
 *
 * <p>With X centred: {@code (X'X + penalty P) effect = X'y}, {@code baseline = mean(y) - effect' mean(x)}; P says which effects
 * are alike ({@link Likeness}). Terms with a mass below {@value #LEAST_MASS}, and those that are not
 * learned in a set of that size, are left out; their effect is 0. A model that was
 * judged on less than half of what others were leans on those ({@link PeerPrior}).
 */
final class JointEstimate {
    private static final double LEAST_MASS = 0.5;
    private static final double LEAST_VARIANCE = 1e-6;
    private static final int FEW = 25;

    /** Of anything between 0 and 1. */
    private static final double LARGEST_VARIANCE = 0.25;

    /** Effect on quality, by model and tag. */
    final double[][] effect;
    /** Expected quality of a query without tags, by model. */
    final double[] baseline;
    /** Effect on output tokens, by model and tag. */
    final double[][] tokens;
    /** Expected output tokens of a query without tags, by model. */
    final double[] baselineTokens;

    private JointEstimate(int models, int tags) {
        this.effect = new double[models][tags];
        this.baseline = new double[models];
        this.tokens = new double[models][tags];
        this.baselineTokens = new double[models];
    }

    static JointEstimate solve(SetStatistics statistics, Likeness likeness, double penalty) {
        JointEstimate estimate = new JointEstimate(statistics.modelCount(), statistics.tags());
        IntStream.range(0, statistics.groupCount())
                .boxed()
                .sorted(Comparator.comparingLong(
                        group -> -statistics.gramOfGroup(group).queries()))
                .forEach(group -> estimate.solveGroup(statistics, group, likeness, penalty));
        return estimate;
    }

    private void solveGroup(SetStatistics statistics, int group, Likeness likeness, double penalty) {
        int[] models = IntStream.range(0, statistics.modelCount())
                .filter(m -> statistics.group(m) == group)
                .toArray();
        Gram gram = statistics.gram(models[0]);
        int[] peers = statistics.peers(models[0]);
        if (peers.length > 0) {
            leanOnPeers(statistics, gram, models, peers, likeness, penalty);
            return;
        }
        if (gram.queries() == 0) {
            return;
        }
        int[] active = IntStream.range(0, statistics.tags())
                .filter(t -> likeness.isLearned(t) && likeness.mass(gram, t) >= LEAST_MASS)
                .toArray();
        double[][] matrix = centred(gram, active);
        likeness.penalise(matrix, active, penalty);
        Cholesky system = new Cholesky(matrix);
        for (int m : models) {
            SetStatistics.Model model = statistics.model(m);
            baseline[m] = solve(system, gram, active, model.quality, effect[m]);
            baselineTokens[m] = solve(system, gram, active, model.tokens, tokens[m]);
        }
    }

    private void leanOnPeers(
            SetStatistics statistics, Gram gram, int[] models, int[] peers, Likeness likeness, double penalty) {
        LocalGram own = new LocalGram(gram, likeness, statistics.tags());
        double queries = mean(peers, m -> statistics.gram(m).queries());
        PeerPrior quality = new PeerPrior(
                queries,
                mean(peers, m -> variance(statistics.model(m).quality)),
                Arrays.stream(peers).mapToObj(m -> effect[m]).toArray(double[][]::new),
                Arrays.stream(peers).mapToDouble(m -> baseline[m]).toArray());
        PeerPrior lengths = new PeerPrior(
                queries,
                mean(peers, m -> variance(statistics.model(m).tokens)),
                Arrays.stream(peers).mapToObj(m -> tokens[m]).toArray(double[][]::new),
                Arrays.stream(peers).mapToDouble(m -> baselineTokens[m]).toArray());
        for (int m : models) {
            SetStatistics.Model model = statistics.model(m);
            baseline[m] = quality.solve(own, likeness, penalty, model.quality, effect[m]);
            baselineTokens[m] = lengths.solve(own, likeness, penalty, model.tokens, tokens[m]);
        }
    }

    private static double mean(int[] models, IntToDoubleFunction of) {
        return Arrays.stream(models).mapToDouble(of).average().orElseThrow();
    }

    /** Of outcomes that hardly vary a trace of their size, so that what is solved stays positive definite. */
    private static double variance(Target target) {
        double meanSquare = target.sumOfSquares() / Math.max(1, target.count());
        return Math.max(LEAST_VARIANCE * Math.max(1, meanSquare), meanSquare - target.mean() * target.mean());
    }

    /** The lower triangle of X'X with X centred. */
    private static double[][] centred(Gram gram, int[] active) {
        double n = gram.queries();
        double[][] matrix = new double[active.length][];
        for (int i = 0; i < active.length; i++) {
            matrix[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                matrix[i][j] = gram.product(active[i], active[j]) - gram.mass(active[i]) * gram.mass(active[j]) / n;
            }
        }
        return matrix;
    }

    /** Fills in the effects of one target and returns its baseline. */
    private static double solve(Cholesky system, Gram gram, int[] active, Target target, double[] effects) {
        double mean = target.mean();
        double[] x = new double[active.length];
        for (int i = 0; i < active.length; i++) {
            x[i] = target.product(active[i]) - gram.mass(active[i]) * mean;
        }
        system.solve(x);
        double baseline = mean;
        for (int i = 0; i < active.length; i++) {
            effects[active[i]] = x[i];
            baseline -= x[i] * gram.mass(active[i]) / gram.queries();
        }
        return baseline;
    }

    /**
     * The expected mean quality over all queries of the set: what a model scored on the queries it was judged on is
     * no measure beside a model that was judged on others. For a model judged on all of them it is the plain mean.
     */
    double meanQuality(SetStatistics statistics, int m) {
        Gram all = statistics.gram(0);
        for (int other = 1; other < statistics.modelCount(); other++) {
            if (statistics.gram(other).queries() > all.queries()) {
                all = statistics.gram(other);
            }
        }
        if (all.queries() == statistics.gram(m).queries()) {
            return statistics.model(m).quality.mean();
        }
        double mean = baseline[m];
        for (int t = 0; t < statistics.tags(); t++) {
            mean += effect[m][t] * all.mass(t) / all.queries();
        }
        return Math.max(0, Math.min(1, mean));
    }

    /**
     * Mean squared residual of a model's quality over what it was learned from, from the sums alone; not below that of
     * its peers, where it leans on any, for the residuals of a few queries may all be small. Where it leans on none and was
     * judged on fewer than {@value #FEW}, it is at least what it would be if one more query had missed by a half and all others
     * by nothing.
     */
    double residualVariance(SetStatistics statistics, int m) {
        double peers = Arrays.stream(statistics.peers(m))
                .mapToDouble(peer -> ownResidualVariance(statistics, peer))
                .average()
                .orElse(0);
        return Math.max(peers, ownResidualVariance(statistics, m));
    }

    private double ownResidualVariance(SetStatistics statistics, int m) {
        Target y = statistics.model(m).quality;
        Gram gram = statistics.gram(m);
        long n = Math.max(1, y.count());
        double total = y.sumOfSquares() / n - y.mean() * y.mean();
        double explained = 0;
        double rest = y.mean() - baseline[m];
        for (int t = 0; t < statistics.tags(); t++) {
            if (effect[m][t] != 0) {
                double covariance = y.product(t) - gram.mass(t) * y.mean();
                explained += effect[m][t] * (2 * covariance - fitted(gram, m, t)) / n;
                rest -= effect[m][t] * gram.mass(t) / n;
            }
        }
        double least = n < FEW && statistics.peers(m).length == 0 ? LARGEST_VARIANCE / (n + 1) : LEAST_VARIANCE;
        return Math.max(least, total - explained + rest * rest);
    }

    /** The row of X'X effect, X centred, that belongs to one tag. */
    private double fitted(Gram gram, int m, int tag) {
        double sum = 0;
        for (int u = 0; u < effect[m].length; u++) {
            if (effect[m][u] != 0) {
                sum += effect[m][u] * (gram.product(tag, u) - gram.mass(tag) * gram.mass(u) / gram.queries());
            }
        }
        return sum;
    }
}
