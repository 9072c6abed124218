package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Anthropic's official client, unchanged but for its base URL, over a server that speaks chat completions. */
class AnthropicClientTest {
    private VllmStub stub;
    private Fixture fixture;
    private AnthropicClient client;

    @BeforeEach
    void start() throws Exception {
        stub = new VllmStub(List.of("small", "coder", "strong"));
        fixture = new Fixture(upstream -> StubConfig.routed(stub.baseUrl()));
        client = AnthropicOkHttpClient.builder()
                .baseUrl(fixture.uri("").toString())
                .apiKey("client-key")
                .maxRetries(0)
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        fixture.close();
        stub.close();
    }

    private static MessageCreateParams.Builder request(String model, String text) {
        return MessageCreateParams.builder().model(model).maxTokens(64).addUserMessage(text);
    }

    private static Tool lookup() {
        return Tool.builder()
                .name("lookup")
                .description("looks a table up")
                .inputSchema(Tool.InputSchema.builder()
                        .properties(Tool.InputSchema.Properties.builder()
                                .putAdditionalProperty("table", JsonValue.from(Map.of("type", "string")))
                                .build())
                        .build())
                .build();
    }

    @Test
    void plain() {
        Message answer = client.messages()
                .create(request("auto", "write sql").system("Be brief.").build());
        assertThat(answer.content().getFirst().asText().text()).isEqualTo("coder heard write sql");
        assertThat(answer.stopReason()).contains(StopReason.END_TURN);
        assertThat(answer.usage().inputTokens()).isEqualTo(12);
        assertThat(answer.usage().outputTokens()).isEqualTo(7);
    }

    @Test
    void streaming() {
        Message answer = streamed(request("small", "Hello").build());
        assertThat(answer.content().getFirst().asText().text()).isEqualTo("small heard Hello");
        assertThat(answer.stopReason()).contains(StopReason.END_TURN);
        assertThat(answer.usage().outputTokens()).isEqualTo(7);
    }

    private Message streamed(MessageCreateParams request) {
        MessageAccumulator accumulator = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(request)) {
            stream.stream().forEach(accumulator::accumulate);
        }
        return accumulator.message();
    }

    @Test
    void tools() {
        MessageCreateParams asked =
                request("small", "How many orders?").addTool(lookup()).build();
        for (Message answer : List.of(client.messages().create(asked), streamed(asked))) {
            assertThat(answer.stopReason()).contains(StopReason.TOOL_USE);
            ContentBlock block = answer.content().getLast();
            assertThat(block.asToolUse().name()).isEqualTo("lookup");
            assertThat(block.asToolUse()._input()).isEqualTo(JsonValue.from(Map.of("table", "orders")));
        }
    }

    @Test
    void errors() {
        assertThatThrownBy(() ->
                        client.messages().create(request("claude-9", "Hello").build()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("there is no model 'claude-9'");
        assertThatThrownBy(
                        () -> client.messages().create(request("small", "fail").build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("maximum context length");
    }
}
