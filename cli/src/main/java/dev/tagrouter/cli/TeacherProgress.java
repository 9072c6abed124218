package dev.tagrouter.cli;

import dev.tagrouter.client.Usage;
import dev.tagrouter.lab.teacher.TeacherRun;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Shows how far a teacher has come and what it has cost. */
final class TeacherProgress implements TeacherRun.Watcher, AutoCloseable {
    private final Io io;
    private final boolean quiet;
    private final Function<Usage, String> cost;
    private @Nullable ProgressDisplay display;

    /** @param cost tokens and, where known, their price, in a few words */
    TeacherProgress(Io io, boolean quiet, Function<Usage, String> cost) {
        this.io = io;
        this.quiet = quiet;
        this.cost = cost;
    }

    @Override
    public void at(long tagged, long failed, long total, Usage used) {
        ProgressDisplay shown = display;
        if (shown == null) {
            shown = new ProgressDisplay(io, "asking", total, quiet);
            display = shown;
        }
        shown.at(tagged + failed, (failed > 0 ? failed + " failed, " : "") + cost.apply(used));
    }

    @Override
    public void close() {
        if (display != null) {
            display.close();
        }
    }
}
