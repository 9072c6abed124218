package dev.tagrouter.core.scoring;

import dev.tagrouter.core.tagging.Tags;
import java.util.Arrays;
import java.util.List;

/**
 * The published scorer in its exact mode (paper, section 3.2): {@code score(M, t) = w_t * sum over r in {win, tie,
 * loss} of count(t, M, r) * s_r}, and the score of a query is the sum over its stated tags.
 *
 * <p>{@code s_win = 1}, {@code s_loss = -1}, {@code s_tie} as given (0.15 in the paper); the weights w_t are not
 * published and 1 here; counts are judgments against the set's reference, whose own column is 0. The unit is net
 * wins, not quality. Only candidates of one set compare: counts of different sets have no common reference.
 */
public final class PaperScorer implements Scorer {
    /** The value of a tie in the paper. */
    public static final double PUBLISHED_TIE = 0.15;

    private final CandidatePool pool;
    private final int models;
    private final double[] value;
    private final double[] variance;
    private final boolean[] judged;
    private final double[] outputTokens;

    /**
     * @param pool candidates that one set judged
     * @param tieValue what a tie is worth, in [-1, 1]
     */
    public PaperScorer(CandidatePool pool, double tieValue) {
        if (!(tieValue >= -1 && tieValue <= 1)) {
            throw new IllegalArgumentException("tie value is " + tieValue + "; it must lie in [-1, 1]");
        }
        this.pool = pool;
        this.models = pool.candidates().size();
        int tags = pool.table().vocabulary().size();
        this.value = new double[tags * models];
        this.variance = new double[tags * models];
        this.judged = new boolean[tags];
        this.outputTokens = new double[models];
        Arrays.fill(judged, true);
        for (int m = 0; m < models; m++) {
            Capability capability = column(m);
            outputTokens[m] = capability.summary().meanTokens();
            boolean reference = capability.model().equals(pool.base().reference());
            for (int t = 0; t < tags; t++) {
                Capability.Row row = capability.row(t);
                judged[t] &= row.win() + row.tie() + row.loss() > 0;
                if (!reference) {
                    value[t * models + m] = row.win() + row.tie() * tieValue - row.loss();
                    variance[t * models + m] = row.win() + row.tie() * tieValue * tieValue + row.loss();
                }
            }
        }
    }

    private Capability column(int candidate) {
        String model = pool.candidates().get(candidate).model();
        Capability capability = pool.base().find(model);
        if (capability == null) {
            throw new IllegalArgumentException("model '" + model + "' was not judged in set '"
                    + pool.base().name() + "'; the published scorer compares only models of one set");
        }
        return capability;
    }

    @Override
    public CandidatePool pool() {
        return pool;
    }

    @Override
    public Scores score(Tags tags) {
        int n = tags.statedCount();
        double[] terms = new double[(n + 1) * models];
        double[] scores = new double[models];
        double[] variances = new double[models];
        int covered = 0;
        for (int k = 0; k < n; k++) {
            int row = tags.index(k) * models;
            for (int m = 0; m < models; m++) {
                terms[(k + 1) * models + m] = value[row + m];
                scores[m] += value[row + m];
                variances[m] += variance[row + m];
            }
            if (judged[tags.index(k)]) {
                covered++;
            }
        }
        double coverage = n == 0 ? 0 : covered / (double) n;
        return new Scores(
                pool,
                tags,
                n,
                List.of(),
                terms,
                scores,
                variances,
                new double[models],
                new int[models],
                outputTokens.clone(),
                coverage);
    }
}
