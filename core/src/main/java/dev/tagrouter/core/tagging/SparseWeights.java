package dev.tagrouter.core.tagging;

/**
 * A matrix of weights of which only those that matter are kept: rows (features or tags) by tags, one signed byte each,
 * with a scale for each row. Immutable.
 */
public final class SparseWeights {
    private final float[] scale;
    private final int[] start;
    private final short[] tag;
    private final byte[] weight;

    /**
     * Takes the arrays over, not copied: megabytes, which nobody else may change.
     *
     * @param scale what one unit of a row's weights is worth, row after row
     * @param start the weights of row r stand at {@code start[r]} to {@code start[r + 1] - 1}; one entry more than rows
     * @param tag the tag of each weight, unsigned
     * @param weight the weights
     */
    public SparseWeights(float[] scale, int[] start, short[] tag, byte[] weight) {
        this(scale, start, tag, weight, true);
    }

    /** @param checked whether the numbers are looked at one by one, not the sizes only */
    private SparseWeights(float[] scale, int[] start, short[] tag, byte[] weight, boolean checked) {
        TaggerWeights.require(start.length == scale.length + 1, "its arrays differ in length");
        TaggerWeights.require(
                start[0] == 0 && start[scale.length] == tag.length && tag.length == weight.length,
                "its index is broken");
        if (checked) {
            for (int row = 0; row < scale.length; row++) {
                TaggerWeights.require(start[row] <= start[row + 1], "its index is not in order");
            }
            TaggerWeights.requireFinite(scale);
        }
        this.scale = scale;
        this.start = start;
        this.tag = tag;
        this.weight = weight;
    }

    /** Those that a file's sum vouches for: their numbers are not looked at one by one. */
    static SparseWeights asStored(float[] scale, int[] start, short[] tag, byte[] weight) {
        return new SparseWeights(scale, start, tag, weight, false);
    }

    boolean namesOnlyTagsBelow(int tags) {
        boolean below = true;
        for (short t : tag) {
            below &= (t & 0xFFFF) < tags;
        }
        return below;
    }

    /** No weights for any of so many rows. */
    public static SparseWeights none(int rows) {
        return new SparseWeights(new float[rows], new int[rows + 1], new short[0], new byte[0]);
    }

    /** Adds {@code value} times the row's weights to the sums of the tags. */
    public void addTo(float[] sums, int row, float value) {
        float unit = value * scale[row];
        int end = start[row + 1];
        for (int w = start[row]; w < end; w++) {
            sums[tag[w] & 0xFFFF] += unit * weight[w];
        }
    }

    /** The same weights in full rows of so many tags each, row after row; a row that names a tag twice, or one beyond them, is refused. */
    byte[] spread(int tags) {
        byte[] full = new byte[scale.length * tags];
        boolean fits = true;
        for (int row = 0; row < scale.length; row++) {
            fits &= spread(full, row * tags, tags, row);
        }
        TaggerWeights.require(fits, "a row's tags are not in ascending order, or beyond the vocabulary");
        return full;
    }

    private boolean spread(byte[] full, int at, int tags, int row) {
        boolean fits = true;
        int before = -1;
        int end = start[row + 1];
        for (int w = start[row]; w < end; w++) {
            int t = tag[w] & 0xFFFF;
            fits &= t > before && t < tags;
            full[at + t] = weight[w];
            before = t;
        }
        return fits;
    }

    int rows() {
        return scale.length;
    }

    /** How many weights are kept. */
    public int size() {
        return weight.length;
    }

    float[] scale() {
        return scale;
    }

    int[] start() {
        return start;
    }

    short[] tag() {
        return tag;
    }

    byte[] weight() {
        return weight;
    }
}
