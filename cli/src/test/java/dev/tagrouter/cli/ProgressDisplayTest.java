package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Lines where there is no terminal, and the estimate in them. */
class ProgressDisplayTest {
    private static final long SECOND = 1_000_000_000;

    private final StringWriter err = new StringWriter();
    private final Io io = new Io(
            InputStream.nullInputStream(), false, new PrintWriter(new StringWriter()), new PrintWriter(err), false);
    private long now;

    @Test
    void withoutTerminalThereIsALineEveryTenSeconds() {
        work(false);
        assertThat(err.toString().lines())
                .containsExactly(
                        "tagrouter: learning: 10 of 25 (40 %), 10 s, about 15 s left",
                        "tagrouter: learning: 20 of 25 (80 %), 20 s, about 5 s left");
    }

    @Test
    void longWorkIsToldInMinutes() {
        line(1_000, 20);
        assertThat(err.toString()).contains("20 of 1,000 (2 %), 10 s, about 8 min left");
    }

    @Test
    void nothingIsForetoldOfTooLittleOrOfNoTotal() {
        line(10_000, 99);
        line(0, 99);
        assertThat(err.toString().lines())
                .containsExactly("tagrouter: learning: 99 of 10,000 (0 %), 10 s", "tagrouter: learning: 99, 10 s");
    }

    private void line(long total, long done) {
        try (ProgressDisplay progress = new ProgressDisplay(io, "learning", total, false, () -> now)) {
            progress.at(0);
            now += 10 * SECOND;
            progress.at(done);
        }
    }

    @Test
    void whatWasDoneAtTheFirstReportTookNoneOfTheTime() {
        try (ProgressDisplay progress = new ProgressDisplay(io, "loading", 1_000, false, () -> now)) {
            progress.at(500);
            now += 10 * SECOND;
            progress.at(600);
        }
        assertThat(err.toString().lines())
                .containsExactly("tagrouter: loading: 600 of 1,000 (60 %), 10 s, about 40 s left");
    }

    @Test
    void quietMeansNothingAtAll() {
        work(true);
        assertThat(err.toString()).isEmpty();
    }

    private void work(boolean quiet) {
        try (ProgressDisplay progress = new ProgressDisplay(io, "learning", 25, quiet, () -> now)) {
            for (int done = 1; done <= 25; done++) {
                now += SECOND;
                progress.at(done);
            }
        }
    }
}
