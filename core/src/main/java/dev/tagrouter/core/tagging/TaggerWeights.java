package dev.tagrouter.core.tagging;

import java.io.IOException;

/**
 * What an {@link EmbeddedTagger} learnt; {@link TaggerFile} is its form in {@code tagger.bin}.
 *
 * <p>The raw score of tag t is, after the first reading, {@code offset[t] + sum over features f of x[f] * w[f,t]}; the
 * second reading adds {@code sum over likely tags s of confidence[s] * v[s,t]}. Immutable.
 */
public final class TaggerWeights {
    /**
     * Loops over all weights run once, when a program starts: in stretches of so many, each a call, since the JVM compiles
     * what was called a hundred times long before what has looped for long.
     */
    static final int STRETCH = 64;

    private final FeatureTable table;
    private final float[] offset;
    private final Reading first;
    private final Reading second;
    private final TagWeights ofTags;
    private final StatedRule stated;
    private final Wording wording;

    /** Weights that read nothing of the wording but tags. */
    public TaggerWeights(FeatureTable table, float[] offset, Reading first, Reading second, StatedRule stated) {
        this(table, offset, first, second, stated, Wording.none());
    }

    /**
     * @param table the features and their idf
     * @param offset the raw score of each tag for an empty sum
     * @param first from features to likely tags
     * @param second from likely tags to the tags that take part in scoring
     * @param stated which of these are stated to a person
     * @param wording what the first features, which are words then, say beside the tags
     */
    public TaggerWeights(
            FeatureTable table, float[] offset, Reading first, Reading second, StatedRule stated, Wording wording) {
        require(
                first.weights().rows() == table.size(),
                "it has weights for " + first.weights().rows() + " features but knows " + table.size());
        require(
                second.weights().rows() == offset.length,
                "it has weights for " + second.weights().rows() + " tags but knows " + offset.length);
        require(wording.words() <= table.size(), "it places " + wording.words() + " words but knows " + table.size());
        requireTags(first.weights(), offset.length);
        requireTags(second.weights(), offset.length);
        requireFinite(table.idf());
        requireFinite(offset);
        this.table = table;
        this.offset = offset.clone();
        this.first = first;
        this.second = second;
        this.ofTags = new TagWeights(second.weights());
        this.stated = stated;
        this.wording = wording;
    }

    private static void requireTags(SparseWeights weights, int tags) {
        int most = -1;
        short[] tag = weights.tag();
        for (int from = 0; from < tag.length; from += STRETCH) {
            most = Math.max(most, most(tag, from, Math.min(tag.length, from + STRETCH)));
        }
        require(most < tags, "a weight names a tag beyond the vocabulary");
    }

    private static int most(short[] tag, int from, int to) {
        int most = -1;
        for (int w = from; w < to; w++) {
            most = most > (tag[w] & 0xFFFF) ? most : tag[w] & 0xFFFF;
        }
        return most;
    }

    static void requireFinite(float[] values) {
        float sum = 0;
        for (int from = 0; from < values.length; from += STRETCH) {
            sum += zero(values, from, Math.min(values.length, from + STRETCH));
        }
        require(sum == 0, "a number in it is not finite");
    }

    /** 0 where every number is finite, NaN otherwise. */
    private static float zero(float[] values, int from, int to) {
        float sum = 0;
        for (int i = from; i < to; i++) {
            sum += 0 * values[i];
        }
        return sum;
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

    /** Those of the second reading, ready to be added up. */
    TagWeights ofTags() {
        return ofTags;
    }

    StatedRule stated() {
        return stated;
    }

    /** What the words say beside the tags. */
    public Wording wording() {
        return wording;
    }

    /** How many tags the weights know. */
    public int tagCount() {
        return offset.length;
    }

    /**
     * How many axes of wording a file says it has; the rest is neither read nor checked.
     *
     * @throws IOException when the bytes are not such a file, or that number is impossible
     */
    public static int axesOf(byte[] bytes) throws IOException {
        return TaggerFile.axesOf(bytes);
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
