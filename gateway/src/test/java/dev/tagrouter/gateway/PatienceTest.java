package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.config.Timeouts;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each of an upstream's timeouts is kept where the others are many times as long. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class PatienceTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(1);
    /** Many times a short timeout, and far from a long one. */
    private static final long SOON_MILLIS = 3000;

    private static final Pattern OPEN = Pattern.compile("(?m)^tagrouter_connections (\\d+)");

    private static Fixture fixture(Duration firstByte, Duration idle, Duration client) throws Exception {
        return new Fixture(ServerConfig.DEFAULT, new Timeouts(LONG, firstByte, idle, client));
    }

    @Test
    void theFirstByteIsNotWaitedForAsLongAsTheNext() throws Exception {
        try (Fixture fixture = fixture(SHORT, LONG, LONG)) {
            fixture.upstream.answers(response -> {});
            assertThat(soon(fixture).body()).contains("timeout first_byte of 300ms");
        }
    }

    @Test
    void aStreamThatBeganLateAndStallsIsNotWaitedForAsLongAsItsFirstByte() throws Exception {
        try (Fixture fixture = fixture(LONG, SHORT, LONG)) {
            fixture.upstream.answers(response -> fixture.upstream
                    .vertx()
                    .setTimer(
                            2 * SHORT.toMillis(),
                            late -> response.putHeader("content-type", "text/event-stream")
                                    .setChunked(true)
                                    .write("data: {}\n\n")));
            assertThat(soon(fixture).body()).startsWith("data: {}\n\n").contains("timeout idle of 300ms");
            assertThat(fixture.upstream.awaitAbort()).isTrue();
        }
    }

    @Test
    void aClientThatReadsNothingIsNotWaitedForAsLongAsAnUpstream() throws Exception {
        try (Fixture fixture = fixture(LONG, LONG, SHORT)) {
            fixture.upstream.answers(response -> {
                response.setChunked(true);
                for (int i = 0; i < 64; i++) {
                    response.write("x".repeat(1 << 20));
                }
            });
            String body = Fixture.body("auto", "write sql");
            try (Wire wire = Wire.to(fixture.gateway)) {
                wire.send("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                        + "content-length: " + body.length() + "\r\n\r\n" + body);
                assertThat(fixture.upstream.awaitAbort()).isTrue();
                // Its connection is closed though it has not read what was written: only the one that asks is left.
                assertThat(openConnections(fixture)).isEqualTo(1);
                long start = System.nanoTime();
                fixture.gateway.close();
                assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(SOON_MILLIS);
            }
        }
    }

    /** How many there are once there is one, or after {@link #SOON_MILLIS}. */
    private static int openConnections(Fixture fixture) throws Exception {
        long end = System.nanoTime() + SOON_MILLIS * 1_000_000;
        while (true) {
            Matcher open = OPEN.matcher(fixture.get("/metrics").body());
            assertThat(open.find()).isTrue();
            int number = Integer.parseInt(open.group(1));
            if (number == 1 || System.nanoTime() > end) {
                return number;
            }
            Thread.sleep(50);
        }
    }

    private static HttpResponse<String> soon(Fixture fixture) throws Exception {
        long start = System.nanoTime();
        HttpResponse<String> response = fixture.chat("auto", "write sql");
        assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(SOON_MILLIS);
        return response;
    }
}
