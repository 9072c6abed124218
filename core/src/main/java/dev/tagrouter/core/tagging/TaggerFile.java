package dev.tagrouter.core.tagging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The form of {@link TaggerWeights} in the file {@code tagger.bin}, little-endian:
 *
 * <pre>
 * int     magic "TRTG", format version, tags T, features F
 * int     weights W1 and knots K1 of the first reading, W2 and K2 of the second, W3 and K3 of that of several turns
 * int     least units of the first reading, of the second, of the third; least promised F1 and unseen tags, in units
 * int     axes A of the wording, words N
 * float   offset[T]
 * int     hash[F]
 * float   idf[F]
 * reading first (rows R = F), second (R = T), third (R = 1):
 *   float knotScore[K], knotLogit[K], scale[R]
 *   int   start[R + 1]      weights of row r stand at start[r] .. start[r + 1] - 1
 *   short tag[W]            unsigned
 *   byte  weight[W]
 * wording:
 *   float centre[A], scale[N]
 *   byte  row[N][A]
 * </pre>
 */
final class TaggerFile {
    private static final int MAGIC = 0x47545254;
    /** Raised when the file form or the meaning of its features changes. */
    private static final int VERSION = 6;

    private static final int HEADER_BYTES = 68;
    private static final int AXES_AT = 60;

    private TaggerFile() {}

    static byte[] toBytes(TaggerWeights weights) {
        int tags = weights.tagCount();
        int features = weights.table().size();
        Reading first = weights.first();
        Reading second = weights.second();
        Reading several = weights.several();
        Wording wording = weights.wording();
        long size = sizeOf(tags, features)
                + sizeOfWording(wording.axes(), wording.words())
                + sizeOf(first)
                + sizeOf(second)
                + sizeOf(several);
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(MAGIC).putInt(VERSION).putInt(tags).putInt(features);
        out.putInt(first.weights().size()).putInt(first.calibration().size());
        out.putInt(second.weights().size()).putInt(second.calibration().size());
        out.putInt(several.weights().size()).putInt(several.calibration().size());
        out.putInt(first.leastUnits()).putInt(second.leastUnits()).putInt(several.leastUnits());
        out.putInt(weights.stated().leastPromise()).putInt(weights.stated().unseenUnits());
        out.putInt(wording.axes()).putInt(wording.words());
        put(out, weights.offset());
        put(out, weights.table().hashes());
        put(out, weights.table().idf());
        put(out, first);
        put(out, second);
        put(out, several);
        put(out, wording.centre());
        put(out, wording.scale());
        out.put(wording.rows());
        return out.array();
    }

    static int axesOf(byte[] bytes) throws IOException {
        ByteBuffer in = begun(bytes);
        in.position(AXES_AT);
        return count(in, Wording.MOST);
    }

    /** The file behind its magic number and format version. */
    private static ByteBuffer begun(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < HEADER_BYTES || in.getInt() != MAGIC) {
            throw new IOException("it is not a tagger's weights file");
        }
        int version = in.getInt();
        if (version != VERSION) {
            throw new IOException("its format version is " + version + ", this program reads " + VERSION + "; "
                    + (version > VERSION ? "update TagRouter" : "train the tagger and learn the profile again"));
        }
        return in;
    }

    static TaggerWeights fromBytes(byte[] bytes) throws IOException {
        ByteBuffer in = begun(bytes);
        int tags = count(in, Vocabulary.MAX_TAGS);
        int features = count(in, bytes.length);
        int firstWeights = count(in, bytes.length);
        int firstKnots = count(in, bytes.length);
        int secondWeights = count(in, bytes.length);
        int secondKnots = count(in, bytes.length);
        int severalWeights = count(in, bytes.length);
        int severalKnots = count(in, bytes.length);
        int firstUnits = in.getInt();
        int secondUnits = in.getInt();
        int severalUnits = in.getInt();
        int leastPromise = in.getInt();
        int unseenUnits = in.getInt();
        int axes = count(in, Wording.MOST);
        int words = count(in, features);
        if (sizeOf(tags, features)
                        + sizeOfWording(axes, words)
                        + sizeOfReading(features, firstWeights, firstKnots)
                        + sizeOfReading(tags, secondWeights, secondKnots)
                        + sizeOfReading(1, severalWeights, severalKnots)
                != bytes.length) {
            throw wrongLength(bytes.length);
        }
        try {
            float[] offset = floats(in, tags);
            FeatureTable table = new FeatureTable(ints(in, features), floats(in, features));
            Reading first = reading(in, features, firstWeights, firstKnots, firstUnits);
            Reading second = reading(in, tags, secondWeights, secondKnots, secondUnits);
            Reading several = reading(in, 1, severalWeights, severalKnots, severalUnits);
            float[] centre = floats(in, axes);
            float[] scale = floats(in, words);
            byte[] rows = new byte[words * axes];
            in.get(rows);
            return new TaggerWeights(
                    table,
                    offset,
                    first,
                    second,
                    several,
                    new StatedRule(leastPromise, unseenUnits),
                    new Wording(scale, rows, centre));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static int count(ByteBuffer in, int most) throws IOException {
        int count = in.getInt();
        if (count < 0 || count > most) {
            throw wrongLength(in.capacity());
        }
        return count;
    }

    private static IOException wrongLength(int length) {
        return new IOException("its length is " + length + " bytes, which does not fit its header");
    }

    private static long sizeOf(int tags, int features) {
        return HEADER_BYTES + 4L * tags + 8L * features;
    }

    private static long sizeOf(Reading reading) {
        return sizeOfReading(
                reading.weights().rows(),
                reading.weights().size(),
                reading.calibration().size());
    }

    private static long sizeOfReading(int rows, int weights, int knots) {
        return 8L * knots + 8L * rows + 4 + 3L * weights;
    }

    private static long sizeOfWording(int axes, int words) {
        return 4L * axes + 4L * words + (long) axes * words;
    }

    private static void put(ByteBuffer out, Reading reading) {
        SparseWeights weights = reading.weights();
        put(out, reading.calibration().scores());
        put(out, reading.calibration().logits());
        put(out, weights.scale());
        put(out, weights.start());
        out.asShortBuffer().put(weights.tag());
        out.position(out.position() + 2 * weights.size());
        out.put(weights.weight());
    }

    private static Reading reading(ByteBuffer in, int rows, int size, int knots, int leastUnits) {
        float[] knotScores = floats(in, knots);
        float[] knotLogits = floats(in, knots);
        float[] scale = floats(in, rows);
        int[] start = ints(in, rows + 1);
        short[] tag = new short[size];
        in.asShortBuffer().get(tag);
        in.position(in.position() + 2 * size);
        byte[] weight = new byte[size];
        in.get(weight);
        return new Reading(
                new SparseWeights(scale, start, tag, weight), new Calibration(knotScores, knotLogits), leastUnits);
    }

    private static void put(ByteBuffer out, int[] values) {
        out.asIntBuffer().put(values);
        out.position(out.position() + 4 * values.length);
    }

    private static void put(ByteBuffer out, float[] values) {
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
