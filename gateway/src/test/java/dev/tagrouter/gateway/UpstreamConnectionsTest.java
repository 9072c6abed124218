package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.gateway.config.ServerConfig;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which connections to an upstream are used again; one client connection is on one event loop. */
class UpstreamConnectionsTest {
    private static final int CALLS = 5;

    @SuppressWarnings("NullAway.Init")
    private Fixture fixture;

    @SuppressWarnings("NullAway.Init")
    private Wire wire;

    @BeforeEach
    void start() throws Exception {
        fixture = new Fixture(ServerConfig.DEFAULT, Fixture.SHORT);
        wire = Wire.to(fixture.gateway);
    }

    @AfterEach
    void stop() throws Exception {
        wire.close();
        fixture.close();
    }

    @Test
    void oneThatHasAnsweredIsUsedAgain() throws Exception {
        ask(CALLS, 200);
        assertThat(fixture.upstream.connectionsMade()).isEqualTo(1);
    }

    @Test
    void soIsOneWhoseAnswerIsAnErrorOrHasNoLength() throws Exception {
        fixture.upstream.answers(response -> response.setStatusCode(400).end("{}"));
        ask(1, 400);
        fixture.upstream.answersEvents("{}", "[DONE]");
        ask(1, 200);
        ask(1, 200);
        assertThat(fixture.upstream.connectionsMade()).isEqualTo(1);
    }

    @Test
    void soIsOneWhoseAnswerWasRefused() throws Exception {
        boolean[] failed = {false};
        fixture.upstream.answers(response -> {
            response.setStatusCode(failed[0] ? 200 : 503).end(FakeUpstream.PLAIN);
            failed[0] = true;
        });
        List<URI> addresses = Collections.nCopies(3, fixture.upstream.baseUrl());
        try (Gateway patient =
                        Gateway.start(Trouble.config(addresses, Trouble.QUICK).withPort(0), line -> {});
                Wire retried = Wire.to(patient)) {
            ask(retried, CALLS, 200);
        }
        assertThat(fixture.upstream.calls()).isEqualTo(CALLS + 1);
        assertThat(fixture.upstream.connectionsMade())
                .as("the retry may begin before the refusal has been read")
                .isLessThanOrEqualTo(2);
    }

    @Test
    void oneThatTheUpstreamClosesIsNot() throws Exception {
        fixture.upstream.answers(
                response -> response.putHeader("connection", "close").end(FakeUpstream.PLAIN));
        ask(CALLS, 200);
        assertThat(fixture.upstream.connectionsMade()).isEqualTo(CALLS);
    }

    @Test
    void oneIsIdleForLessThanItsUpstreamAllows() throws Exception {
        fixture.upstream.answers(response ->
                response.putHeader("keep-alive", "timeout=1, max=100").end(FakeUpstream.PLAIN));
        ask(2, 200);
        assertThat(fixture.upstream.connectionsMade()).isEqualTo(2);
        long end = System.nanoTime() + 5_000_000_000L;
        while (fixture.upstream.openConnections() > 0 && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(fixture.upstream.openConnections()).as("left open").isZero();
    }

    private void ask(int times, int status) throws Exception {
        ask(wire, times, status);
    }

    /** Asks so often, one after the other, on one connection. */
    private static void ask(Wire wire, int times, int status) throws Exception {
        for (int i = 0; i < times; i++) {
            wire.send(Wire.chat("/v1/chat/completions", Fixture.body("strong", "write sql")));
            assertThat(wire.next().status()).isEqualTo(status);
        }
    }
}
