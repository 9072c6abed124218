package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.core.testing.TinyProfile;
import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.config.ModelConfig;
import dev.tagrouter.gateway.config.ProfileSource;
import dev.tagrouter.gateway.config.RoutingConfig;
import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.config.Timeouts;
import dev.tagrouter.gateway.config.UpstreamConfig;
import dev.tagrouter.gateway.config.UpstreamKind;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where one kind of upstream fails, another answers: each attempt is translated by itself. */
class FallbackAcrossKindsTest {
    private VllmStub stub;
    private Fixture fixture;

    /** The chosen model is at Anthropic, which fails; the others are at a server that speaks chat completions. */
    @BeforeEach
    void start() throws Exception {
        stub = new VllmStub(List.of("small", "strong"));
        fixture = new Fixture(this::config);
    }

    private GatewayConfig config(URI failing) {
        return GatewayConfig.of(
                ServerConfig.DEFAULT,
                List.of(
                        new UpstreamConfig("vllm", stub.baseUrl(), null, Timeouts.DEFAULT),
                        new UpstreamConfig(
                                "away", UpstreamKind.ANTHROPIC, Set.of(Api.MESSAGES), failing, null, Timeouts.DEFAULT)),
                List.of(
                        ModelConfig.of("small", "vllm"),
                        ModelConfig.of("coder", "away"),
                        ModelConfig.of("strong", "vllm")),
                RoutingConfig.of(new ProfileSource.Loaded(TinyProfile.create())));
    }

    @AfterEach
    void stop() {
        fixture.close();
        stub.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAT", "MESSAGES", "RESPONSES"})
    void anotherKindAnswersAfterAnOverload(Api api) throws Exception {
        fixture.upstream.answers(response -> response.setStatusCode(529)
                .end("{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}"));
        answeredBySomebodyElse(api);
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAT", "RESPONSES"})
    void anotherKindAnswersAfterNonsense(Api api) throws Exception {
        fixture.upstream.answers(response -> response.end("<html>"));
        answeredBySomebodyElse(api);
    }

    private void answeredBySomebodyElse(Api api) throws Exception {
        HttpResponse<String> response = fixture.post("/v1" + api.path(), body(api));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        String model = Fixture.header(response, "x-tagrouter-model");
        assertThat(model).isIn("small", "strong");
        assertThat(Heard.whole(api, response.body()).text()).isEqualTo(model + " heard write sql");
        assertThat(fixture.upstream.wasCalled()).isTrue();
    }

    /** Whose upstream cannot be asked is passed over, for the client left the choice open. */
    @Test
    void whatCannotBeSaidToTheChosenModelIsSaidToAnother() throws Exception {
        String body = body(Api.CHAT).replaceFirst("\\{", "{\"n\":2,");
        HttpResponse<String> response = fixture.post("/v1/chat/completions", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(Fixture.header(response, "x-tagrouter-model")).isIn("small", "strong");
        assertThat(fixture.upstream.wasCalled()).isFalse();
    }

    /** A prompt that is stored at OpenAI is asked of who speaks Responses: there it may stand without an input. */
    @Test
    void aPromptWithoutAnInputGoesToWhoSpeaksResponses() throws Exception {
        try (Fixture other = new Fixture(openai -> GatewayConfig.of(
                ServerConfig.DEFAULT,
                List.of(
                        new UpstreamConfig("vllm", stub.baseUrl(), null, Timeouts.DEFAULT),
                        new UpstreamConfig(
                                "openai", UpstreamKind.OPENAI, Set.of(Api.RESPONSES), openai, null, Timeouts.DEFAULT)),
                List.of(ModelConfig.of("coder", "vllm"), ModelConfig.of("strong", "openai")),
                RoutingConfig.of(new ProfileSource.Loaded(TinyProfile.create()))))) {
            for (String model : List.of("auto", "strong")) {
                HttpResponse<String> response =
                        other.post("/v1/responses", "{\"model\":\"" + model + "\",\"prompt\":{\"id\":\"pmpt_1\"}}");
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                assertThat(other.upstream.next().body().toString())
                        .isEqualTo("{\"model\":\"strong\",\"prompt\":{\"id\":\"pmpt_1\"}}");
            }
            HttpResponse<String> named = other.post("/v1/responses", "{\"model\":\"coder\"}");
            assertThat(named.statusCode()).isEqualTo(400);
            assertThat(named.body()).contains("'input' is missing", "unsupported_value");
        }
    }

    /** What the assistant has begun is gone on with only by Messages. */
    @Test
    void anAnswerThatTheClientBeganGoesToWhoSpeaksMessages() throws Exception {
        String begun = body(Api.MESSAGES).replace("]}", ",{\"role\":\"assistant\",\"content\":\"{\"}]}");
        HttpResponse<String> named = fixture.post("/v1/messages", begun.replace("auto", "strong"));
        assertThat(named.statusCode()).as(named.body()).isEqualTo(400);
        assertThat(named.body()).contains("a last message of the assistant's");
        assertThat(fixture.upstream.wasCalled()).isFalse();
        String cheapest = begun.replace("auto", "auto:-1");
        assertThat(Fixture.header(
                        fixture.post("/v1/messages", body(Api.MESSAGES).replace("auto", "auto:-1")),
                        "x-tagrouter-model"))
                .isEqualTo("small");
        assertThat(Fixture.header(fixture.post("/v1/messages", cheapest), "x-tagrouter-model"))
                .isEqualTo("coder");
        assertThat(fixture.upstream.wasCalled()).isTrue();
    }

    /** What the upstream of a model that the client named cannot be asked is a 400, and where nobody can be asked. */
    @Test
    void whatCannotBeSaidIsNoFailure() throws Exception {
        String body = body(Api.CHAT).replaceFirst("\\{", "{\"n\":2,");
        HttpResponse<String> named = fixture.post("/v1/chat/completions", body.replace("auto", "coder"));
        assertThat(named.statusCode()).isEqualTo(400);
        HttpResponse<String> response =
                fixture.post("/v1/chat/completions", body, "x-tagrouter-exclude", "small,strong");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("unsupported_value", "'n' other than 1");
        assertThat(fixture.upstream.wasCalled()).isFalse();
    }

    /** What failed is told, not that whoever is left cannot be asked. */
    @Test
    void aFailureIsNotHiddenByWhoCannotBeAsked() throws Exception {
        for (int status : new int[] {401, 503}) {
            try (Fixture other = new Fixture(failing -> GatewayConfig.of(
                    ServerConfig.DEFAULT,
                    List.of(
                            new UpstreamConfig("failing", failing, null, Timeouts.DEFAULT),
                            new UpstreamConfig(
                                    "away",
                                    UpstreamKind.ANTHROPIC,
                                    Set.of(Api.MESSAGES),
                                    stub.baseUrl(),
                                    null,
                                    Timeouts.DEFAULT)),
                    List.of(ModelConfig.of("coder", "failing"), ModelConfig.of("strong", "away")),
                    RoutingConfig.of(new ProfileSource.Loaded(TinyProfile.create()))))) {
                other.upstream.answers(Trouble.status(status));
                HttpResponse<String> response =
                        other.post("/v1/chat/completions", body(Api.CHAT).replaceFirst("\\{", "{\"n\":2,"));
                assertThat(response.statusCode()).as(response.body()).isEqualTo(502);
                assertThat(response.body()).contains("upstream 'failing' at 127.0.0.1:", " answered " + status);
            }
        }
    }

    private static String body(Api api) {
        return switch (api) {
            case CHAT, EMBEDDINGS -> Fixture.body("auto", "write sql");
            case MESSAGES ->
                "{\"model\":\"auto\",\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"write sql\"}]}";
            case RESPONSES -> "{\"model\":\"auto\",\"input\":\"write sql\"}";
        };
    }
}
