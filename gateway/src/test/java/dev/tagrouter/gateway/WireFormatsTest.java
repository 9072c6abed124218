package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tagrouter.core.testing.TinyProfile;
import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.config.ModelConfig;
import dev.tagrouter.gateway.config.ProfileSource;
import dev.tagrouter.gateway.config.RoutingConfig;
import dev.tagrouter.gateway.config.Secret;
import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.config.Timeouts;
import dev.tagrouter.gateway.config.UpstreamConfig;
import dev.tagrouter.gateway.config.UpstreamKind;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of upstream, asked in every API: what clients hear is the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireFormatsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The folder of answers for each upstream. */
    private static final Map<String, UpstreamKind> KINDS = Map.of(
            "openai", UpstreamKind.OPENAI,
            "vllm", UpstreamKind.OPENAI,
            "anthropic", UpstreamKind.ANTHROPIC,
            "ollama", UpstreamKind.OLLAMA,
            "gemini", UpstreamKind.GEMINI);

    private static final Map<String, Integer> ERROR_STATUS =
            Map.of("openai", 429, "vllm", 404, "anthropic", 529, "ollama", 404, "gemini", 400);
    private static final Set<Api> APIS = EnumSet.of(Api.CHAT, Api.MESSAGES, Api.RESPONSES);
    private static final List<String> CALLS =
            List.of("lookup{\"table\":\"orders\"}", "lookup{\"table\":\"customers\"}");

    private Fixture fixture;

    @BeforeAll
    void start() throws Exception {
        fixture = new Fixture(WireFormatsTest::config);
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    private static GatewayConfig config(URI upstream) {
        List<UpstreamConfig> upstreams = new ArrayList<>();
        List<ModelConfig> models = new ArrayList<>();
        KINDS.forEach((name, kind) -> {
            Set<Api> apis =
                    kind == UpstreamKind.ANTHROPIC ? EnumSet.of(Api.MESSAGES) : EnumSet.of(Api.CHAT, Api.EMBEDDINGS);
            upstreams.add(
                    new UpstreamConfig(name, kind, apis, upstream, new Secret(Fixture.UPSTREAM_KEY), Timeouts.DEFAULT));
            models.add(ModelConfig.of("at-" + name, name));
        });
        models.add(new ModelConfig("small", "openai", "small", null, "small"));
        return GatewayConfig.of(
                ServerConfig.DEFAULT,
                upstreams,
                models,
                RoutingConfig.of(new ProfileSource.Loaded(TinyProfile.create())));
    }

    static Stream<Arguments> everyKindInEveryApi() {
        return KINDS.keySet().stream().sorted().flatMap(kind -> APIS.stream().map(api -> Arguments.of(kind, api)));
    }

    @ParameterizedTest
    @MethodSource("everyKindInEveryApi")
    void aText(String kind, Api api) throws Exception {
        Heard expected = new Heard("Hello, 世界!", List.of(), stop(api, false), 12, 7);
        assertThat(Heard.whole(api, ask(kind, "text.json", api, false))).isEqualTo(expected);
        assertThat(Heard.streamed(api, ask(kind, "text.sse", api, true))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("everyKindInEveryApi")
    void callsOfTools(String kind, Api api) throws Exception {
        Heard expected = new Heard("", CALLS, stop(api, true), 12, 7);
        assertThat(Heard.whole(api, ask(kind, "tools.json", api, false))).isEqualTo(expected);
        assertThat(Heard.streamed(api, ask(kind, "tools.sse", api, true))).isEqualTo(expected);
    }

    private static String stop(Api api, boolean calls) {
        return switch (api) {
            case CHAT, EMBEDDINGS -> calls ? "tool_calls" : "stop";
            case MESSAGES -> calls ? "tool_use" : "end_turn";
            case RESPONSES -> "completed";
        };
    }

    @ParameterizedTest
    @MethodSource("everyKindInEveryApi")
    void anError(String kind, Api api) throws Exception {
        int status = ERROR_STATUS.getOrDefault(kind, 0);
        answer(kind, "error.json", status, "application/json");
        HttpResponse<String> response = fixture.post(path(api), body(api, "at-" + kind, false));
        assertThat(response.statusCode()).isEqualTo(status);
        JsonNode body = JSON.readTree(response.body());
        assertThat(body.path("error").path("message").asText()).isNotBlank();
        assertThat(body.path("error").path("type").asText()).isNotBlank();
        assertThat(body.path("type").asText()).isEqualTo(api == Api.MESSAGES ? "error" : "");
        if (kind.equals("anthropic")) {
            assertThat(body.path("error").path("type").asText()).isEqualTo("overloaded_error");
        }
    }

    @ParameterizedTest
    @MethodSource("everyKindInEveryApi")
    void anUpstreamThatBreaksOffInTheMiddle(String kind, Api api) throws Exception {
        String whole = text(kind, "text.sse");
        String cut = whole.substring(0, whole.lastIndexOf("\n\n", whole.length() / 2) + 2);
        fixture.upstream.forget();
        fixture.upstream.answers(response -> {
            response.putHeader("content-type", "text/event-stream")
                    .setChunked(true)
                    .write(cut);
            response.reset();
        });
        HttpResponse<String> response = fixture.post(path(api), body(api, "at-" + kind, true));
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode last = Heard.events(response.body()).getLast();
        switch (api) {
            case CHAT, EMBEDDINGS ->
                assertThat(last.path("error").path("code").asText()).isEqualTo("upstream_unavailable");
            case RESPONSES -> {
                assertThat(last.path("type").asText()).isEqualTo("response.failed");
                assertThat(last.path("response").path("error").path("code").asText())
                        .isEqualTo("upstream_unavailable");
                assertThat(last.path("sequence_number").asInt())
                        .isEqualTo(Heard.events(response.body()).size() - 1);
            }
            case MESSAGES ->
                assertThat(last.path("error").path("type").asText()).isEqualTo("api_error");
        }
    }

    /** Asks, and checks what reached the upstream. */
    private String ask(String kind, String file, Api api, boolean streams) throws Exception {
        answer(kind, file, 200, streams ? "text/event-stream; charset=utf-8" : "application/json");
        HttpResponse<String> response = fixture.post(
                path(api), body(api, "at-" + kind, streams), "x-api-key", "canary-client", "accept-encoding", "gzip");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(Fixture.header(response, "content-type"))
                .startsWith(streams ? "text/event-stream" : "application/json");
        FakeUpstream.Seen seen = fixture.upstream.next();
        boolean anthropic = kind.equals("anthropic");
        assertThat(seen.path()).isEqualTo(anthropic ? "/v1/messages" : "/v1/chat/completions");
        assertThat(seen.headers().get("x-api-key")).isEqualTo(anthropic ? Fixture.UPSTREAM_KEY : null);
        assertThat(seen.headers().get("authorization")).isEqualTo(anthropic ? null : "Bearer " + Fixture.UPSTREAM_KEY);
        assertThat(seen.headers().get("anthropic-version")).isEqualTo(anthropic ? "2023-06-01" : null);
        JsonNode body = JSON.readTree(seen.body().getBytes());
        assertThat(body.path("model").asText()).isEqualTo("at-" + kind);
        assertThat(body.path("stream").asBoolean(false)).isEqualTo(streams);
        assertThat(seen.body().toString()).contains("Greet the world");
        return response.body();
    }

    private void answer(String kind, String file, int status, String type) throws IOException {
        Buffer body = Buffer.buffer(text(kind, file));
        fixture.upstream.forget();
        fixture.upstream.answers(response -> {
            response.setStatusCode(status).putHeader("content-type", type).setChunked(true);
            for (int i = 0; i < body.length(); i += 7) {
                response.write(body.getBuffer(i, Math.min(body.length(), i + 7)));
            }
            response.end();
        });
    }

    private static String text(String kind, String file) throws IOException {
        try (InputStream in = WireFormatsTest.class.getResourceAsStream("/wire/" + kind + "/" + file)) {
            if (in == null) {
                throw new AssertionError("no answer " + kind + "/" + file);
            }
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private static String path(Api api) {
        return "/v1" + api.path();
    }

    private static String body(Api api, String model, boolean streams) {
        String head = "{\"model\":\"" + model + "\",\"stream\":" + streams + ",";
        return head
                + switch (api) {
                    case CHAT, EMBEDDINGS ->
                        "\"stream_options\":{\"include_usage\":true},\"messages\":[{\"role\":\"user\",\"content\":\"Greet the world\"}]}";
                    case MESSAGES ->
                        "\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"Greet the world\"}]}";
                    case RESPONSES -> "\"input\":\"Greet the world\"}";
                };
    }
}
