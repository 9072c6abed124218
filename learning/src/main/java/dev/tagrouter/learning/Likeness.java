package dev.tagrouter.learning;

import dev.tagrouter.core.tagging.Topics;
import dev.tagrouter.core.tagging.Vocabulary;
import java.util.Arrays;

/**
 * How alike the effects of tags are expected to be, which is what ridge regression shrinks by: the effect of a rare tag
 * leans on those of the tags near it (hierarchical shrinkage, with places for clusters).
 *
 * <p>A priori the effects of tags have the covariance {@code I + s P P'}, P the {@linkplain Topics places} of the tags, one
 * a row, and s = {@value #SHARED}; that of each topic has the variance {@value #TOPICS}, that of each axis of the
 * {@linkplain dev.tagrouter.core.tagging.Wording wording} and the layout {@value #AXES}, apart from the others. The penalty matrix is its inverse, {@code I - P (I / s + P'P)^-1 P'}. Without topics it is I: ordinary ridge regression.
 */
final class Likeness {
    private static final double SHARED = 0.7;
    private static final double TOPICS = 2.25;
    private static final double AXES = 1;

    private final Vocabulary vocabulary;
    private final int tags;
    private final float[][] places;
    private final boolean readsLayout;

    private Likeness(Vocabulary vocabulary, float[][] places, boolean readsLayout) {
        this.vocabulary = vocabulary;
        this.tags = vocabulary.size();
        this.places = places;
        this.readsLayout = readsLayout;
    }

    /** @param queries how many were judged in the whole set */
    static Likeness of(Vocabulary vocabulary, long queries) {
        Topics topics = vocabulary.topics();
        float[][] places = new float[topics.size() == 0 ? 0 : vocabulary.size()][];
        Arrays.setAll(places, topics::placeOfTag);
        return new Likeness(vocabulary, places, queries >= Many.QUERIES);
    }

    /**
     * What the figures of a term rest on: the sum of the confidences of a tag or topic, of an axis, which has no confidence,
     * that of its squares.
     */
    double mass(Gram gram, int term) {
        return vocabulary.isAxis(term) ? gram.product(term, term) : gram.mass(term);
    }

    /**
     * Whether the effect of a term is learned: one of the {@linkplain dev.tagrouter.core.tagging.Layout layout} is where the set
     * has {@value Many#QUERIES} queries or more, for no smaller one got better by it. All models of a set, and the folds
     * that it is held out in, are treated alike.
     */
    boolean isLearned(int term) {
        return readsLayout || !vocabulary.isLayout(term);
    }

    /**
     * Adds the penalty to a system of normal equations.
     *
     * @param matrix the lower triangle, row after row
     * @param active the terms that its rows stand for, ascending: tags, then topics, then axes
     */
    void penalise(double[][] matrix, int[] active, double penalty) {
        int activeTags = (int) Arrays.stream(active).filter(t -> t < tags).count();
        for (int i = 0; i < active.length; i++) {
            matrix[i][i] += penalty / variance(active[i]);
        }
        if (places.length == 0 || activeTags == 0) {
            return;
        }
        double[][] shared = shared(active, activeTags);
        for (int i = 0; i < activeTags; i++) {
            float[] place = places[active[i]];
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int d = 0; d < place.length; d++) {
                    sum += place[d] * shared[j][d];
                }
                matrix[i][j] -= penalty * sum;
            }
        }
    }

    /** The variance of a term's effect apart from what it has in common with others. */
    private double variance(int term) {
        if (term < tags) {
            return 1;
        }
        return vocabulary.isAxis(term) ? AXES : TOPICS;
    }

    /** {@code (I / s + P'P)^-1 p} for each active tag's place p. */
    private double[][] shared(int[] active, int activeTags) {
        int dimensions = places[active[0]].length;
        double[][] system = new double[dimensions][];
        for (int d = 0; d < dimensions; d++) {
            system[d] = new double[d + 1];
            system[d][d] = 1 / SHARED;
            for (int e = 0; e <= d; e++) {
                for (int i = 0; i < activeTags; i++) {
                    system[d][e] += (double) places[active[i]][d] * places[active[i]][e];
                }
            }
        }
        Cholesky solver = new Cholesky(system);
        double[][] shared = new double[activeTags][dimensions];
        for (int i = 0; i < activeTags; i++) {
            for (int d = 0; d < dimensions; d++) {
                shared[i][d] = places[active[i]][d];
            }
            solver.solve(shared[i]);
        }
        return shared;
    }
}
