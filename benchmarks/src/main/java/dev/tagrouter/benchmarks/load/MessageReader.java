package dev.tagrouter.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads HTTP/1.1 messages just closely enough to know where each ends and what its first line says. Keeps nothing but
 * the beginning of the line it stands in, so that reading costs a step a byte of the head and nothing for the body.
 */
final class MessageReader {
    /** As long as the longest header looked for, with its value. */
    private static final int KEPT = 48;

    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED = "transfer-encoding: chunked".getBytes(StandardCharsets.US_ASCII);

    private enum State {
        FIRST_LINE,
        HEADERS,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILERS
    }

    private final byte[] line = new byte[KEPT];
    private final byte[] first = new byte[KEPT];
    private int length;
    private State state = State.FIRST_LINE;
    private boolean chunked;
    private long left;

    /** Reads on; true at the end of a message, with the buffer standing behind it. */
    boolean read(ByteBuffer in) throws IOException {
        while (in.hasRemaining()) {
            boolean complete = switch (state) {
                case FIRST_LINE, HEADERS, CHUNK_SIZE, CHUNK_END, TRAILERS -> readLine(in) && endLine();
                case BODY, CHUNK -> skip(in);
            };
            if (complete) {
                state = State.FIRST_LINE;
                return true;
            }
        }
        return false;
    }

    /** True at the end of the line. */
    private boolean readLine(ByteBuffer in) {
        while (in.hasRemaining()) {
            byte b = in.get();
            if (b == '\n') {
                return true;
            }
            if (b != '\r') {
                if (length < KEPT) {
                    line[length] = b;
                }
                length++;
            }
        }
        return false;
    }

    private boolean skip(ByteBuffer in) {
        int step = (int) Math.min(left, in.remaining());
        in.position(in.position() + step);
        left -= step;
        if (left > 0) {
            return false;
        }
        if (state == State.BODY) {
            return true;
        }
        state = State.CHUNK_END;
        return false;
    }

    /** True where the line was a message's last. */
    private boolean endLine() throws IOException {
        int size = length;
        length = 0;
        switch (state) {
            case FIRST_LINE -> {
                if (size > 0) {
                    System.arraycopy(line, 0, first, 0, KEPT);
                    state = State.HEADERS;
                    chunked = false;
                    left = 0;
                }
            }
            case HEADERS -> {
                if (size > 0) {
                    header(size);
                } else if (chunked) {
                    state = State.CHUNK_SIZE;
                } else if (left > 0) {
                    state = State.BODY;
                } else {
                    return true;
                }
            }
            case CHUNK_SIZE -> {
                left = number(0, Math.min(size, KEPT), 16);
                state = left > 0 ? State.CHUNK : State.TRAILERS;
            }
            case CHUNK_END -> state = State.CHUNK_SIZE;
            case TRAILERS -> {
                return size == 0;
            }
            case BODY, CHUNK -> throw new IllegalStateException("a body has no lines");
        }
        return false;
    }

    private void header(int size) throws IOException {
        if (begins(CONTENT_LENGTH, size)) {
            left = number(CONTENT_LENGTH.length, Math.min(size, KEPT), 10);
        } else if (begins(CHUNKED, size)) {
            chunked = true;
        }
    }

    private boolean begins(byte[] lowerCase, int size) {
        if (size < lowerCase.length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            byte b = line[i];
            if ((b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    private long number(int from, int to, int radix) throws IOException {
        long value = 0;
        int digits = 0;
        for (int i = from; i < to && line[i] != ';'; i++) {
            if (line[i] != ' ') {
                int digit = Character.digit(line[i], radix);
                if (digit < 0 || ++digits > 9) {
                    throw new IOException(
                            "a length is not a number: " + new String(line, 0, to, StandardCharsets.US_ASCII));
                }
                value = value * radix + digit;
            }
        }
        return value;
    }

    /** The status of the answer read last. */
    int status() {
        return (first[9] - '0') * 100 + (first[10] - '0') * 10 + (first[11] - '0');
    }
}
