package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.config.ModelConfig;
import dev.tagrouter.gateway.config.UpstreamConfig;
import dev.tagrouter.gateway.config.UpstreamKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example of a configuration, read as it stands and driven over servers that speak as its upstreams do. */
class PresetsTest {
    private static final Path EXAMPLES = Path.of("../examples/serve");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> KEYS =
            Map.of("OPENAI_API_KEY", "key-one", "ANTHROPIC_API_KEY", "key-two", "GEMINI_API_KEY", "key-three");

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static GatewayConfig read(Path file) {
        try {
            return GatewayConfig.read(file, KEYS);
        } catch (Exception e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }

    @Test
    void theAuthorsReleasedModelsAreAllThere() {
        GatewayConfig config = read(EXAMPLES.resolve("jiuzhou.yaml"));
        assertThat(config.models().stream().map(PresetsTest::upstreamModel))
                .containsExactlyInAnyOrder(
                        "itpossible/JiuZhou-Instruct-v0.1",
                        "itpossible/JiuZhou-Instruct-v0.2",
                        "itpossible/JiuZhou-base",
                        "itpossible/Chinese-Mistral-7B-v0.1",
                        "itpossible/Chinese-Mistral-7B-Instruct-v0.1",
                        "itpossible/Chinese-Mistral-7B-Instruct-v0.2",
                        "itpossible/ClimateChat",
                        "itpossible/Prepared-Llama");
        assertThat(config.tagger()).isNotNull();
        assertThat(config.tagger().model()).isEqualTo("itpossible/TagGenerator");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyModelOfAnExampleAnswers(Path example) throws Exception {
        GatewayConfig config = read(example);
        List<String> served =
                config.models().stream().map(PresetsTest::upstreamModel).toList();
        try (VllmStub stub = new VllmStub(served);
                Fixture fixture = new Fixture(anthropic -> over(config, stub.baseUrl(), anthropic))) {
            String message = text("/wire/anthropic/text.json");
            fixture.upstream.answers(response ->
                    response.putHeader("content-type", "application/json").end(message));
            for (ModelConfig model : config.models()) {
                if (upstream(config, model).kind() == UpstreamKind.ANTHROPIC) {
                    assertThat(Heard.whole(
                                            Api.CHAT,
                                            fixture.chat(model.name(), "Hello").body())
                                    .text())
                            .isEqualTo("Hello, 世界!");
                } else {
                    answers(fixture, model);
                }
            }
            assertThat(String.join("\n", fixture.startLines)).doesNotContain("key-one", "key-two", "key-three");
        }
    }

    private static void answers(Fixture fixture, ModelConfig model) throws Exception {
        Heard expected = new Heard(upstreamModel(model) + " heard Hello", List.of(), "stop", 12, 7);
        assertThat(Heard.whole(Api.CHAT, fixture.chat(model.name(), "Hello").body()))
                .isEqualTo(expected);
        String streaming = Fixture.body(model.name(), "Hello")
                .replaceFirst("\\{", "{\"stream\":true,\"stream_options\":{\"include_usage\":true},");
        assertThat(Heard.streamed(
                        Api.CHAT,
                        fixture.post("/v1/chat/completions", streaming).body()))
                .isEqualTo(expected);
        HttpResponse<String> refused = fixture.chat(model.name(), "fail");
        assertThat(refused.statusCode()).isEqualTo(400);
        JsonNode error = JSON.readTree(refused.body()).path("error");
        assertThat(error.path("message").asText()).contains("maximum context length");
        assertThat(error.path("type").asText()).isEqualTo("BadRequestError");
    }

    private static String upstreamModel(ModelConfig model) {
        return model.upstreams().getFirst().upstreamModel();
    }

    private static UpstreamConfig upstream(GatewayConfig config, ModelConfig model) {
        return config.upstreams().stream()
                .filter(upstream ->
                        upstream.name().equals(model.upstreams().getFirst().upstream()))
                .findFirst()
                .orElseThrow();
    }

    /** The same configuration with other addresses. */
    private static GatewayConfig over(GatewayConfig config, URI openAi, URI anthropic) {
        List<UpstreamConfig> upstreams = config.upstreams().stream()
                .map(from -> new UpstreamConfig(
                        from.name(),
                        from.kind(),
                        from.apis(),
                        from.kind() == UpstreamKind.ANTHROPIC ? anthropic : openAi,
                        from.apiKey(),
                        from.timeouts()))
                .toList();
        return config.withFound(upstreams, config.models());
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = PresetsTest.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new AssertionError("no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
