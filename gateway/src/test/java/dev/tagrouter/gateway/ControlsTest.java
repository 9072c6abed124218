package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.testing.TinyProfile;
import dev.tagrouter.gateway.config.Abilities;
import dev.tagrouter.gateway.config.Ability;
import dev.tagrouter.gateway.config.FailureConfig;
import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.config.ModelConfig;
import dev.tagrouter.gateway.config.ProfileSource;
import dev.tagrouter.gateway.config.RoutingConfig;
import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.config.SessionConfig;
import dev.tagrouter.gateway.config.Timeouts;
import dev.tagrouter.gateway.config.UpstreamConfig;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client can ask of the routing of one request: aliases, exclusions, costs, deadlines, abilities. */
class ControlsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private Fixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new Fixture(ControlsTest::config);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    /** Small can nothing but text, coder has a short context and reads no images, strong can everything. */
    private static GatewayConfig config(URI upstream) {
        Map<String, String> aliases = new LinkedHashMap<>();
        aliases.put("gpt-4o", "auto");
        aliases.put("cheap", "auto:-1");
        aliases.put("best", "strong");
        return GatewayConfig.of(
                        ServerConfig.DEFAULT,
                        List.of(new UpstreamConfig("fake", upstream, null, Timeouts.DEFAULT)),
                        List.of(
                                ModelConfig.of("small", "fake").withAbilities(new Abilities(Set.of(), null)),
                                new ModelConfig("my-coder", "fake", "my-coder", new Price(1, 1), "coder")
                                        .withAbilities(new Abilities(EnumSet.of(Ability.TOOLS, Ability.JSON), 1000)),
                                new ModelConfig("strong", "fake", "strong", new Price(10, 10), "strong")
                                        .withCachedInput(1)),
                        RoutingConfig.of(new ProfileSource.Loaded(TinyProfile.create()))
                                .withAliases(aliases)
                                .withSessions(SessionConfig.DEFAULT))
                .withFailure(FailureConfig.DEFAULT.withAttempts(3, 0))
                .withPort(0);
    }

    @Test
    void anAliasStandsForAModelOrForRouting() throws Exception {
        assertThat(model(fixture.chat("gpt-4o", "write sql"))).isEqualTo("my-coder");
        assertThat(model(fixture.chat("cheap", "write sql"))).isEqualTo("small");
        HttpResponse<String> best = fixture.chat("best", "write sql");
        assertThat(model(best)).isEqualTo("strong");
        assertThat(Fixture.header(best, "x-tagrouter-reason")).isEqualTo("requested");
        assertThat(model(fixture.chat("auto", "write sql", "x-tagrouter-models", "best")))
                .isEqualTo("strong");
        JsonNode list = JSON.readTree(fixture.get("/v1/models").body());
        assertThat(list.path("data"))
                .extracting(model -> model.path("id").asText())
                .containsExactly("auto", "gpt-4o", "cheap", "best", "small", "my-coder", "strong");
    }

    @Test
    void whoIsExcludedDoesNotAnswer() throws Exception {
        assertThat(model(ask("write sql", "\"exclude\":[\"my-coder\"]"))).isNotEqualTo("my-coder");
        assertThat(model(fixture.chat("auto", "write sql", "x-tagrouter-exclude", "my-coder,small")))
                .isEqualTo("strong");
        try (Wire wire = Wire.to(fixture.gateway)) {
            String body = Fixture.body("auto", "write sql");
            String[] lines = {"x-tagrouter-exclude: my-coder", "X-Tagrouter-Exclude: small"};
            assertThat(wire.send(Wire.chat("/v1/chat/completions", body, lines))
                            .next()
                            .header("x-tagrouter-model"))
                    .as("a list goes on in another header")
                    .isEqualTo("strong");
            String[] thetas = {"x-tagrouter-theta: 1", "x-tagrouter-theta: -1"};
            assertThat(wire.send(Wire.chat("/v1/chat/completions", body, thetas))
                            .next()
                            .body())
                    .contains("duplicate_key", "x-tagrouter-theta stands twice");
        }
        HttpResponse<String> nobody = ask("write sql", "\"exclude\":[\"my-coder\",\"small\",\"best\"]");
        assertThat(error(nobody, 400))
                .contains("small is excluded by the request", "my-coder is excluded", "strong is excluded");
        assertThat(nobody.body()).contains("no_eligible_model");
        assertThat(error(ask("write sql", "\"exclude\":[\"nosuch\"]"), 400)).contains("no model 'nosuch'");
        assertThat(error(ask("write sql", "\"exclude\":[\"gpt-4o\"]"), 400))
                .contains("'gpt-4o' is routing, not a model; give one of: small, my-coder, strong");
    }

    @Test
    void anAnswerMayNotBeExpectedToCostMore() throws Exception {
        assertThat(model(fixture.chat("auto:1", "a poem"))).isEqualTo("strong");
        assertThat(model(ask("auto:1", "a poem", "\"max_cost_usd\":0.001"))).isEqualTo("small");
        assertThat(model(fixture.chat("auto:1", "write sql", "x-tagrouter-max-cost-usd", "0.001")))
                .isEqualTo("my-coder");
        assertThat(model(fixture.chat("auto:1", "write sql", "x-tagrouter-max-cost-usd", "0.0001")))
                .isEqualTo("small");
        assertThat(error(ask("a poem", "\"max_cost_usd\":0"), 400)).contains("small is expected to cost");
    }

    @Test
    void aDeadlineEndsTheRequest() throws Exception {
        fixture.upstream.answers(response -> {});
        long start = System.nanoTime();
        HttpResponse<String> late = ask("write sql", "\"deadline_ms\":200");
        assertThat(late.statusCode()).isEqualTo(504);
        assertThat(System.nanoTime() - start).isBetween(150_000_000L, 5_000_000_000L);
        assertThat(fixture.chat("strong", "write sql", "x-tagrouter-deadline-ms", "100")
                        .statusCode())
                .isEqualTo(504);
    }

    @Test
    void refusesWhatIsNoWish() throws Exception {
        for (String wish : List.of(
                "\"max_cost_usd\":-1",
                "\"max_cost_usd\":\"1\"",
                "\"max_cost_usd\":1e999",
                "\"deadline_ms\":0",
                "\"deadline_ms\":1e12",
                "\"require\":[\"audio\"]",
                "\"require\":\"tools\"",
                "\"exclude\":[1]",
                "\"exclude\":[\"small\"],\"exclude\":[\"small\"]",
                "\"budget\":1")) {
            HttpResponse<String> answer = ask("write sql", wish);
            assertThat(answer.statusCode()).as(wish).isEqualTo(400);
            assertThat(JSON.readTree(answer.body()).path("error").path("param").asText())
                    .as(wish)
                    .startsWith("tagrouter");
        }
        for (String header : List.of("x-tagrouter-max-cost-usd", "x-tagrouter-deadline-ms", "x-tagrouter-require")) {
            assertThat(error(fixture.chat("auto", "sql", header, "much"), 400)).contains("much");
        }
        assertThat(error(fixture.chat("auto", "sql", "x-session-id", "x".repeat(300)), 400))
                .contains("x-session-id");
    }

    @Test
    void whatTheBodyNeedsDecidesWhoMayAnswer() throws Exception {
        assertThat(model(body("auto:-1", ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]")))
                .isEqualTo("my-coder");
        assertThat(model(body("auto:-1", ",\"tools\":[]"))).isEqualTo("small");
        assertThat(model(body("auto:-1", ",\"response_format\":{\"type\":\"json_object\"}")))
                .isEqualTo("my-coder");
        assertThat(model(body("auto:-1", ",\"response_format\":{\"type\":\"text\"}")))
                .isEqualTo("small");
        assertThat(model(body("auto:-1", ",\"tools\":[{}],\"max_tokens\":2000")))
                .isEqualTo("strong");
        String image =
                "{\"model\":\"auto:-1\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":"
                        + "\"write sql\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:,x\"}}]}]}";
        assertThat(model(fixture.post("/v1/chat/completions", image))).isEqualTo("strong");
    }

    @Test
    void jsonIsAskedForInEachApisOwnWords() throws Exception {
        String messages = Fixture.body("auto:-1", "write sql")
                .replaceFirst(
                        "}$",
                        ",\"max_tokens\":5,\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":"
                                + "{\"type\":\"object\"}}}}");
        assertThat(model(fixture.post("/v1/messages", messages))).isEqualTo("my-coder");
        String responses =
                "{\"model\":\"auto:-1\",\"input\":\"write sql\",\"text\":{\"format\":{\"type\":\"json_object\"}}}";
        assertThat(model(fixture.post("/v1/responses", responses))).isEqualTo("my-coder");
    }

    @Test
    void soDoesWhatTheClientRequires() throws Exception {
        assertThat(model(ask("auto:-1", "write sql", "\"require\":[\"tools\"]")))
                .isEqualTo("my-coder");
        assertThat(model(fixture.chat("auto:-1", "write sql", "x-tagrouter-require", "vision,json")))
                .isEqualTo("strong");
        String excluded = "\"require\":[\"vision\"],\"exclude\":[\"strong\"]";
        assertThat(error(ask("write sql", excluded), 400))
                .contains("small reads no images", "coder reads no images", "strong is excluded");
    }

    @Test
    void whoStepsInHasToBeAbleToo() throws Exception {
        fixture.upstream.answers(response -> response.setStatusCode(503).end());
        assertThat(ask("write sql", "\"exclude\":[\"small\"]").statusCode()).isEqualTo(503);
        assertThat(fixture.upstream.calls()).isEqualTo(2);
        for (int i = 0; i < 2; i++) {
            String sent = fixture.upstream.next().body().toString();
            assertThat(JSON.readTree(sent).path("model").asText()).isIn("my-coder", "strong");
        }
    }

    private HttpResponse<String> ask(String text, String wish) throws Exception {
        return ask("auto", text, wish);
    }

    private HttpResponse<String> ask(String model, String text, String wish) throws Exception {
        String body = Fixture.body(model, text).replaceFirst("}$", ",\"tagrouter\":{" + wish + "}}");
        return fixture.post("/v1/chat/completions", body);
    }

    private HttpResponse<String> body(String model, String members) throws Exception {
        return fixture.post(
                "/v1/chat/completions", Fixture.body(model, "write sql").replaceFirst("}$", members + "}"));
    }

    private static String error(HttpResponse<String> response, int status) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JSON.readTree(response.body()).path("error").path("message").asText();
    }

    private static String model(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Fixture.header(response, "x-tagrouter-model");
    }
}
