package dev.tagrouter.core.scoring;

import dev.tagrouter.core.tagging.Tags;
import java.util.ArrayList;
import java.util.List;

/**
 * The candidates' scores for one query, each kept as the terms it is the sum of.
 *
 * <p>Candidates are addressed by their position in {@link CandidatePool#candidates()}.
 */
public final class Scores {
    private final CandidatePool pool;
    private final Tags tags;
    private final int scoredTags;
    private final List<String> groups;
    private final double[] terms;
    private final double[] scores;
    private final double[] variances;
    private final double[] linkVariances;
    private final int[] links;
    private final double[] outputTokens;
    private final double coverage;

    /**
     * Takes the arrays over, not copied.
     *
     * @param scoredTags how many of the first tags have terms
     * @param groups what the terms behind those of the tags are called, each for several topics or axes at once, or the bend
     * @param terms the baseline of each candidate, then the first tag's term of each candidate, and so on
     * @param scores the sum of each candidate's terms, in that order
     * @param variances of each candidate's score, without what a link to its set adds
     * @param linkVariances what the link adds to each candidate's variance; candidates of one link have the same
     * @param links identifies the link of each candidate, 0 where there is none
     * @param outputTokens expected output tokens of each candidate
     * @param coverage how much of the query's tags the evidence covers, in [0, 1]
     */
    Scores(
            CandidatePool pool,
            Tags tags,
            int scoredTags,
            List<String> groups,
            double[] terms,
            double[] scores,
            double[] variances,
            double[] linkVariances,
            int[] links,
            double[] outputTokens,
            double coverage) {
        this.pool = pool;
        this.tags = tags;
        this.scoredTags = scoredTags;
        this.groups = groups;
        this.terms = terms;
        this.scores = scores;
        this.variances = variances;
        this.linkVariances = linkVariances;
        this.links = links;
        this.outputTokens = outputTokens;
        this.coverage = coverage;
    }

    public CandidatePool pool() {
        return pool;
    }

    public Tags tags() {
        return tags;
    }

    /** How many candidates there are. */
    public int size() {
        return scores.length;
    }

    /** The score of a candidate: expected quality from the joint scorer, net weighted wins from the published one. */
    public double score(int candidate) {
        return scores[candidate];
    }

    /**
     * The standard error of the difference between two candidates' scores, in the score's unit. What a link between
     * sets is unsure of moves all candidates beyond it alike, so between two of them it cancels.
     */
    public double uncertainty(int first, int second) {
        double variance = variances[first] + variances[second];
        if (links[first] != links[second]) {
            variance += linkVariances[first] + linkVariances[second];
        }
        return Math.sqrt(variance);
    }

    /** Expected output tokens if the candidate answers. */
    public double outputTokens(int candidate) {
        return outputTokens[candidate];
    }

    /** Expected cost in USD if the candidate answers a prompt of {@code inputTokens}. */
    public double costUsd(int candidate, long inputTokens) {
        return pool.candidates().get(candidate).price().usd((double) inputTokens, outputTokens[candidate]);
    }

    /**
     * How much of what the query is about the evidence covers, in [0, 1]: 1 when every tag was judged often for every
     * candidate, or for the models of its set that it leans on, near 0 when the tags are unsure or hardly judged.
     */
    public double coverage() {
        return coverage;
    }

    /**
     * The terms of a candidate's score: the baseline, one for each tag, surest tag first, then the topics', the wording's and the bend
     * if there are any.
     */
    public List<Contribution> contributions(int candidate) {
        List<Contribution> contributions = new ArrayList<>(scoredTags + 1 + groups.size());
        contributions.add(new Contribution(Contribution.BASELINE, terms[candidate]));
        for (int k = 0; k < scoredTags; k++) {
            contributions.add(new Contribution(tags.name(k), terms[(k + 1) * scores.length + candidate]));
        }
        for (int i = 0; i < groups.size(); i++) {
            contributions.add(new Contribution(groups.get(i), terms[(scoredTags + 1 + i) * scores.length + candidate]));
        }
        return contributions;
    }
}
