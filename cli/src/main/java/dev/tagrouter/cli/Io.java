package dev.tagrouter.cli;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * What a command reads and writes.
 *
 * @param in standard input, UTF-8
 * @param inIsTerminal whether somebody would have to type it
 * @param out standard output, UTF-8; a reader that went away shows in {@link PrintWriter#checkError()} alone
 * @param err standard error, UTF-8
 * @param errIsTerminal whether progress may be redrawn on it
 */
record Io(InputStream in, boolean inIsTerminal, PrintWriter out, PrintWriter err, boolean errIsTerminal) {
    /** The launcher says which of the streams 0, 1 and 2 are terminals, as a string of these digits; none without it. */
    private static final String TERMINALS = "tagrouter.terminals";

    /** The process's own streams. */
    static Io standard() {
        return new Io(
                new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
                isTerminal('0'),
                writer(new FileOutputStream(FileDescriptor.out)),
                writer(new FileOutputStream(FileDescriptor.err)),
                isTerminal('2'));
    }

    static PrintWriter writer(OutputStream out) {
        return new PrintWriter(new OutputStreamWriter(new BufferedOutputStream(out), StandardCharsets.UTF_8));
    }

    private static boolean isTerminal(char stream) {
        return System.getProperty(TERMINALS, "").indexOf(stream) >= 0;
    }
}
