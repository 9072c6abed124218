package dev.tagrouter.cli;

import dev.tagrouter.learning.Progress;
import org.jspecify.annotations.Nullable;

/** Shows work of several steps, which may be reported by several threads, as one {@link ProgressDisplay} after another. */
final class StepProgress implements Progress, AutoCloseable {
    private final Io io;
    private final boolean quiet;
    private String step = "";
    private @Nullable ProgressDisplay current;

    StepProgress(Io io, boolean quiet) {
        this.io = io;
        this.quiet = quiet;
    }

    @Override
    public synchronized void report(String name, long done, long total) {
        ProgressDisplay shown = current;
        if (shown == null || !name.equals(step)) {
            close();
            shown = new ProgressDisplay(io, name, total, quiet);
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
