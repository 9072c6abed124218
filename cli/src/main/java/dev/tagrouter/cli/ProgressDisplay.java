package dev.tagrouter.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
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
    private long first = -1;
    private long firstNanos;
    private long last;
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
        last = done;
        if (first < 0) {
            first = done;
            firstNanos = now;
        }
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
                left(done, now),
                note.isEmpty() ? "" : "; " + note));
        err.flush();
    }

    private String left(long done, long now) {
        return rest(done, now)
                .map(rest -> rest.toMinutes() < 2
                        ? ", about " + rest.toSeconds() + " s left"
                        : ", about " + rest.toMinutes() + " min left")
                .orElse("");
    }

    /**
     * How long the rest will take if it goes on as since the first report, at which something may have been done already;
     * empty before a hundredth is done.
     */
    private Optional<Duration> rest(long done, long now) {
        if (total <= 0 || done <= first || done > total || 100 * done < total) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos((long) ((now - firstNanos) * ((total - done) / (double) (done - first)))));
    }

    private ProgressBar bar() {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total > 0 ? total : -1)
                .setStyle(ProgressBarStyle.ASCII)
                .startsFrom(0, Duration.ofNanos(clock.nanos() - start))
                // The bar's own estimate would leave out the time before it was made.
                .setEtaFunction(state -> rest(state.getCurrent(), clock.nanos()))
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build();
    }

    /** How many steps there are. */
    long total() {
        return total;
    }

    /** How many of them the last report told of. */
    long last() {
        return last;
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
