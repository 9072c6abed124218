package dev.tagrouter.core.tagging;

/**
 * The weights between tags of the second reading, ready to be added up. Where they are many among few tags they are spread out:
 * a full row of tags for each tag, zeros included, which the processor adds up in its vectors
 * (docs/adr/0005-tagger.md has the times).
 */
final class TagWeights {
    /** Up to so many tags, rows may be full: they take as many bytes as this squared, at most. */
    private static final int MOST_TAGS = 2048;

    /** Below one weight in so many places, picking them out is faster. */
    private static final int LEAST_SHARE = 25;

    private final SparseWeights sparse;
    private final int tags;
    /** Row after row, or empty where only the sparse form is used. */
    private final byte[] full;

    TagWeights(SparseWeights sparse) {
        this.sparse = sparse;
        this.tags = sparse.rows();
        boolean spread = tags <= MOST_TAGS && (long) sparse.size() * LEAST_SHARE >= (long) tags * tags;
        this.full = spread ? sparse.spread(tags) : new byte[0];
    }

    /** Adds {@code value} times the row's weights to the sums of the tags. */
    void addTo(float[] sums, int row, float value) {
        if (full.length == 0) {
            sparse.addTo(sums, row, value);
        } else {
            addFull(sums, full, row * tags, value * sparse.scale()[row]);
        }
    }

    private static void addFull(float[] sums, byte[] weights, int from, float unit) {
        for (int t = 0; t < sums.length; t++) {
            sums[t] += unit * weights[from + t];
        }
    }
}
