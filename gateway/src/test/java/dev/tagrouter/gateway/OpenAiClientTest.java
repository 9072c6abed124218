package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.models.Model;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The official client, unchanged but for its base URL. */
class OpenAiClientTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private Fixture fixture;
    private OpenAIClient client;

    @BeforeEach
    void start() throws Exception {
        fixture = new Fixture();
        client = OpenAIOkHttpClient.builder()
                .baseUrl(fixture.uri("/v1").toString())
                .apiKey("client-key")
                .maxRetries(0)
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        fixture.close();
    }

    private static ChatCompletionCreateParams.Builder request(String model) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage("write sql");
    }

    @Test
    void plain() {
        ChatCompletion answer =
                client.chat().completions().create(request("auto").build());
        assertThat(answer.choices().getFirst().message().content()).contains("hi");
    }

    @Test
    void streaming() throws Exception {
        fixture.upstream.answersEvents(
                chunk("{\"role\":\"assistant\",\"content\":\"Hel\"}"), chunk("{\"content\":\"lo\"}"), "[DONE]");
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(request("auto").build())) {
            String text = stream.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .map(choice -> choice.delta().content().orElse(""))
                    .collect(Collectors.joining());
            assertThat(text).isEqualTo("Hello");
        }
        assertThat(JSON.readTree(fixture.upstream.next().body().getBytes())
                        .path("stream")
                        .asBoolean())
                .isTrue();
    }

    private static String chunk(String delta) {
        return "{\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"delta\":" + delta + ",\"finish_reason\":null}]}";
    }

    @Test
    void tools() throws Exception {
        fixture.upstream.answers(response -> response.putHeader("content-type", "application/json")
                .end(
                        "{\"id\":\"1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                                + "\"message\":{\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"tool_calls\":[{"
                                + "\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"lookup\","
                                + "\"arguments\":\"{\\\"table\\\":\\\"t\\\"}\"}}]},\"logprobs\":null,"
                                + "\"finish_reason\":\"tool_calls\"}]}"));
        ChatCompletionFunctionTool tool = ChatCompletionFunctionTool.builder()
                .function(FunctionDefinition.builder()
                        .name("lookup")
                        .description("looks \"it\" up, ünï")
                        .parameters(FunctionParameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .putAdditionalProperty(
                                        "properties", JsonValue.from(Map.of("table", Map.of("type", "string"))))
                                .build())
                        .build())
                .build();
        ChatCompletion answer = client.chat()
                .completions()
                .create(request("auto")
                        .addTool(tool)
                        .putAdditionalBodyProperty("seed", JsonValue.from(7))
                        .build());
        assertThat(answer.choices()
                        .getFirst()
                        .message()
                        .toolCalls()
                        .orElseThrow()
                        .getFirst()
                        .asFunction()
                        .function()
                        .arguments())
                .isEqualTo("{\"table\":\"t\"}");
        JsonNode sent = JSON.readTree(fixture.upstream.next().body().getBytes());
        assertThat(sent.path("tools").toString())
                .isEqualTo("[{\"function\":{\"name\":\"lookup\",\"description\":\"looks \\\"it\\\" up, ünï\","
                        + "\"parameters\":{\"type\":\"object\",\"properties\":{\"table\":{\"type\":\"string\"}}}},"
                        + "\"type\":\"function\"}]");
        assertThat(sent.path("seed").asInt()).isEqualTo(7);
    }

    @Test
    void theModelNameTunesTheta() {
        ChatCompletionCreateParams cheapest = request("auto:-1").build();
        try (HttpResponseFor<ChatCompletion> response =
                client.chat().completions().withRawResponse().create(cheapest)) {
            assertThat(response.headers().values("x-tagrouter-model")).containsExactly("small");
        }
    }

    @Test
    void modelsAndErrors() {
        List<String> ids = client.models().list().data().stream().map(Model::id).toList();
        assertThat(ids).startsWith("auto", "small");
        assertThatThrownBy(() ->
                        client.chat().completions().create(request("gpt-9").build()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("there is no model 'gpt-9'");
    }
}
