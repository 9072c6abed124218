package dev.tagrouter.core.scoring;

import dev.tagrouter.core.tagging.Tags;

/**
 * The default scorer: the expected quality of each candidate, from soft tags whose effects were estimated jointly.
 *
 * <p>{@code score(M) = baseline(M) + sum over tags t of confidence(t) * effect(t, M)}. The effects are ridge
 * regression coefficients, solved in closed form from additive statistics, so a tag is not credited twice for what
 * the tags beside it explain, and a new model is one new column.
 *
 * <p>The variance of a score is {@code residual * (1 / judged + sum of confidence^2 / (mass + penalty))}: the diagonal
 * of the ridge posterior, which leaves out correlations between tags.
 */
public final class JointScorer implements Scorer {
    private final CandidatePool pool;
    private final int models;
    private final double[] baseline;
    private final double[] baselineVariance;
    private final double[] baselineTokens;
    private final double[] effect;
    private final double[] variance;
    private final double[] tokens;
    private final double[] evidence;
    private final boolean lengthsVary;

    /** @param pool comparable candidates */
    public JointScorer(CandidatePool pool) {
        if (!pool.comparable()) {
            throw new IllegalArgumentException("the candidates were not judged together: "
                    + pool.candidates().stream().map(Candidate::model).toList());
        }
        this.pool = pool;
        this.models = pool.candidates().size();
        int tags = pool.table().vocabulary().size();
        this.baseline = new double[models];
        this.baselineVariance = new double[models];
        this.baselineTokens = new double[models];
        this.effect = new double[tags * models];
        this.variance = new double[tags * models];
        this.tokens = new double[tags * models];
        this.evidence = new double[tags];
        boolean vary = false;
        for (int t = 0; t < tags; t++) {
            double least = Double.POSITIVE_INFINITY;
            for (Column column : pool.columns()) {
                least = Math.min(least, column.mass[t]);
            }
            evidence[t] = least / (least + pool.base().penalty());
        }
        for (int m = 0; m < models; m++) {
            Column column = pool.columns().get(m);
            baseline[m] = column.baseline;
            baselineVariance[m] = column.baselineVariance;
            baselineTokens[m] = column.baselineTokens;
            for (int t = 0; t < tags; t++) {
                effect[t * models + m] = column.effect[t];
                variance[t * models + m] = column.variance[t];
                tokens[t * models + m] = column.tokens[t];
                vary |= column.tokens[t] != 0;
            }
        }
        this.lengthsVary = vary;
    }

    @Override
    public CandidatePool pool() {
        return pool;
    }

    @Override
    public Scores score(Tags tags) {
        int n = tags.size();
        double[] terms = new double[(n + 1) * models];
        double[] scores = baseline.clone();
        double[] variances = baselineVariance.clone();
        double[] outputTokens = baselineTokens.clone();
        double covered = 0;
        double mass = 0;
        System.arraycopy(baseline, 0, terms, 0, models);
        for (int k = 0; k < n; k++) {
            int row = tags.index(k) * models;
            int out = (k + 1) * models;
            double p = tags.confidence(k);
            for (int m = 0; m < models; m++) {
                double term = p * effect[row + m];
                terms[out + m] = term;
                scores[m] += term;
                variances[m] += p * p * variance[row + m];
            }
            if (lengthsVary) {
                for (int m = 0; m < models; m++) {
                    outputTokens[m] += p * tokens[row + m];
                }
            }
            mass += p;
            covered += p * evidence[tags.index(k)];
        }
        for (int m = 0; m < models; m++) {
            outputTokens[m] = Math.max(1, outputTokens[m]);
        }
        return new Scores(pool, tags, n, terms, scores, variances, outputTokens, covered / Math.max(1, mass));
    }
}
