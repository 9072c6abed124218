package dev.tagrouter.learning;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads what {@link ByteSink} wrote; an IOException says what is impossible about anything else. */
final class ByteSource {
    private final ByteBuffer in;

    ByteSource(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    long count() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            require(1);
            byte next = in.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("a number has more than 64 bits");
    }

    /** A count of {@code what}, at most {@code most}. */
    int count(String what, int most) throws IOException {
        long value = count();
        if (value < 0 || value > most) {
            throw new IOException("it claims " + Long.toUnsignedString(value) + " " + what);
        }
        return (int) value;
    }

    long signed() throws IOException {
        long value = count();
        return (value >>> 1) ^ -(value & 1);
    }

    double real() throws IOException {
        require(Double.BYTES);
        return in.getDouble();
    }

    String text() throws IOException {
        int length = count("bytes of text", in.capacity());
        require(length);
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A vector of {@code length} numbers, added to {@code base}. */
    long[] sparse(long[] base) throws IOException {
        int[] places = new int[count("numbers of " + base.length, base.length)];
        int last = -1;
        for (int i = 0; i < places.length; i++) {
            last += 1 + count("zeros in a row", base.length);
            if (last < 0 || last >= base.length) {
                throw new IOException("a number lies beyond its vector");
            }
            places[i] = last;
        }
        long[] values = base.clone();
        for (int place : places) {
            values[place] += signed();
        }
        return values;
    }

    int remaining() {
        return in.remaining();
    }

    private void require(int bytes) throws IOException {
        if (in.remaining() < bytes) {
            throw new IOException("it ends early");
        }
    }
}
