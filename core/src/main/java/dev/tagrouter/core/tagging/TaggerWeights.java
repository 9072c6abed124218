package dev.tagrouter.core.tagging;

import java.io.IOException;

/**
 * What an {@link EmbeddedTagger} learnt; {@link TaggerFile} is its form in {@code tagger.bin}.
 *
 * <p>The raw score of tag t is, after the first reading, {@code offset[t] + sum over features f of x[f] * w[f,t]}; the
 * second reading adds {@code sum over likely tags s of confidence[s] * v[s,t]}. Immutable.
 */
public final class TaggerWeights {
    private final FeatureTable table;
    private final float[] offset;
    private final Reading first;
    private final Reading second;
    private final StatedRule stated;

    /**
     * @param table the features and their idf
     * @param offset the raw score of each tag for an empty sum
     * @param first from features to likely tags
     * @param second from likely tags to the tags that take part in scoring
     * @param stated which of these are stated to a person
     */
    public TaggerWeights(FeatureTable table, float[] offset, Reading first, Reading second, StatedRule stated) {
        require(
                first.weights().rows() == table.size(),
                "it has weights for " + first.weights().rows() + " features but knows " + table.size());
        require(
                second.weights().rows() == offset.length,
                "it has weights for " + second.weights().rows() + " tags but knows " + offset.length);
        requireTags(first.weights(), offset.length);
        requireTags(second.weights(), offset.length);
        requireFinite(table.idf());
        requireFinite(offset);
        this.table = table;
        this.offset = offset.clone();
        this.first = first;
        this.second = second;
        this.stated = stated;
    }

    private static void requireTags(SparseWeights weights, int tags) {
        // Loops here run once, in the interpreter, over a million numbers: they call nothing.
        int most = -1;
        for (short t : weights.tag()) {
            most = most > (t & 0xFFFF) ? most : t & 0xFFFF;
        }
        require(most < tags, "a weight names a tag beyond the vocabulary");
    }

    static void requireFinite(float[] values) {
        float sum = 0;
        for (float value : values) {
            // 0 for every finite number, NaN for others.
            sum += 0 * value;
        }
        require(sum == 0, "a number in it is not finite");
    }

    static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalArgumentException("the tagger's weights are damaged: " + problem + "; train them again");
        }
    }

    FeatureTable table() {
        return table;
    }

    float[] offset() {
        return offset;
    }

    Reading first() {
        return first;
    }

    Reading second() {
        return second;
    }

    StatedRule stated() {
        return stated;
    }

    /** How many tags the weights know. */
    public int tagCount() {
        return offset.length;
    }

    /** The file form. */
    public byte[] toBytes() {
        return TaggerFile.toBytes(this);
    }

    /**
     * Reads the file form.
     *
     * @throws IOException when the bytes are not such a file, are cut off or hold impossible numbers
     */
    public static TaggerWeights fromBytes(byte[] bytes) throws IOException {
        return TaggerFile.fromBytes(bytes);
    }
}
