package dev.tagrouter.cli;

import dev.tagrouter.lab.dataset.ByteLines;
import java.io.IOException;
import java.io.InputStream;

/** All of standard input as one query. */
final class WholeInput {
    private WholeInput() {}

    /** Everything as UTF-8 text, without the last line break. */
    static String all(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(ByteLines.MOST_BYTES + 1);
        if (bytes.length > ByteLines.MOST_BYTES) {
            throw new FailedException("standard input is longer than " + (ByteLines.MOST_BYTES >> 20)
                    + " MiB; send a query, not a whole file");
        }
        String text = ByteLines.text(bytes, "standard input");
        String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
