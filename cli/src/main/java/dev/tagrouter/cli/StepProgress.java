package dev.tagrouter.cli;

import org.jspecify.annotations.Nullable;

/** Shows work of several steps, which may be reported by several threads, as one {@link Progress} after another. */
final class StepProgress implements dev.tagrouter.learning.Progress, AutoCloseable {
    private final Io io;
    private final boolean quiet;
    private String step = "";
    private @Nullable Progress current;

    StepProgress(Io io, boolean quiet) {
        this.io = io;
        this.quiet = quiet;
    }

    @Override
    public synchronized void report(String name, long done, long total) {
        Progress shown = current;
        if (shown == null || !name.equals(step)) {
            close();
            shown = new Progress(io, name, total, quiet);
            step = name;
            current = shown;
        }
        shown.at(done);
    }

    @Override
    public synchronized void close() {
        if (current != null) {
            current.close();
        }
    }
}
