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
    private final InputStream in;
    private long number;

    QueryLines(InputStream in) {
        this.in = in;
    }

    /** Everything, without the last line break. */
    String all() throws IOException {
        return decoded(in.readAllBytes(), "standard input").replaceFirst("\\R\\z", "");
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
            b = in.read();
        }
        String text = decoded(line.toByteArray(), "line " + number + " of standard input");
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
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
