package dev.tagrouter.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Standard input as UTF-8 text, whole or line by line, each line with its number. */
final class QueryLines {
    /** Of a query only the beginning and the end are read; what is longer than this is no query but an accident. */
    private static final int MOST_BYTES = 64 << 20;

    private final InputStream in;
    private long number;

    QueryLines(InputStream in) {
        this.in = in;
    }

    /** Everything, without the last line break. */
    String all() throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw tooLong("standard input");
        }
        String text = decoded(bytes, "standard input");
        return text.endsWith("\n") ? withoutReturn(text.substring(0, text.length() - 1)) : withoutReturn(text);
    }

    /** The next line without its end, or null after the last. */
    @Nullable
    String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b = in.read();
        if (b < 0) {
            return null;
        }
        number++;
        while (b >= 0 && b != '\n') {
            line.write(b);
            if (line.size() > MOST_BYTES) {
                throw tooLong("line " + number + " of standard input");
            }
            b = in.read();
        }
        String text = decoded(line.toByteArray(), "line " + number + " of standard input");
        return withoutReturn(text);
    }

    private static String withoutReturn(String text) {
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static FailedException tooLong(String place) {
        return new FailedException(
                place + " is longer than " + (MOST_BYTES >> 20) + " MiB; send a query, not a whole file");
    }

    /** The number of the line read last, from 1. */
    long number() {
        return number;
    }

    /** Whether reading on may have to wait, so that what was answered so far should be sent. */
    boolean drained() throws IOException {
        return in.available() == 0;
    }

    private static String decoded(byte[] bytes, String place) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FailedException(place + " is not UTF-8 text; convert it, for example with iconv -t UTF-8");
        }
    }
}
