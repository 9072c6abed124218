package dev.tagrouter.lab.tagger;

/**
 * Hybrid weight-based sampling: how often a query is drawn in training, so that rare but informative tags are seen more.
 *
 * <p>With n(t) queries carrying tag t, a query's rarity is {@code r(q) = mean over its tags of 1 / sqrt(n(t))}, scaled to a
 * mean of 1 over all queries, and its share is {@code (1 - rarity) + rarity * r(q)}, from 0.25 to 4. The loss of a query counts by
 * its share, which is what drawing it so often does on average, without the noise of drawing. A query without a tag of the
 * vocabulary has a rarity of 0 and still counts: it shows what is no tag.
 */
final class Shares {
    private static final float LEAST = 0.25f;
    private static final float MOST = 4;

    private Shares() {}

    /** @param rarity 0 draws all queries alike, 1 by rarity alone */
    static float[] of(int[][] labels, int tags, float rarity) {
        double[] carrying = new double[tags];
        for (int[] row : labels) {
            for (int t : row) {
                carrying[t]++;
            }
        }
        double[] rare = new double[labels.length];
        double sum = 0;
        for (int i = 0; i < rare.length; i++) {
            for (int t : labels[i]) {
                rare[i] += 1 / Math.sqrt(carrying[t]) / labels[i].length;
            }
            sum += rare[i];
        }
        float[] share = new float[rare.length];
        for (int i = 0; i < share.length; i++) {
            double own = sum == 0 ? 1 : rare[i] * rare.length / sum;
            share[i] = (float) Math.max(LEAST, Math.min(MOST, 1 - rarity + rarity * own));
        }
        return share;
    }

    /** The share of queries that carry each tag. */
    static float[] frequencies(int[][] labels, int tags) {
        float[] frequency = new float[tags];
        for (int[] row : labels) {
            for (int t : row) {
                frequency[t] += 1f / labels.length;
            }
        }
        return frequency;
    }
}
