package dev.tagrouter.gateway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Lines come out whole, in order and dated; a reader that is stuck stops nobody. */
class AccessLogTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void writesWhatWasAddedBeforeItClosed() {
        try (AccessLog log = log(new PrintStream(written, true, StandardCharsets.UTF_8))) {
            log.add(System.Logger.Level.INFO, line -> line.append("first"));
            log.add(System.Logger.Level.DEBUG, line -> line.append("second"));
        }
        assertThat(written.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .first()
                .asString()
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.007[+-]\\d{4} INFO first");
        assertThat(written.toString(StandardCharsets.UTF_8)).contains(" DEBUG second\n");
    }

    @Test
    void writesWhileItIsOpen() throws InterruptedException {
        try (AccessLog log = log(new PrintStream(written, true, StandardCharsets.UTF_8))) {
            log.add(System.Logger.Level.INFO, line -> line.append("soon"));
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (written.size() == 0 && System.nanoTime() < end) {
                Thread.sleep(10);
            }
            assertThat(written.toString(StandardCharsets.UTF_8)).endsWith("soon\n");
        }
    }

    @Test
    void dropsAndCountsWhatAStuckReaderLeavesNoRoomFor() throws InterruptedException {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        OutputStream reader = new OutputStream() {
            @Override
            public void write(int b) {
                throw new AssertionError("written byte by byte");
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                stuck.countDown();
                try {
                    free.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                written.write(bytes, from, length);
            }
        };
        String kilobyte = "x".repeat(1024);
        try (AccessLog log = log(new PrintStream(reader, false, StandardCharsets.UTF_8))) {
            log.add(System.Logger.Level.INFO, line -> line.append("taken"));
            stuck.await();
            for (int i = 0; i < 5000; i++) {
                log.add(System.Logger.Level.INFO, line -> line.append(kilobyte));
            }
            free.countDown();
        }
        assertThat(written.size()).isBetween(4 << 20, 5 << 20);
        assertThat(written.toString(StandardCharsets.UTF_8))
                .containsPattern("\n\\d+ lines of the access log dropped: nobody read them in time\n$");
    }

    private static AccessLog log(PrintStream out) {
        return new AccessLog(out, () -> Instant.ofEpochMilli(1_700_000_000_007L));
    }
}
