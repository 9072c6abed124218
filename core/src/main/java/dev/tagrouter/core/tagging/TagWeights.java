package dev.tagrouter.core.tagging;

/**
 * The weights between tags of the second reading, ready to be added up. Where a vocabulary is not large they are spread out, a
 * full row of tags for each tag, zeros included: the processor adds up such a row in its vectors in a fifth of the time that
 * it takes to pick out the tenth of it that is not zero.
 */
final class TagWeights {
    /** Up to so many tags, rows are full: they take as many bytes as this squared, at most. */
    private static final int MOST_TAGS = 2048;

    private final SparseWeights sparse;
    private final int tags;
    /** Row after row, or empty where only the sparse form is used. */
    private final byte[] full;

    TagWeights(SparseWeights sparse) {
        this.sparse = sparse;
        this.tags = sparse.rows();
        this.full = tags <= MOST_TAGS ? sparse.spread(tags) : new byte[0];
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
