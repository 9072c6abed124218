package dev.tagrouter.core.scoring;

import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.core.tagging.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The default scorer: the expected quality of each candidate, from soft tags whose effects were estimated jointly.
 *
 * <p>{@code score(M) = baseline(M) + sum over tags, topics and axes t of confidence(t) * effect(t, M)}. The effects are ridge
 * regression coefficients, solved in closed form from additive statistics, so a tag is not credited twice for what
 * the tags beside it explain, and a new model is one new column. What the {@linkplain
 * dev.tagrouter.core.tagging.Topics topics} come to is one term, and what the {@linkplain
 * dev.tagrouter.core.tagging.Wording wording} and the {@linkplain dev.tagrouter.core.tagging.Layout layout} come to. The last term is the {@linkplain Bend bend}, where many judgments
 * told how quality bends; a candidate that a link moved is not bent, for links know differences of unbent scores.
 *
 * <p>The variance of a score is {@code residual * (1 / judged + sum of confidence^2 / (mass + penalty))}: the diagonal
 * of the ridge posterior, which leaves out correlations between tags, and the bend.
 */
public final class JointScorer implements Scorer {
    /** Never read: without links all candidates have the same. */
    private static final double[] NO_LINKS = {};

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
    /** Of each candidate; empty where no score is bent. */
    private final Bend[] bends;
    /** Behind the tags' terms, one for all topics, one for all axes and the bend, as far as there are any: what these are called. */
    private final List<String> groups;
    /** The same for a query without tags. */
    private final List<String> groupsWithoutTags;

    private final int[] links;
    private final List<Column.Shift> shifts = new ArrayList<>();

    /** @param pool comparable candidates */
    public JointScorer(CandidatePool pool) {
        if (!pool.comparable()) {
            throw new IllegalArgumentException("the candidates were not judged together: "
                    + pool.candidates().stream().map(Candidate::model).toList());
        }
        this.pool = pool;
        this.models = pool.candidates().size();
        int termCount = pool.table().vocabulary().termCount();
        this.baseline = new double[models];
        this.baselineVariance = new double[models];
        this.baselineTokens = new double[models];
        this.effect = new double[termCount * models];
        this.variance = new double[termCount * models];
        this.tokens = new double[termCount * models];
        this.evidence = new double[termCount];
        boolean vary = false;
        for (int t = 0; t < termCount; t++) {
            double least = Double.POSITIVE_INFINITY;
            for (Column column : pool.columns()) {
                least = Math.min(least, column.covered[t]);
            }
            evidence[t] = least / (least + pool.base().penalty());
        }
        this.links = new int[models];
        for (int m = 0; m < models; m++) {
            Column column = pool.columns().get(m);
            links[m] = link(column.shift);
            baseline[m] = column.baseline;
            baselineVariance[m] = column.baselineVariance;
            baselineTokens[m] = column.baselineTokens;
            for (int t = 0; t < termCount; t++) {
                effect[t * models + m] = column.effect[t];
                variance[t * models + m] = column.variance[t];
                tokens[t * models + m] = column.tokens[t];
                vary |= column.tokens[t] != 0;
            }
        }
        this.lengthsVary = vary;
        boolean bent = pool.columns().stream().anyMatch(column -> !column.bend.isNone());
        this.bends = bent ? pool.columns().stream().map(column -> column.bend).toArray(Bend[]::new) : new Bend[0];
        this.groupsWithoutTags = bends.length == 0 ? List.of() : List.of(Contribution.BEND);
        this.groups = groups(pool.table().vocabulary());
    }

    private List<String> groups(Vocabulary vocabulary) {
        List<String> groups = new ArrayList<>();
        if (vocabulary.topics().size() > 0) {
            groups.add(Contribution.TOPICS);
        }
        if (vocabulary.axes() > 0) {
            groups.add(Contribution.WORDING);
        }
        groups.addAll(groupsWithoutTags);
        return List.copyOf(groups);
    }

    /** A number for each shift, in order of appearance; 0 for none. */
    private int link(Column.@Nullable Shift shift) {
        if (shift == null) {
            return 0;
        }
        if (!shifts.contains(shift)) {
            shifts.add(shift);
        }
        return shifts.indexOf(shift) + 1;
    }

    @Override
    public CandidatePool pool() {
        return pool;
    }

    @Override
    public Scores score(Tags tags) {
        int n = tags.size();
        List<String> scoredGroups = tags.termCount() > n ? groups : groupsWithoutTags;
        double[] terms = new double[(n + 1 + scoredGroups.size()) * models];
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
        int out = (n + 1) * models;
        int firstAxis = tags.termCount() - tags.axisCount();
        if (firstAxis > n) {
            addGroup(tags, n, firstAxis, terms, out, scores, variances, outputTokens);
            out += models;
        }
        if (tags.termCount() > firstAxis) {
            addGroup(tags, firstAxis, tags.termCount(), terms, out, scores, variances, outputTokens);
            out += models;
        }
        for (int m = 0; m < bends.length; m++) {
            terms[out + m] = bends[m].at(scores[m]);
            scores[m] += terms[out + m];
        }
        for (int m = 0; m < models; m++) {
            outputTokens[m] = Math.max(1, outputTokens[m]);
        }
        return new Scores(
                pool,
                tags,
                n,
                scoredGroups,
                terms,
                scores,
                variances,
                linkVariances(tags),
                links,
                outputTokens,
                covered / Math.max(1, mass));
    }

    /** Adds what some terms come to up first, so that the score is the sum of the terms shown to the last bit. */
    private void addGroup(
            Tags tags,
            int from,
            int to,
            double[] terms,
            int out,
            double[] scores,
            double[] variances,
            double[] outputTokens) {
        for (int k = from; k < to; k++) {
            int row = tags.index(k) * models;
            double p = tags.confidence(k);
            for (int m = 0; m < models; m++) {
                terms[out + m] += p * effect[row + m];
                variances[m] += p * p * variance[row + m];
                outputTokens[m] += p * tokens[row + m];
            }
        }
        for (int m = 0; m < models; m++) {
            scores[m] += terms[out + m];
        }
    }

    private double[] linkVariances(Tags tags) {
        if (shifts.isEmpty()) {
            return NO_LINKS;
        }
        double[] variances = new double[models];
        for (int s = 0; s < shifts.size(); s++) {
            double variance = shifts.get(s).variance(tags);
            for (int m = 0; m < models; m++) {
                if (links[m] == s + 1) {
                    variances[m] = variance;
                }
            }
        }
        return variances;
    }
}
