package dev.tagrouter.core.tagging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The weights of an {@link EmbeddedTagger} and their file form, {@code tagger.bin}.
 *
 * <p>A sparse linear model: the raw score of tag t is {@code offset[t] + sum over features f of x[f] * scale[f] *
 * weight[f,t]}, where only the weights that matter are kept, one signed byte each. A {@link Calibration} turns raw
 * scores into confidences. The file is little-endian:
 *
 * <pre>
 * int   magic "TRTG", format version, tags T, features F, weights W, knots K, statedUnits, softUnits
 * float knotScore[K], knotLogit[K]
 * float offset[T]
 * int   hash[F]
 * float idf[F], scale[F]
 * int   start[F + 1]      weights of feature f stand at start[f] .. start[f + 1] - 1
 * short tag[W]            unsigned
 * byte  weight[W]
 * </pre>
 */
public final class TaggerWeights {
    private static final int MAGIC = 0x47545254;
    /** Raised when the file form or the meaning of its features changes. */
    private static final int VERSION = 2;

    private final FeatureTable table;
    private final Calibration calibration;
    private final float[] offset;
    private final float[] scale;
    private final int[] start;
    private final short[] tag;
    private final byte[] weight;
    private final int statedUnits;
    private final int softUnits;

    /**
     * @param table the features and their idf
     * @param calibration how a raw score becomes a confidence, the same for all tags
     * @param offset the raw score of each tag for an empty sum
     * @param scale what one unit of a feature's weights is worth
     * @param start where the weights of each feature begin, F + 1 entries
     * @param tag the tag of each weight
     * @param weight the weights
     * @param statedUnits tags of at least this confidence (in units of 1/{@value Tags#UNITS}) are stated to a person
     * @param softUnits tags of at least this confidence take part in scoring; from 1 to {@code statedUnits}
     */
    public TaggerWeights(
            FeatureTable table,
            Calibration calibration,
            float[] offset,
            float[] scale,
            int[] start,
            short[] tag,
            byte[] weight,
            int statedUnits,
            int softUnits) {
        this.table = table;
        this.calibration = calibration;
        this.offset = offset.clone();
        this.scale = scale.clone();
        this.start = start.clone();
        this.tag = tag.clone();
        this.weight = weight.clone();
        this.statedUnits = statedUnits;
        this.softUnits = softUnits;
        validate();
    }

    private void validate() {
        require(scale.length == table.size() && start.length == table.size() + 1, "its arrays differ in length");
        require(
                start[0] == 0 && start[table.size()] == tag.length && tag.length == weight.length,
                "its index is broken");
        for (int f = 0; f < table.size(); f++) {
            require(start[f] <= start[f + 1], "its index is not in order");
        }
        for (short t : tag) {
            require(Short.toUnsignedInt(t) < offset.length, "a weight names a tag beyond the vocabulary");
        }
        requireFinite(table.idf());
        requireFinite(offset);
        requireFinite(scale);
        require(
                softUnits >= 1 && statedUnits >= softUnits && statedUnits <= Tags.UNITS,
                "its cut-offs are out of order: soft " + softUnits + ", stated " + statedUnits);
    }

    private static void requireFinite(float[] values) {
        for (float value : values) {
            require(Float.isFinite(value), "a number in it is not finite");
        }
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalArgumentException("the tagger's weights are damaged: " + problem + "; train them again");
        }
    }

    FeatureTable table() {
        return table;
    }

    Calibration calibration() {
        return calibration;
    }

    float[] offset() {
        return offset;
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

    int softUnits() {
        return softUnits;
    }

    /** Tags of at least this confidence, in units of 1/4096, are stated to a person. */
    public int statedUnits() {
        return statedUnits;
    }

    /** How many tags the weights know. */
    public int tagCount() {
        return offset.length;
    }

    /** The file form. */
    public byte[] toBytes() {
        int features = table.size();
        ByteBuffer out = ByteBuffer.allocate(
                        Math.toIntExact(sizeOf(offset.length, features, weight.length, calibration.size())))
                .order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(MAGIC).putInt(VERSION).putInt(offset.length).putInt(features).putInt(weight.length);
        out.putInt(calibration.size()).putInt(statedUnits).putInt(softUnits);
        putFloats(out, calibration.scores());
        putFloats(out, calibration.logits());
        putFloats(out, offset);
        putInts(out, table.hashes());
        putFloats(out, table.idf());
        putFloats(out, scale);
        putInts(out, start);
        out.asShortBuffer().put(tag);
        out.position(out.position() + 2 * tag.length);
        out.put(weight);
        return out.array();
    }

    /**
     * Reads the file form.
     *
     * @throws IOException when the bytes are not such a file, are cut off or hold impossible numbers
     */
    public static TaggerWeights fromBytes(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < 32 || in.getInt() != MAGIC) {
            throw new IOException("it is not a tagger's weights file");
        }
        int version = in.getInt();
        if (version != VERSION) {
            throw new IOException("its format version is " + version + ", this program reads " + VERSION + "; "
                    + (version > VERSION ? "update TagRouter" : "train the tagger and learn the profile again"));
        }
        int tags = in.getInt();
        int features = in.getInt();
        int weights = in.getInt();
        int knots = in.getInt();
        if (tags < 0
                || tags > Vocabulary.MAX_TAGS
                || features < 0
                || weights < 0
                || features > bytes.length
                || weights > bytes.length
                || knots < 0
                || knots > bytes.length
                || sizeOf(tags, features, weights, knots) != bytes.length) {
            throw new IOException("its length is " + bytes.length + " bytes, which does not fit its header");
        }
        int stated = in.getInt();
        int soft = in.getInt();
        float[] knotScores = floats(in, knots);
        float[] knotLogits = floats(in, knots);
        float[] offset = floats(in, tags);
        int[] hashes = ints(in, features);
        float[] idf = floats(in, features);
        float[] scale = floats(in, features);
        int[] start = ints(in, features + 1);
        short[] tag = new short[weights];
        in.asShortBuffer().get(tag);
        in.position(in.position() + 2 * weights);
        byte[] weight = new byte[weights];
        in.get(weight);
        try {
            return new TaggerWeights(
                    new FeatureTable(hashes, idf),
                    new Calibration(knotScores, knotLogits),
                    offset,
                    scale,
                    start,
                    tag,
                    weight,
                    stated,
                    soft);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static long sizeOf(int tags, int features, int weights, int knots) {
        return 32 + 8L * knots + 4L * tags + 16L * features + 4 + 3L * weights;
    }

    private static void putInts(ByteBuffer out, int[] values) {
        out.asIntBuffer().put(values);
        out.position(out.position() + 4 * values.length);
    }

    private static void putFloats(ByteBuffer out, float[] values) {
        out.asFloatBuffer().put(values);
        out.position(out.position() + 4 * values.length);
    }

    private static int[] ints(ByteBuffer in, int count) {
        int[] values = new int[count];
        in.asIntBuffer().get(values);
        in.position(in.position() + 4 * count);
        return values;
    }

    private static float[] floats(ByteBuffer in, int count) {
        float[] values = new float[count];
        in.asFloatBuffer().get(values);
        in.position(in.position() + 4 * count);
        return values;
    }
}
