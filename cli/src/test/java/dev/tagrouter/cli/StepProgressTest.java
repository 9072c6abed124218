package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Steps that alternate, and steps that are done again. */
class StepProgressTest {
    private static final long SECOND = 1_000_000_000;

    private final StringWriter err = new StringWriter();
    private final Io io = new Io(
            InputStream.nullInputStream(), false, new PrintWriter(new StringWriter()), new PrintWriter(err), false);
    private long now;

    @Test
    void aStepGoesOnAfterAnotherAndItsTimeDoesNotBeginAgain() {
        try (StepProgress progress = new StepProgress(io, false, () -> now)) {
            progress.report("evaluating", 0, 100);
            now += 20 * SECOND;
            progress.report("evaluating", 10, 100);
            progress.report("tagging", 0, 0);
            now += 20 * SECOND;
            progress.report("evaluating", 20, 100);
        }
        assertThat(err.toString().lines())
                .containsExactly(
                        "tagrouter: evaluating: 10 of 100 (10 %), 20 s, about 3 min left",
                        "tagrouter: evaluating: 20 of 100 (20 %), 40 s, about 2 min left");
    }

    @Test
    void aStepOfAnotherSizeOrAtZeroBeginsAnew() {
        try (StepProgress progress = new StepProgress(io, false, () -> now)) {
            progress.report("training", 1, 10);
            now += 60 * SECOND;
            progress.report("training", 0, 20);
            progress.report("training", 0, 20);
            now += 10 * SECOND;
            progress.report("training", 10, 20);
            now += 60 * SECOND;
            progress.report("training", 0, 20);
            now += 20 * SECOND;
            progress.report("training", 10, 20);
        }
        assertThat(err.toString().lines())
                .containsExactly(
                        "tagrouter: training: 10 of 20 (50 %), 10 s, about 10 s left",
                        "tagrouter: training: 10 of 20 (50 %), 20 s, about 20 s left");
    }
}
