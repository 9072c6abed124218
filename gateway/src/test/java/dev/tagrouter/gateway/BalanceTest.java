package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.gateway.config.BreakerConfig;
import dev.tagrouter.gateway.config.FailureConfig;
import dev.tagrouter.gateway.config.ModelConfig;
import dev.tagrouter.gateway.config.ModelUpstream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One model on several upstreams, and breakers that keep requests away from those that fail. */
class BalanceTest {
    /** Two failures open it, for longer than a test takes. */
    private static final BreakerConfig LONG = new BreakerConfig(2, 10, Duration.ofMinutes(1), Duration.ofMinutes(2));

    private static final BreakerConfig BRIEF = new BreakerConfig(2, 10, Duration.ofMillis(200), Duration.ofSeconds(1));

    @SuppressWarnings("NullAway.Init")
    private Fixture fixture;

    private void start(FailureConfig failure, int... weights) throws Exception {
        List<ModelUpstream> upstreams = new ArrayList<>();
        for (int weight : weights) {
            upstreams.add(new ModelUpstream("u" + upstreams.size(), "named-" + upstreams.size(), weight));
        }
        fixture = new Fixture(
                weights.length,
                addresses -> Trouble.config(
                        addresses,
                        failure,
                        List.of(ModelConfig.of("small", "u0").withUpstreams(upstreams))));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private int calls(int upstream) {
        return fixture.upstreams.get(upstream).calls();
    }

    private HttpResponse<String> ask() throws Exception {
        return fixture.chat("small", "hello");
    }

    @Test
    void requestsAreSharedByWeightAndEachUpstreamIsAskedForItsOwnName() throws Exception {
        start(Trouble.QUICK, 1, 3);
        for (int i = 0; i < 400; i++) {
            assertThat(ask().statusCode()).isEqualTo(200);
        }
        assertThat(calls(0)).isBetween(60, 140);
        assertThat(fixture.upstreams.get(1).next().body().toString()).contains("\"model\":\"named-1\"");
    }

    @Test
    void whoIsBusyGetsLess() throws Exception {
        start(Trouble.QUICK, 1, 1);
        fixture.upstreams
                .get(0)
                .answers(response ->
                        fixture.upstreams.get(0).vertx().setTimer(250, late -> response.end(FakeUpstream.PLAIN)));
        List<Thread> clients = new ArrayList<>();
        // One connection, so one event loop, each of which counts its own calls.
        try (Wire wire = Wire.to(fixture.gateway)) {
            for (int i = 0; i < 60; i++) {
                wire.send(Wire.chat("/v1/chat/completions", Fixture.body("small", "hello")));
                assertThat(wire.next().status()).isEqualTo(200);
            }
        }
        for (int i = 0; i < 8; i++) {
            clients.add(Thread.ofVirtual().start(() -> {
                try (Wire wire = Wire.to(fixture.gateway)) {
                    for (int n = 0; n < 20; n++) {
                        wire.send(Wire.chat("/v1/chat/completions", Fixture.body("small", "hello")));
                        wire.next();
                    }
                } catch (java.io.IOException e) {
                    throw new AssertionError(e);
                }
            }));
        }
        fixture.upstreams.forEach(FakeUpstream::forget);
        for (Thread client : clients) {
            client.join();
        }
        assertThat(calls(0)).isLessThan(calls(1));
    }

    @Test
    void aRetryGoesToAnotherUpstreamFirstAndWithoutAPause() throws Exception {
        start(
                FailureConfig.DEFAULT.withTimes(Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofMinutes(1)),
                1000,
                1);
        fixture.upstreams.get(0).answers(Trouble.status(503));
        HttpResponse<String> response = ask();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(calls(1)).isEqualTo(1);
    }

    @Test
    void itsOtherUpstreamComesBeforeOtherModelsHoweverMany() throws Exception {
        List<String> others = List.of("b", "c", "d", "e");
        List<ModelConfig> models = new ArrayList<>();
        models.add(ModelConfig.of("a", "u0")
                .withUpstreams(List.of(new ModelUpstream("u0", "a", 1000), new ModelUpstream("u1", "a", 1)))
                .withFallbacks(others));
        others.forEach(name -> models.add(ModelConfig.of(name, "u2")));
        fixture = new Fixture(3, addresses -> Trouble.config(addresses, Trouble.QUICK, models));
        fixture.upstreams.get(0).answers(Trouble.status(503));
        HttpResponse<String> response = fixture.chat("a", "hello");
        assertThat(Fixture.header(response, "x-tagrouter-model")).isEqualTo("a");
        assertThat(Fixture.header(response, "x-tagrouter-attempts")).isEqualTo("2");
        assertThat(calls(1)).isEqualTo(1);
    }

    @Test
    void whoFailsIsLeftAlone() throws Exception {
        start(Trouble.QUICK.withBreaker(LONG), 1000, 1);
        fixture.upstreams.get(0).answers(Trouble.status(503));
        for (int i = 0; i < 20; i++) {
            assertThat(ask().statusCode()).isEqualTo(200);
        }
        assertThat(calls(0)).isEqualTo(2);
        assertThat(fixture.get("/metrics").body())
                .contains("tagrouter_breaker_state{model=\"named-0\",upstream=\"u0\"} 1.0");
    }

    @Test
    void untilATrialGoesWell() throws Exception {
        start(Trouble.QUICK.withBreaker(BRIEF), 1000, 1);
        fixture.upstreams.get(0).answers(Trouble.first(2, Trouble.status(503)));
        long end = System.nanoTime() + 20_000_000_000L;
        while (calls(0) < 10 && System.nanoTime() < end) {
            assertThat(ask().statusCode()).isEqualTo(200);
        }
        assertThat(calls(0)).isEqualTo(10);
        assertThat(fixture.get("/metrics").body())
                .contains("tagrouter_breaker_state{model=\"named-0\",upstream=\"u0\"} 0.0");
    }

    @Test
    void whereAllAreToBeLeftAloneTheOneThatIsSoonestFreeIsTried() throws Exception {
        start(Trouble.QUICK.withBreaker(LONG).withAttempts(2, 0), 1, 1);
        fixture.upstreams.get(0).answers(Trouble.status(429, "retry-after", "100"));
        fixture.upstreams.get(1).answers(Trouble.status(429, "retry-after", "50"));
        while (calls(0) == 0 || calls(1) == 0) {
            assertThat(ask().statusCode()).isEqualTo(429);
        }
        fixture.upstreams.forEach(FakeUpstream::forget);
        fixture.upstreams.get(1).answers(Trouble.first(0, Trouble.status(429)));
        assertThat(ask().statusCode()).isEqualTo(200);
        assertThat(calls(0)).isZero();
        assertThat(calls(1)).isEqualTo(1);
    }
}
