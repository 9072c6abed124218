package dev.tagrouter.learning;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes whole numbers in as few bytes as they need (LEB128: seven bits a byte, the lowest first). */
final class ByteSink {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A number taken without its sign: small ones are short. */
    void count(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /** A number that may be negative: 0, -1, 1, -2, ... are written as 0, 1, 2, 3, ... */
    void signed(long value) {
        count((value << 1) ^ (value >> 63));
    }

    /** Eight bytes, little-endian. */
    void real(double value) {
        out.writeBytes(ByteBuffer.allocate(Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array());
    }

    void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        count(bytes.length);
        out.writeBytes(bytes);
    }

    /** How many are not zero, the gaps between these, then these: alike next to alike deflates well. */
    void sparse(long[] values) {
        int filled = 0;
        for (long value : values) {
            filled += value == 0 ? 0 : 1;
        }
        count(filled);
        int last = -1;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0) {
                count(i - last - 1);
                last = i;
            }
        }
        for (long value : values) {
            if (value != 0) {
                signed(value);
            }
        }
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
