package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.tagrouter.core.testing.TinyProfile;
import dev.tagrouter.gateway.config.ConfigException;
import dev.tagrouter.gateway.config.GatewayConfig;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StartTest {
    private final List<String> lines = new ArrayList<>();

    private static GatewayConfig automatic(URI ollama) {
        return GatewayConfig.automatic()
                .withProfile(TinyProfile.create())
                .withOllama(ollama)
                .withPort(0);
    }

    private static URI nobody() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }

    @Test
    void withoutConfigurationTheDemonstrationAnswers() throws Exception {
        try (Gateway gateway = Gateway.start(automatic(nobody()), lines::add)) {
            assertThat(String.join("\n", lines))
                    .contains("upstream: demo at http://127.0.0.1:", "a DEMONSTRATION without a language model")
                    .contains("auto chooses between: small, coder, strong");
            OpenAIClient client = client(gateway);
            ChatCompletion answer = client.chat().completions().create(request("write sql"));
            assertThat(answer.choices().getFirst().message().content().orElseThrow())
                    .contains("demonstration without a language model", "the router chose coder");
            assertThat(answer.model()).isEqualTo("coder");
            assertThat(answer.usage().orElseThrow().completionTokens()).isPositive();
            assertDemonstrationStreams(client);
            assertDemonstrationHasNoEmbeddings(client);
        }
    }

    private static void assertDemonstrationHasNoEmbeddings(OpenAIClient client) {
        EmbeddingCreateParams embeddings = EmbeddingCreateParams.builder()
                .model("coder")
                .input("write sql")
                .build();
        assertThatThrownBy(() -> client.embeddings().create(embeddings))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("cannot be asked for embeddings");
    }

    private static void assertDemonstrationStreams(OpenAIClient client) {
        ChatCompletionCreateParams withUsage = request("write sql").toBuilder()
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(withUsage)) {
            List<ChatCompletionChunk> chunks = stream.stream().toList();
            String text = chunks.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .map(choice -> choice.delta().content().orElse(""))
                    .collect(Collectors.joining());
            assertThat(text).contains("the router chose coder for your request");
            assertThat(chunks.size()).isGreaterThan(20);
            assertThat(chunks.getLast().usage()).isPresent();
        }
    }

    private static ChatCompletionCreateParams request(String text) {
        return ChatCompletionCreateParams.builder()
                .model("auto")
                .addUserMessage(text)
                .build();
    }

    private static OpenAIClient client(Gateway gateway) {
        return OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + gateway.port() + "/v1")
                .apiKey("any")
                .maxRetries(0)
                .build();
    }

    @Test
    void aLocalOllamaIsUsedAndNamed() throws Exception {
        try (FakeUpstream ollama = new FakeUpstream()) {
            ollama.answers(response -> response.putHeader("content-type", "application/json")
                    .end("{\"models\":[{\"name\":\"Small:latest\"},{\"name\":\"co-der:q4_K_M\"},"
                            + "{\"name\":\"llama9\"}]}"));
            URI address = ollama.baseUrl().resolve("/");
            try (Gateway gateway = Gateway.start(automatic(address), lines::add)) {
                assertThat(ollama.next().path()).isEqualTo("/api/tags");
                assertThat(String.join("\n", lines))
                        .contains("upstream: ollama at " + address + "v1: a local Ollama, found by itself")
                        .contains("auto chooses between: Small:latest, co-der:q4_K_M")
                        .contains("served by name only, without evidence in the profile: llama9")
                        .doesNotContain("DEMONSTRATION");
                ollama.answers(response ->
                        response.putHeader("content-type", "application/json").end(FakeUpstream.PLAIN));
                client(gateway).chat().completions().create(request("write sql"));
                FakeUpstream.Seen seen = ollama.next();
                assertThat(seen.path()).isEqualTo("/v1/chat/completions");
                assertThat(seen.body().toString()).contains("co-der:q4_K_M");
            }
        }
    }

    @Test
    void whatOnlyMakesEmbeddingsIsNotWhoAnswersAllThatIsNotRouted() throws Exception {
        try (FakeUpstream ollama = new FakeUpstream()) {
            ollama.answers(response -> response.putHeader("content-type", "application/json")
                    .end("{\"models\":[{\"name\":\"nomic-embed-text:latest\"},"
                            + "{\"name\":\"other\",\"details\":{\"family\":\"bert\"}},{\"name\":\"llama9\"}]}"));
            try (Gateway gateway = Gateway.start(automatic(ollama.baseUrl().resolve("/")), lines::add)) {
                ollama.next();
                assertThat(lines).last().asString().startsWith("try: ").contains("\"model\":\"llama9\"");
                ollama.answers(response ->
                        response.putHeader("content-type", "application/json").end(FakeUpstream.PLAIN));
                client(gateway).chat().completions().create(request("write sql"));
                assertThat(ollama.next().body().toString()).contains("\"llama9\"");
            }
        }
    }

    @Test
    void whatAnswersOtherwiseIsNoOllama() throws Exception {
        try (FakeUpstream other = new FakeUpstream()) {
            other.answers(response -> response.end("<html>"));
            try (Gateway gateway = Gateway.start(automatic(other.baseUrl().resolve("/")), lines::add)) {
                assertThat(gateway.port()).isPositive();
            }
            other.answers(response -> {});
            try (Gateway gateway = Gateway.start(automatic(other.baseUrl().resolve("/")), lines::add)) {
                assertThat(gateway.port()).isPositive();
            }
            assertThat(lines).filteredOn(line -> line.contains("DEMONSTRATION")).hasSize(2);
        }
    }

    @Test
    void aPortInUseIsNamedWithTheRemedy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> Gateway.start(automatic(nobody()).withPort(port), lines::add))
                    .isInstanceOf(GatewayException.class)
                    .hasMessageContaining("port " + port + " on 127.0.0.1 is in use", "--port")
                    .hasMessageContaining("--port")
                    .message()
                    .doesNotContain("\n");
        }
    }

    @Test
    void strangersNeedAKey() throws Exception {
        GatewayConfig open = automatic(nobody()).withHost("0.0.0.0");
        assertThatThrownBy(() -> Gateway.start(open, lines::add))
                .isInstanceOf(ConfigException.class)
                .hasMessage("configuration: server.host: '0.0.0.0' lets other machines in, and there is no"
                        + " server.api_key; set one, such as api_key: ${TAGROUTER_KEY}, or bind 127.0.0.1");
    }

    @Test
    void aMissingProfileIsNamed() {
        assertThatThrownBy(() ->
                        Gateway.start(GatewayConfig.automatic().withPort(0).withProfile("no-such-profile"), lines::add))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("routing.profile: there is no built-in profile 'no-such-profile'");
    }
}
