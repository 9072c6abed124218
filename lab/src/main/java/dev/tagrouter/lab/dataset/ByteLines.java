package dev.tagrouter.lab.dataset;

import dev.tagrouter.lab.LabException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A stream cut into lines, each with its number, before anybody says what encoding they are in. One thread at a time. */
public final class ByteLines {
    /** Of a query only the beginning and the end are read; what is longer than this is no query but an accident. */
    public static final int MOST_BYTES = 64 << 20;

    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final String source;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private long number;
    private long offset;
    private boolean terminated = true;

    /** @param source what messages call the stream: a file's name, or "standard input" */
    public ByteLines(InputStream in, String source) {
        this.in = in;
        this.source = source;
    }

    /** The next line without its end and without a byte order mark, or null after the last. */
    public byte @Nullable [] next() throws IOException {
        if (position == limit && !fill()) {
            return null;
        }
        number++;
        ByteArrayOutputStream pieces = null;
        for (int end = lineEnd(); end == limit; end = lineEnd()) {
            pieces = pieces == null ? new ByteArrayOutputStream(2 * (end - position)) : pieces;
            take(pieces, end);
            if (!fill()) {
                terminated = false;
                return trimmed(pieces.toByteArray());
            }
        }
        byte[] line = rest(pieces, lineEnd());
        terminated = true;
        position++;
        offset++;
        return trimmed(line);
    }

    private int lineEnd() {
        int end = position;
        while (end < limit && buffer[end] != '\n') {
            end++;
        }
        return end;
    }

    private byte[] rest(@Nullable ByteArrayOutputStream pieces, int end) throws LabException {
        if (pieces != null) {
            take(pieces, end);
            return pieces.toByteArray();
        }
        byte[] line = Arrays.copyOfRange(buffer, position, end);
        offset += line.length;
        position = end;
        return line;
    }

    private void take(ByteArrayOutputStream pieces, int end) throws LabException {
        pieces.write(buffer, position, end - position);
        offset += end - position;
        position = end;
        if (pieces.size() > MOST_BYTES) {
            throw new LabException(
                    place(number) + " is longer than " + (MOST_BYTES >> 20) + " MiB; send a query, not a whole file");
        }
    }

    private byte[] trimmed(byte[] line) {
        int from = number == 1 && startsWithMark(line) ? UTF_8_MARK.length : 0;
        int to = line.length > from && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
        return from == 0 && to == line.length ? line : Arrays.copyOfRange(line, from, to);
    }

    private static boolean startsWithMark(byte[] line) {
        return line.length >= UTF_8_MARK.length
                && Arrays.equals(line, 0, UTF_8_MARK.length, UTF_8_MARK, 0, UTF_8_MARK.length);
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer, 0, buffer.length);
        position = 0;
        limit = Math.max(0, read);
        return read > 0;
    }

    /** The number of the line read last, from 1. */
    public long number() {
        return number;
    }

    /** How many bytes the lines read so far have, ends included. */
    public long offset() {
        return offset;
    }

    /** Whether the line read last ended in a line break. */
    public boolean terminated() {
        return terminated;
    }

    /** Whether reading on may have to wait, so that what was answered so far should be sent. */
    public boolean drained() throws IOException {
        return position == limit && in.available() == 0;
    }

    /** How messages call a line. */
    public String place(long lineNumber) {
        return "line " + lineNumber + " of " + source;
    }

    /**
     * A line as text.
     *
     * @param place how the message calls it
     * @throws LabException when it is not UTF-8, saying what it looks like
     */
    public static String text(byte[] line, String place) throws LabException {
        // The fast way puts U+FFFD for what is not UTF-8; only a text that has one is looked at closely.
        String text = new String(line, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new LabException(
                    place + " is not UTF-8 text; it looks like " + likely(line)
                            + ": convert it, for example with iconv -t UTF-8",
                    e);
        }
    }

    /** A guess for people: what the bytes would read well as. */
    private static String likely(byte[] line) {
        if (line.length >= 2 && ((line[0] == -1 && line[1] == -2) || (line[0] == -2 && line[1] == -1))) {
            return "UTF-16";
        }
        for (byte b : line) {
            if (b == 0) {
                return "UTF-16 or binary data";
            }
        }
        return isInPairs(line) ? "GB18030 (or GBK)" : "Latin-1 (or Windows-1252)";
    }

    /** Chinese characters are pairs of bytes outside ASCII; accented letters mostly stand alone. */
    private static boolean isInPairs(byte[] line) {
        int run = 0;
        for (byte b : line) {
            if (b >= 0 && run % 2 != 0) {
                return false;
            }
            run = b < 0 ? run + 1 : 0;
        }
        return run % 2 == 0;
    }
}
