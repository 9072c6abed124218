package dev.tagrouter.core.tagging;

import java.io.IOException;
import java.io.InputStream;

/**
 * What an {@link EmbeddedTagger} learnt; {@link TaggerFile} is its form in {@code tagger.bin}.
 *
 * <p>The raw score of tag t is, after the first reading, {@code offset[t] + sum over features f of x[f] * w[f,t]}; the
 * second reading adds {@code sum over likely tags s of confidence[s] * v[s,t]}. Of several turns more is read ({@link SeveralTurns}). Immutable.
 */
public final class TaggerWeights {
    private final FeatureTable table;
    private final float[] offset;
    private final Reading first;
    private final Reading second;
    private final Reading several;
    private final TagWeights ofTags;
    private final StatedRule stated;
    private final Wording wording;

    /** Weights that read nothing of the wording but tags, and nothing from there being several turns. */
    public TaggerWeights(FeatureTable table, float[] offset, Reading first, Reading second, StatedRule stated) {
        this(table, offset, first, second, none(second), stated, Wording.none());
    }

    /** A third reading that says nothing. */
    private static Reading none(Reading second) {
        return new Reading(SparseWeights.none(1), second.calibration(), second.leastUnits());
    }

    /** Whether each turn of several is read by itself, too: not where too few conversations were learned from. */
    boolean knowsConversations() {
        return several.weights().size() > 0;
    }

    /** The same, but several turns are read as one text: no turn by itself. */
    public TaggerWeights withoutConversations() {
        return new TaggerWeights(table, offset, first, second, none(second), stated, wording);
    }

    /**
     * @param table the features and their idf
     * @param offset the raw score of each tag for an empty sum
     * @param first from features to likely tags
     * @param second from likely tags to the tags that take part in scoring
     * @param several what it adds to the second, of one row, that there are several turns, and how its scores then become confidences;
     *     without any weight several turns are read as one text
     * @param stated which of these are stated to a person
     * @param wording what the first features, which are words then, say beside the tags
     */
    public TaggerWeights(
            FeatureTable table,
            float[] offset,
            Reading first,
            Reading second,
            Reading several,
            StatedRule stated,
            Wording wording) {
        this(table, offset.clone(), first, second, several, stated, wording, true);
    }

    /** @param checked whether the numbers are looked at one by one, not the sizes only */
    private TaggerWeights(
            FeatureTable table,
            float[] offset,
            Reading first,
            Reading second,
            Reading several,
            StatedRule stated,
            Wording wording,
            boolean checked) {
        require(
                first.weights().rows() == table.size(),
                "it has weights for " + first.weights().rows() + " features but knows " + table.size());
        require(
                second.weights().rows() == offset.length,
                "it has weights for " + second.weights().rows() + " tags but knows " + offset.length);
        require(
                several.weights().rows() == 1,
                "it has " + several.weights().rows() + " rows for several turns, not one");
        require(wording.words() <= table.size(), "it places " + wording.words() + " words but knows " + table.size());
        if (checked) {
            requireTags(first.weights(), offset.length);
            requireTags(second.weights(), offset.length);
            requireTags(several.weights(), offset.length);
            requireFinite(table.idf());
            requireFinite(offset);
        }
        this.table = table;
        this.offset = offset;
        this.first = first;
        this.second = second;
        this.several = several;
        this.ofTags = new TagWeights(second.weights());
        this.stated = stated;
        this.wording = wording;
    }

    /** Those that a file's sum vouches for: their numbers are not looked at one by one. */
    static TaggerWeights asStored(
            FeatureTable table,
            float[] offset,
            Reading first,
            Reading second,
            Reading several,
            StatedRule stated,
            Wording wording) {
        return new TaggerWeights(table, offset, first, second, several, stated, wording, false);
    }

    private static void requireTags(SparseWeights weights, int tags) {
        require(weights.namesOnlyTagsBelow(tags), "a weight names a tag beyond the vocabulary");
    }

    static void requireFinite(float[] values) {
        float sum = 0;
        for (float value : values) {
            sum += 0 * value;
        }
        require(sum == 0, "a number in it is not finite");
    }

    static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalArgumentException("the tagger's weights do not fit: " + problem);
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

    Reading several() {
        return several;
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
     * How many axes of wording a file says it has; what comes behind its header is neither read nor checked.
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
     * @throws IOException whose message goes on from the file's name, when the bytes are not such a file, are cut off or are not
     *     those that were written
     */
    public static TaggerWeights fromBytes(byte[] bytes) throws IOException {
        return TaggerFile.read(new WeightsInput(bytes), bytes.length);
    }

    /**
     * Reads the file form from a file that is open at its beginning.
     *
     * @param length of the file, in bytes
     * @throws IOException whose message goes on from the file's name, when it cannot be read, is not such a file, is cut off or is
     *     not what was written
     */
    public static TaggerWeights read(InputStream file, int length) throws IOException {
        return TaggerFile.read(new WeightsInput(file), length);
    }
}
