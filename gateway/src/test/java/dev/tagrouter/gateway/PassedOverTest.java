package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.core.testing.TinyProfile;
import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.config.BreakerConfig;
import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.config.ModelConfig;
import dev.tagrouter.gateway.config.ModelUpstream;
import dev.tagrouter.gateway.config.ProfileSource;
import dev.tagrouter.gateway.config.RoutingConfig;
import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.config.Timeouts;
import dev.tagrouter.gateway.config.UpstreamConfig;
import dev.tagrouter.gateway.config.UpstreamKind;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Of a named model's two upstreams one cannot be asked for two answers, or refuses the gateway: the other is treated as if it
 * were the only one.
 */
class PassedOverTest {
    private static final String TWO_ANSWERS = Fixture.body("small", "hello").replaceFirst("\\{", "{\"n\":2,");

    /** One failure opens it, for longer than a test takes. */
    private static final BreakerConfig LONG = new BreakerConfig(1, 10, Duration.ofMinutes(1), Duration.ofMinutes(2));

    private static final BreakerConfig NEVER = new BreakerConfig(10, 10, Duration.ofMinutes(1), Duration.ofMinutes(2));

    @SuppressWarnings("NullAway.Init")
    private Fixture fixture;

    /** {@code small} first on one that can be asked, then on one of {@code kind}; {@code strong} on a third. */
    private void start(UpstreamKind kind, BreakerConfig breaker, String... fallbacks) throws Exception {
        fixture = new Fixture(
                3,
                addresses ->
                        config(addresses, kind, List.of(fallbacks)).withFailure(Trouble.QUICK.withBreaker(breaker)));
    }

    private static GatewayConfig config(List<URI> addresses, UpstreamKind kind, List<String> fallbacks) {
        Api api = kind == UpstreamKind.ANTHROPIC ? Api.MESSAGES : Api.CHAT;
        return GatewayConfig.of(
                ServerConfig.DEFAULT,
                List.of(
                        new UpstreamConfig("u0", addresses.get(0), null, Fixture.SHORT),
                        new UpstreamConfig("u1", kind, Set.of(api), addresses.get(1), null, Timeouts.DEFAULT),
                        new UpstreamConfig("u2", addresses.get(2), null, Fixture.SHORT)),
                List.of(
                        ModelConfig.of("small", "u0")
                                .withUpstreams(List.of(
                                        new ModelUpstream("u0", "small", 1000), new ModelUpstream("u1", "small", 1)))
                                .withFallbacks(fallbacks),
                        ModelConfig.of("strong", "u2")),
                RoutingConfig.of(new ProfileSource.Loaded(TinyProfile.create())));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private HttpResponse<String> ask() throws Exception {
        return fixture.post("/v1/chat/completions", TWO_ANSWERS);
    }

    private void assertCalls(int first, int second, int third) {
        assertThat(fixture.upstreams.stream().map(FakeUpstream::calls)).containsExactly(first, second, third);
    }

    @Test
    void oneThatFailsIsTriedAgainWithPauses() throws Exception {
        start(UpstreamKind.ANTHROPIC, NEVER, "strong");
        fixture.upstreams.getFirst().answers(Trouble.status(503));
        HttpResponse<String> response = ask();
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(Fixture.header(response, "x-tagrouter-model")).isEqualTo("strong");
        assertCalls(1 + Trouble.QUICK.retries(), 0, 1);
    }

    @Test
    void whileOneRestsTheOperatorsFallbackAnswers() throws Exception {
        start(UpstreamKind.ANTHROPIC, LONG, "strong");
        fixture.upstreams.getFirst().answers(Trouble.status(429, "retry-after", "60"));
        for (int i = 1; i <= 3; i++) {
            HttpResponse<String> response = ask();
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(Fixture.header(response, "x-tagrouter-model")).isEqualTo("strong");
            assertCalls(1, 0, i);
        }
    }

    @Test
    void whileTheOnlyOneRestsItIsAskedAllTheSame() throws Exception {
        start(UpstreamKind.ANTHROPIC, LONG);
        fixture.upstreams.getFirst().answers(Trouble.first(1, Trouble.status(429, "retry-after", "60")));
        ask();
        HttpResponse<String> response = ask();
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertCalls(2, 0, 0);
    }

    @Test
    void whoRefusesTheGatewayIsNotAskedAgain() throws Exception {
        start(UpstreamKind.OPENAI, NEVER);
        fixture.upstreams.getFirst().answers(Trouble.status(401));
        fixture.upstreams.get(1).answers(Trouble.first(2, Trouble.status(503)));
        HttpResponse<String> response = ask();
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertCalls(1, 3, 0);
    }
}
