package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.gateway.config.ClientTimeouts;
import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.config.Timeouts;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that takes its time to ask is cut off; one that waits for a long answer is not. */
class SlowClientTest {
    private static final ClientTimeouts SHORT =
            new ClientTimeouts(Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofMillis(500));
    private static final String HEAD =
            "POST /v1/route HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";

    private final Watchman watchman = new Watchman();

    @SuppressWarnings("NullAway.Init")
    private Fixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new Fixture(new ServerConfig("127.0.0.1", 0, null, List.of(), 1 << 20, SHORT), Timeouts.DEFAULT);
    }

    @AfterEach
    void stop() {
        fixture.close();
        watchman.assertQuiet(Fixture.UPSTREAM_KEY);
        watchman.close();
    }

    private Wire wire() throws IOException {
        return Wire.to(fixture.gateway);
    }

    /** Sends byte for byte until the gateway hangs up; says after how many milliseconds it did. */
    private static long trickle(Wire wire, String bytes) throws Exception {
        long start = System.nanoTime();
        try {
            for (int i = 0; i < bytes.length(); i++) {
                wire.send(bytes.substring(i, i + 1));
                Thread.sleep(50);
                if ((System.nanoTime() - start) / 1_000_000 > 5000) {
                    break;
                }
            }
        } catch (SocketException hungUp) {
            assertThat(hungUp).isNotNull();
        }
        return (System.nanoTime() - start) / 1_000_000;
    }

    @Test
    void whoConnectsAndSaysNothingIsCutOff() throws Exception {
        try (Wire wire = wire().patience(5000)) {
            assertThat(wire.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void aHeadThatTricklesInIsCutOff() throws Exception {
        try (Wire wire = wire()) {
            assertThat(trickle(wire, HEAD + "x-padding: " + "x".repeat(1000))).isBetween(400L, 4500L);
        }
    }

    @Test
    void aSecondHeadThatTricklesInIsCutOff() throws Exception {
        try (Wire wire = wire()) {
            wire.send("GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n");
            assertThat(wire.next().status()).isEqualTo(200);
            assertThat(trickle(wire, HEAD + "x-padding: " + "x".repeat(1000))).isBetween(400L, 4500L);
        }
    }

    @Test
    void aBodyThatTricklesInIsAnsweredThatItIsLate() throws Exception {
        for (String kind : List.of("content-length: 1000\r\n\r\n{", "transfer-encoding: chunked\r\n\r\n1\r\n{\r\n")) {
            try (Wire wire = wire().send(HEAD + kind)) {
                Wire.Answer answer = wire.next();
                WireTest.assertError(answer, 408, "request_timeout");
                assertThat(answer.body()).contains("500ms", "server.timeouts.body");
                assertThat(wire.isClosedByPeer()).isTrue();
            }
        }
    }

    @Test
    void whoNeverStopsSendingWhatWasRefusedIsCutOff() throws Exception {
        try (Wire wire = wire()) {
            wire.send(HEAD.replace("application/json", "text/plain") + "transfer-encoding: chunked\r\n\r\n");
            WireTest.assertError(wire.next(), 415, "unsupported_media_type");
            long start = System.nanoTime();
            boolean open = true;
            while (open && System.nanoTime() - start < 12_000_000_000L) {
                try {
                    wire.send("1\r\nx\r\n");
                    Thread.sleep(100);
                } catch (SocketException cut) {
                    open = false;
                }
            }
            assertThat(open).isFalse();
        }
    }

    @Test
    void whoWaitsForALongAnswerIsNotCutOff() throws Exception {
        fixture.upstream.answers(response -> {
            response.putHeader("content-type", "text/event-stream").setChunked(true);
            fixture.upstream.vertx().setTimer(1500, late -> {
                response.write("data: 1\n\n");
                fixture.upstream.vertx().setTimer(1500, later -> response.end("data: [DONE]\n\n"));
            });
        });
        try (Wire wire = wire().send(Wire.chat("/v1/chat/completions", Fixture.body("auto", "write sql")))) {
            assertThat(wire.next().body()).isEqualTo("data: 1\n\ndata: [DONE]\n\n");
            wire.send("GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n");
            assertThat(wire.next().status()).isEqualTo(200);
        }
    }
}
