package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.gateway.config.ClientTimeouts;
import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.config.Timeouts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gateway that is told to stop finishes what it began. */
class DrainTest {
    private final CountDownLatch goOn = new CountDownLatch(1);

    @SuppressWarnings("NullAway.Init")
    private Fixture fixture;

    private void start(Duration drain) throws Exception {
        ClientTimeouts timeouts =
                new ClientTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20), drain);
        fixture = new Fixture(new ServerConfig("127.0.0.1", 0, null, List.of(), 1 << 20, timeouts), Timeouts.DEFAULT);
        fixture.upstream.answers(response -> {
            response.putHeader("content-type", "text/event-stream").setChunked(true);
            response.write("data: 1\n\n");
            Thread.ofVirtual().start(() -> {
                try {
                    goOn.await();
                    response.end("data: [DONE]\n\n");
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        });
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void aStreamUnderWayComesToItsEndAndNobodyElseIsLetIn() throws Exception {
        start(Duration.ofSeconds(20));
        try (Wire streaming = Wire.to(fixture.gateway);
                Wire idle = Wire.to(fixture.gateway)) {
            idle.send("GET /health/ready HTTP/1.1\r\nhost: localhost\r\n\r\n");
            assertThat(idle.next().status()).isEqualTo(200);
            streaming.send(Wire.chat("/v1/chat/completions", Fixture.body("auto", "write sql")));
            fixture.upstream.next();
            int port = fixture.gateway.port();
            Thread closing = Thread.ofVirtual().start(fixture.gateway::close);
            assertThat(idle.isClosedByPeer()).isTrue();
            assertRefused(port);
            assertThat(closing.isAlive()).isTrue();
            goOn.countDown();
            Wire.Answer answer = streaming.next();
            assertThat(answer.body()).isEqualTo("data: 1\n\ndata: [DONE]\n\n");
            assertThat(streaming.isClosedByPeer()).isTrue();
            assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
        }
    }

    /** A connection may still be made for a moment, but nobody answers on it. */
    private static void assertRefused(int port) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (System.nanoTime() < end) {
            try (Wire late = new Wire(port)) {
                late.send("GET /health/ready HTTP/1.1\r\nhost: localhost\r\n\r\n");
                assertThat(late.next().status()).isIn(200, 503);
            } catch (IOException refused) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("the gateway still accepts connections");
    }

    @Test
    void whoIsNotAnsweredByThenIsToldSo() throws Exception {
        start(Duration.ofMillis(300));
        fixture.upstream.answers(response -> {});
        try (Wire wire = Wire.to(fixture.gateway);
                Wire slow = Wire.to(fixture.gateway)) {
            wire.send(Wire.chat("/v1/chat/completions", Fixture.body("auto", "write sql")));
            slow.send("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                    + "content-length: 100\r\n\r\n{");
            fixture.upstream.next();
            fixture.gateway.close();
            for (Wire one : List.of(wire, slow)) {
                WireTest.assertError(one.next(), 504, "upstream_timeout");
            }
            assertThat(fixture.upstream.awaitAbort()).isTrue();
        }
    }

    @Test
    void whoTakesLongerIsToldThatItIsNotAll() throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            start(Duration.ofMillis(300));
            assertTold();
        } finally {
            System.setErr(before);
        }
        assertThat(log.toString(StandardCharsets.UTF_8)).containsPattern("POST .* 200 .* cut_short=stopped\n");
    }

    private void assertTold() throws Exception {
        try (Wire wire = Wire.to(fixture.gateway)) {
            wire.send(Wire.chat("/v1/chat/completions", Fixture.body("auto", "write sql")));
            fixture.upstream.next();
            long start = System.nanoTime();
            fixture.gateway.close();
            assertThat(System.nanoTime() - start).isBetween(200_000_000L, 5_000_000_000L);
            assertThat(wire.next().body())
                    .startsWith("data: 1\n\n\n\ndata: {\"error\":")
                    .contains("upstream_timeout", "server.timeouts.drain");
            assertThat(wire.isClosedByPeer()).isTrue();
            assertThat(fixture.upstream.awaitAbort()).isTrue();
        }
    }
}
