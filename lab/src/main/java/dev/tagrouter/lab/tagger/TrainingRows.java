package dev.tagrouter.lab.tagger;

import dev.tagrouter.core.tagging.SparseWeights;
import java.util.Arrays;

/** What a {@link LinearTags} learns from: for each query its features, its tags, and where its raw scores start. */
final class TrainingRows {
    final Vectors x;
    final int features;
    final int tags;
    /** The tags of each row, ascending. */
    final int[][] labels;
    /** The raw score of each tag before any weight counts, row after row. */
    final float[][] base;
    /** How often each row is drawn, about 1 on average; a row's loss counts as often. */
    final float[] share;

    TrainingRows(Vectors x, int features, int tags, int[][] labels, float[][] base, float[] share) {
        this.x = x;
        this.features = features;
        this.tags = tags;
        this.labels = labels;
        this.base = base;
        this.share = share;
    }

    /** Puts the raw scores of some rows where the rows stand in {@code scores}. */
    void score(SparseWeights weights, int[] rows, float[][] scores) {
        Arrays.stream(rows).parallel().forEach(row -> {
            float[] sums = base[row].clone();
            x.addTo(sums, row, weights);
            scores[row] = sums;
        });
    }
}
