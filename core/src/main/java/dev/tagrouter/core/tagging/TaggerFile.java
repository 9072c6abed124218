package dev.tagrouter.core.tagging;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The form of {@link TaggerWeights} in the file {@code tagger.bin}, little-endian:
 *
 * <pre>
 * int     magic "TRTG", format version, CRC-32 of all that follows
 * int     tags T, features F
 * int     weights W, knots K and least units of the first reading, of the second, of that of several turns
 * int     least promised F1 and unseen tags, in units
 * int     axes A of the wording, words N
 * float   highest idf, offset[T]
 * long    slot[S]           S = the highest power of two that is not above max(F, 8), times 4; see {@link FeatureTable}
 * long    mayBeKnown[S / 8]
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
 *
 * <p>The file holds what is worked with, as it is worked with, and the sum says that it is what was written: a program that starts
 * neither builds nor checks a million numbers on code that is not compiled yet (docs/adr/0004-profile.md).
 */
final class TaggerFile {
    private static final int MAGIC = 0x47545254;
    /** Raised when the file form or the meaning of its features changes. */
    private static final int VERSION = 7;

    /** Where the sum stands, and behind it what it is of. */
    private static final int SUM_AT = 8;

    private static final int SUMMED_FROM = 12;

    /** Many more than any tagger has, and so few that their table can be made. */
    private static final int MOST_FEATURES = 1 << 24;

    private TaggerFile() {}

    /** What the file says of its parts before they come. */
    private record Header(
            int tags,
            int features,
            Part first,
            Part second,
            Part several,
            int leastPromise,
            int unseenUnits,
            int axes,
            int words) {
        private static final int INTS = 15;

        private static Header of(TaggerWeights weights) {
            return new Header(
                    weights.tagCount(),
                    weights.table().size(),
                    Part.of(weights.first()),
                    Part.of(weights.second()),
                    Part.of(weights.several()),
                    weights.stated().leastPromise(),
                    weights.stated().unseenUnits(),
                    weights.wording().axes(),
                    weights.wording().words());
        }

        /** @param length of the file, which a count cannot be above */
        private static Header read(WeightsInput in, int length) throws IOException {
            int tags = count(in, Vocabulary.MAX_TAGS, length);
            int features = count(in, MOST_FEATURES, length);
            return new Header(
                    tags,
                    features,
                    Part.read(in, features, length),
                    Part.read(in, tags, length),
                    Part.read(in, 1, length),
                    in.getInt(),
                    in.getInt(),
                    count(in, Wording.MOST, length),
                    count(in, features, length));
        }

        private void put(ByteBuffer out) {
            out.putInt(tags).putInt(features);
            first.put(out);
            second.put(out);
            several.put(out);
            out.putInt(leastPromise).putInt(unseenUnits).putInt(axes).putInt(words);
        }

        /** How long the file is. */
        private long bytes() {
            return SUMMED_FROM
                    + 4L * INTS
                    + 4L * (1 + tags + features)
                    + 9L * FeatureTable.slots(features)
                    + first.bytes()
                    + second.bytes()
                    + several.bytes()
                    + 4L * (axes + words)
                    + (long) axes * words;
        }
    }

    /** What it says of a reading. */
    private record Part(int rows, int weights, int knots, int leastUnits) {
        private static Part of(Reading reading) {
            return new Part(
                    reading.weights().rows(),
                    reading.weights().size(),
                    reading.calibration().size(),
                    reading.leastUnits());
        }

        private static Part read(WeightsInput in, int rows, int length) throws IOException {
            return new Part(rows, count(in, length, length), count(in, length, length), in.getInt());
        }

        private void put(ByteBuffer out) {
            out.putInt(weights).putInt(knots).putInt(leastUnits);
        }

        private long bytes() {
            return 8L * knots + 8L * rows + 4 + 3L * weights;
        }
    }

    static byte[] toBytes(TaggerWeights weights) {
        Header header = Header.of(weights);
        Wording wording = weights.wording();
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(header.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(MAGIC).putInt(VERSION).putInt(0);
        header.put(out);
        out.putFloat(weights.table().highestIdf());
        put(out, weights.offset());
        put(out, weights.table().slots());
        put(out, weights.table().mayBeKnown());
        put(out, weights.table().idf());
        put(out, weights.first());
        put(out, weights.second());
        put(out, weights.several());
        put(out, wording.centre());
        put(out, wording.scale());
        out.put(wording.rows());
        CRC32 sum = new CRC32();
        sum.update(out.array(), SUMMED_FROM, out.position() - SUMMED_FROM);
        out.putInt(SUM_AT, (int) sum.getValue());
        return out.array();
    }

    static int axesOf(byte[] bytes) throws IOException {
        WeightsInput in = new WeightsInput(bytes);
        begin(in, bytes.length);
        return Header.read(in, bytes.length).axes();
    }

    /** Reads up to the header; returns what the sum must be. */
    private static int begin(WeightsInput in, long length) throws IOException {
        if (length < SUMMED_FROM + 4L * Header.INTS || in.getInt() != MAGIC) {
            throw damaged("it is not a tagger's weights file");
        }
        int version = in.getInt();
        if (version != VERSION) {
            throw new IOException("cannot be read: its format version is " + version + ", this program reads " + VERSION
                    + "; " + (version > VERSION ? "update TagRouter" : "train the tagger and learn the profile again"));
        }
        return in.getInt();
    }

    /** @param length of the whole file, in bytes */
    static TaggerWeights read(WeightsInput in, int length) throws IOException {
        try {
            int sum = begin(in, length);
            in.startSum();
            Header header = Header.read(in, length);
            if (header.bytes() != length) {
                throw wrongLength(length);
            }
            TaggerWeights weights = body(in, header);
            if (in.sum() != sum) {
                throw damaged("its content is not what its sum says");
            }
            return weights;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw damaged("it contradicts itself: " + e.getMessage(), e);
        } catch (EOFException e) {
            throw damaged("it is cut off", e);
        }
    }

    private static TaggerWeights body(WeightsInput in, Header header) throws IOException {
        float highestIdf = in.getFloat();
        float[] offset = in.floats(header.tags());
        int slots = FeatureTable.slots(header.features());
        FeatureTable table =
                FeatureTable.asStored(in.longs(slots), in.longs(slots / 8), in.floats(header.features()), highestIdf);
        Reading first = reading(in, header.first());
        Reading second = reading(in, header.second());
        Reading several = reading(in, header.several());
        float[] centre = in.floats(header.axes());
        float[] scale = in.floats(header.words());
        byte[] rows = in.bytes(header.words() * header.axes());
        return TaggerWeights.asStored(
                table,
                offset,
                first,
                second,
                several,
                new StatedRule(header.leastPromise(), header.unseenUnits()),
                new Wording(scale, rows, centre));
    }

    private static Reading reading(WeightsInput in, Part part) throws IOException {
        Calibration calibration = new Calibration(in.floats(part.knots()), in.floats(part.knots()));
        SparseWeights weights = SparseWeights.asStored(
                in.floats(part.rows()), in.ints(part.rows() + 1), in.shorts(part.weights()), in.bytes(part.weights()));
        return new Reading(weights, calibration, part.leastUnits());
    }

    private static int count(WeightsInput in, int most, int length) throws IOException {
        int count = in.getInt();
        if (count < 0 || count > most) {
            throw wrongLength(length);
        }
        return count;
    }

    private static IOException wrongLength(int length) {
        return damaged("its length is " + length + " bytes, which does not fit its header");
    }

    private static IOException damaged(String how) {
        return damaged(how, null);
    }

    private static IOException damaged(String how, @Nullable Exception cause) {
        return new IOException("is damaged: " + how + "; restore it", cause);
    }

    private static void put(ByteBuffer out, Reading reading) {
        SparseWeights weights = reading.weights();
        put(out, reading.calibration().scores());
        put(out, reading.calibration().logits());
        put(out, weights.scale());
        out.asIntBuffer().put(weights.start());
        out.position(out.position() + 4 * weights.start().length);
        out.asShortBuffer().put(weights.tag());
        out.position(out.position() + 2 * weights.size());
        out.put(weights.weight());
    }

    private static void put(ByteBuffer out, long[] values) {
        out.asLongBuffer().put(values);
        out.position(out.position() + 8 * values.length);
    }

    private static void put(ByteBuffer out, float[] values) {
        out.asFloatBuffer().put(values);
        out.position(out.position() + 4 * values.length);
    }
}
