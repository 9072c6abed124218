package dev.tagrouter.cli;

import dev.tagrouter.learning.Progress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows work of several steps, which may be reported by several threads, as one {@link ProgressDisplay} after another. A step
 * that another came in between of goes on where it was, its time counted from when it first began; back at 0 it begins anew.
 */
final class StepProgress implements Progress, AutoCloseable {
    private final Io io;
    private final boolean quiet;
    private final ProgressDisplay.NanoClock clock;
    private final Map<String, ProgressDisplay> displays = new HashMap<>();
    private @Nullable ProgressDisplay current;

    StepProgress(Io io, boolean quiet) {
        this(io, quiet, System::nanoTime);
    }

    StepProgress(Io io, boolean quiet, ProgressDisplay.NanoClock clock) {
        this.io = io;
        this.quiet = quiet;
        this.clock = clock;
    }

    @Override
    public synchronized void report(String name, long done, long total) {
        ProgressDisplay shown = displays.get(name);
        if (shown == null || shown.total() != total || (done == 0 && shown.last() > 0)) {
            shown = new ProgressDisplay(io, name, total, quiet, clock);
            displays.put(name, shown);
        }
        if (current != shown) {
            close();
            current = shown;
        }
        shown.at(done);
    }

    /** Leaves the line to something else that is printed; the next report goes on. */
    synchronized void leaveLine() {
        if (current != null) {
            current.close();
        }
    }

    @Override
    public synchronized void close() {
        leaveLine();
    }
}
