package dev.tagrouter.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * How far long work has come and about how long the rest will take, on standard error: a bar on a terminal, elsewhere a line
 * every ten seconds, and nothing at all for work that is over within two seconds or when asked to be quiet.
 *
 * <p>Not safe for several threads; let one report.
 */
final class ProgressDisplay implements AutoCloseable {
    private static final long QUIET_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long LINE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Io io;
    private final String task;
    private final long total;
    private final boolean quiet;
    private final NanoClock clock;
    private final long start;
    private long lastLine;
    private @Nullable ProgressBar bar;

    /** The time in nanoseconds since some moment. */
    @FunctionalInterface
    interface NanoClock {
        long nanos();
    }

    /**
     * Begins.
     *
     * @param task what is done, in a word or two: "learning"
     * @param total how many steps there are, or 0 where that is not known
     * @param quiet whether to report nothing
     */
    ProgressDisplay(Io io, String task, long total, boolean quiet) {
        this(io, task, total, quiet, System::nanoTime);
    }

    ProgressDisplay(Io io, String task, long total, boolean quiet, NanoClock clock) {
        this.io = io;
        this.task = task;
        this.total = total;
        this.quiet = quiet;
        this.clock = clock;
        this.start = clock.nanos();
        this.lastLine = start;
    }

    /** Reports that {@code done} steps of the total are done. Cheap enough to call at every step. */
    void at(long done) {
        at(done, "");
    }

    /** The same with a few words more, such as what it has cost. */
    void at(long done, String note) {
        if (quiet) {
            return;
        }
        long now = clock.nanos();
        if (!io.errIsTerminal()) {
            if (now - lastLine >= LINE_NANOS) {
                lastLine = now;
                printLine(done, note, now);
            }
        } else if (bar != null) {
            bar.stepTo(done).setExtraMessage(note);
        } else if (now - start >= QUIET_NANOS) {
            bar = bar();
            bar.stepTo(done).setExtraMessage(note);
        }
    }

    private void printLine(long done, String note, long now) {
        PrintWriter err = io.err();
        err.println(String.format(
                Locale.ROOT,
                "tagrouter: %s: %,d%s, %d s%s%s",
                task,
                done,
                total > 0 ? String.format(Locale.ROOT, " of %,d (%d %%)", total, 100 * done / total) : "",
                Duration.ofNanos(now - start).toSeconds(),
                left(done, now - start),
                note.isEmpty() ? "" : "; " + note));
        err.flush();
    }

    /** How long the rest will take if it goes on so; nothing before a hundredth is done. */
    private String left(long done, long nanos) {
        if (total <= 0 || 100 * done < total || done > total) {
            return "";
        }
        Duration left = Duration.ofNanos((long) (nanos * ((total - done) / (double) done)));
        return left.toMinutes() < 2
                ? ", about " + left.toSeconds() + " s left"
                : ", about " + left.toMinutes() + " min left";
    }

    private ProgressBar bar() {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total > 0 ? total : -1)
                .setStyle(ProgressBarStyle.ASCII)
                .startsFrom(0, Duration.ofNanos(clock.nanos() - start))
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build();
    }

    /** How many steps there are. */
    long total() {
        return total;
    }

    /** Removes the bar from the terminal's last line, if there is one; what is reported later shows it again. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
