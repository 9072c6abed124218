package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.testing.TinyProfile;
import dev.tagrouter.gateway.config.FailureConfig;
import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.config.ModelConfig;
import dev.tagrouter.gateway.config.ModelUpstream;
import dev.tagrouter.gateway.config.ProfileSource;
import dev.tagrouter.gateway.config.RoutingConfig;
import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.config.SessionConfig;
import dev.tagrouter.gateway.config.Timeouts;
import dev.tagrouter.gateway.config.UpstreamConfig;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Conversations: a follow-up is never answered by somebody weaker, and staying has a value. */
class SessionTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static GatewayConfig config(URI upstream, SessionConfig sessions) {
        return GatewayConfig.of(
                        ServerConfig.DEFAULT,
                        List.of(new UpstreamConfig("fake", upstream, null, Timeouts.DEFAULT)),
                        List.of(
                                ModelConfig.of("small", "fake"),
                                ModelConfig.of("coder", "fake"),
                                new ModelConfig("strong", "fake", "strong", new Price(10, 10), "strong")
                                        .withCachedInput(1)),
                        RoutingConfig.of(new ProfileSource.Loaded(TinyProfile.create()))
                                .withSessions(sessions))
                .withFailure(FailureConfig.DEFAULT.withAttempts(3, 0))
                .withPort(0);
    }

    @Test
    void aNamedSessionStaysOrRises() throws Exception {
        try (Fixture fixture = new Fixture(url -> config(url, SessionConfig.DEFAULT))) {
            assertThat(model(fixture.chat("auto:-1", "hello", "x-session-id", "s1")))
                    .isEqualTo("small");
            assertThat(model(fixture.chat("auto", "write sql", "x-session-id", "s1")))
                    .as("rises")
                    .isEqualTo("coder");
            HttpResponse<String> stays = fixture.chat("auto:-1", "hello", "x-session-id", "s1");
            assertThat(model(stays)).isNotEqualTo("small");
            assertThat(Fixture.header(stays, "x-tagrouter-reason")).isIn("session", "routed");
            assertThat(model(fixture.chat("auto:1", "a poem", "x-session-id", "s1")))
                    .isEqualTo("strong");
            HttpResponse<String> atTheTop = fixture.chat("auto:-1", "write sql", "x-session-id", "s1");
            assertThat(model(atTheTop)).isEqualTo("strong");
            assertThat(Fixture.header(atTheTop, "x-tagrouter-reason")).isEqualTo("session");
            assertThat(model(fixture.chat("auto:-1", "write sql", "x-session-id", "s2")))
                    .as("another session")
                    .isEqualTo("small");
            assertThat(model(fixture.chat("auto:-1", "write sql"))).as("none").isEqualTo("small");
        }
    }

    @Test
    void aConversationIsKnownByWhatItsUserSaid() throws Exception {
        try (Fixture fixture = new Fixture(url -> config(url, SessionConfig.DEFAULT))) {
            assertThat(model(say(fixture, "auto:1", user("a poem")))).isEqualTo("strong");
            HttpResponse<String> second = say(
                    fixture, "auto:-1", user("a poem"), "{\"role\":\"assistant\",\"content\":\"Roses\"}", user("sql"));
            assertThat(model(second)).isEqualTo("strong");
            assertThat(Fixture.header(second, "x-tagrouter-reason")).isEqualTo("session");
            String tool = "{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"42\"}";
            assertThat(model(say(fixture, "auto:-1", user("a poem"), tool)))
                    .as("a tool's result goes on with the same turn")
                    .isEqualTo("strong");
            assertThat(model(say(fixture, "auto:-1", user("a poem"))))
                    .as("the same beginning again is no follow-up")
                    .isEqualTo("small");
            assertThat(model(say(fixture, "auto:-1", user("another poem"), user("sql"))))
                    .as("another conversation")
                    .isEqualTo("small");
            HttpResponse<String> dry = fixture.post(
                    "/v1/route", "{\"model\":\"auto:-1\",\"messages\":[" + user("a poem") + "," + user("sql") + "]}");
            assertThat(JSON.readTree(dry.body()).path("decision").path("model").asText())
                    .as("by the last turn that was answered, at auto:-1 by small")
                    .isEqualTo("small");
        }
    }

    @Test
    void whatTheServerStillHasIsCheaper() throws Exception {
        try (Fixture fixture = new Fixture(url -> config(url, SessionConfig.DEFAULT))) {
            String longText = "a poem " + "of many words ".repeat(200);
            double first = cost(say(fixture, "auto:1", user(longText)));
            double second = cost(say(fixture, "auto:1", user(longText), user("a poem")));
            assertThat(second).isLessThan(first / 2);
        }
        SessionConfig brief = new SessionConfig(10, Duration.ofHours(1), Duration.ofMillis(1));
        try (Fixture fixture = new Fixture(url -> config(url, brief))) {
            String longText = "a poem " + "of many words ".repeat(200);
            double first = cost(say(fixture, "auto:1", user(longText)));
            Thread.sleep(20);
            HttpResponse<String> late = say(fixture, "auto:1", user(longText), user("a poem"));
            assertThat(model(late)).isEqualTo("strong");
            assertThat(cost(late)).isGreaterThan(first / 2);
        }
    }

    @Test
    void andStaysWithTheUpstreamThatHasIt() throws Exception {
        List<ModelConfig> models = List.of(ModelConfig.of("strong", "u0")
                .withUpstreams(List.of(new ModelUpstream("u0", "strong", 1), new ModelUpstream("u1", "strong", 1))));
        try (Fixture fixture = new Fixture(2, addresses -> {
            GatewayConfig config = Trouble.config(addresses, FailureConfig.DEFAULT, models);
            return config.withRouting(config.routing().withSessions(SessionConfig.DEFAULT));
        })) {
            for (int i = 0; i < 20; i++) {
                assertThat(model(fixture.chat("auto", "a poem", "x-session-id", "s")))
                        .isEqualTo("strong");
            }
            assertThat(fixture.upstreams).extracting(FakeUpstream::calls).containsExactlyInAnyOrder(0, 20);
            fixture.upstreams.forEach(FakeUpstream::forget);
            for (int i = 0; i < 20; i++) {
                fixture.chat("auto", "a poem");
            }
            assertThat(fixture.upstreams)
                    .as("others are shared as ever")
                    .extracting(FakeUpstream::calls)
                    .doesNotContain(0);
        }
    }

    @Test
    void aSessionThatFailsIsNotRemembered() throws Exception {
        try (Fixture fixture = new Fixture(url -> config(url, SessionConfig.DEFAULT))) {
            fixture.upstream.answers(response -> response.setStatusCode(400).end("{}"));
            assertThat(fixture.chat("auto:1", "a poem", "x-session-id", "s").statusCode())
                    .isEqualTo(400);
            fixture.upstream.answers(response -> response.end(FakeUpstream.PLAIN));
            assertThat(model(fixture.chat("auto:-1", "sql", "x-session-id", "s")))
                    .isEqualTo("small");
        }
    }

    @Test
    void nothingIsRememberedWhereThatIsSwitchedOff() throws Exception {
        try (Fixture fixture = new Fixture(url -> config(url, SessionConfig.OFF))) {
            assertThat(model(fixture.chat("auto:1", "a poem", "x-session-id", "s")))
                    .isEqualTo("strong");
            assertThat(model(fixture.chat("auto:-1", "sql", "x-session-id", "s")))
                    .isEqualTo("small");
        }
    }

    private static String user(String text) {
        return "{\"role\":\"user\",\"content\":\"" + text + "\"}";
    }

    private static HttpResponse<String> say(Fixture fixture, String model, String... messages) throws Exception {
        return fixture.post(
                "/v1/chat/completions",
                "{\"model\":\"" + model + "\",\"messages\":[" + String.join(",", messages) + "]}");
    }

    private static double cost(HttpResponse<String> response) {
        return Double.parseDouble(Fixture.header(response, "x-tagrouter-expected-cost-usd"));
    }

    private static String model(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Fixture.header(response, "x-tagrouter-model");
    }
}
