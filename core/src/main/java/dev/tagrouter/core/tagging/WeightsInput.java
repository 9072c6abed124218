package dev.tagrouter.core.tagging;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Little-endian numbers from a file or its bytes, and the CRC-32 of all that was read. Of a file only a piece is held at once beside
 * the arrays that it ends up in: new memory is what reading megabytes costs.
 */
final class WeightsInput {
    private static final int PIECE_BYTES = 1 << 16;

    private final @Nullable InputStream rest;
    private final ByteBuffer piece;
    private final CRC32 sum = new CRC32();

    WeightsInput(byte[] bytes) {
        this.rest = null;
        this.piece = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    WeightsInput(InputStream file) {
        this.rest = file;
        this.piece =
                ByteBuffer.allocate(PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    }

    int getInt() throws IOException {
        require(Integer.BYTES);
        int value = piece.getInt(piece.position());
        pass(Integer.BYTES);
        return value;
    }

    float getFloat() throws IOException {
        return Float.intBitsToFloat(getInt());
    }

    byte[] bytes(int count) throws IOException {
        byte[] values = new byte[count];
        copy(count, Byte.BYTES, (at, n) -> piece.get(piece.position(), values, at, n));
        return values;
    }

    short[] shorts(int count) throws IOException {
        short[] values = new short[count];
        copy(count, Short.BYTES, (at, n) -> piece.asShortBuffer().get(values, at, n));
        return values;
    }

    int[] ints(int count) throws IOException {
        int[] values = new int[count];
        copy(count, Integer.BYTES, (at, n) -> piece.asIntBuffer().get(values, at, n));
        return values;
    }

    long[] longs(int count) throws IOException {
        long[] values = new long[count];
        copy(count, Long.BYTES, (at, n) -> piece.asLongBuffer().get(values, at, n));
        return values;
    }

    float[] floats(int count) throws IOException {
        float[] values = new float[count];
        copy(count, Float.BYTES, (at, n) -> piece.asFloatBuffer().get(values, at, n));
        return values;
    }

    /** Begins the sum anew. */
    void startSum() {
        sum.reset();
    }

    /** That of all bytes read since it was begun. */
    int sum() {
        return (int) sum.getValue();
    }

    /** Puts so many values of the piece, which stands at them, into an array from {@code at} on. */
    private interface Copying {
        void copy(int at, int count);
    }

    private void copy(int count, int width, Copying copying) throws IOException {
        for (int at = 0; at < count; ) {
            require(width);
            int n = Math.min(piece.remaining() / width, count - at);
            copying.copy(at, n);
            pass(n * width);
            at += n;
        }
    }

    private void pass(int bytes) {
        int limit = piece.limit();
        piece.limit(piece.position() + bytes);
        sum.update(piece);
        piece.limit(limit);
    }

    private void require(int bytes) throws IOException {
        if (piece.remaining() < bytes && rest != null) {
            piece.compact();
            piece.position(piece.position() + next(rest)).flip();
        }
        if (piece.remaining() < bytes) {
            throw new EOFException("it is cut off");
        }
    }

    /** Puts what comes next into the room of the piece; returns how many bytes. */
    private int next(InputStream file) throws IOException {
        try {
            return file.readNBytes(piece.array(), piece.position(), piece.remaining());
        } catch (IOException e) {
            throw new IOException("cannot be read: " + e.getMessage() + "; make it readable", e);
        }
    }
}
