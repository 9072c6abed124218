package dev.tagrouter.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.gateway.config.Api;
import java.time.InstantSource;

/** A request of chat completions, asked of an upstream that speaks Anthropic's Messages. */
final class ChatOverMessages implements Translation {
    private final boolean tellsUsage;
    private final InstantSource clock;

    /**
     * @param chat the client's request
     * @param clock when the answer was made, which Messages do not say
     */
    ChatOverMessages(ObjectNode chat, InstantSource clock) {
        this.tellsUsage = chat.path("stream_options").path("include_usage").asBoolean(false);
        this.clock = clock;
    }

    @Override
    public Api upstreamApi() {
        return Api.MESSAGES;
    }

    @Override
    public ErrorShape errorShape() {
        return ErrorShape.OPENAI;
    }

    @Override
    public ObjectNode answer(ObjectNode messages) throws Garbled {
        if (!messages.path("content").isArray()) {
            throw new Garbled("it has no content");
        }
        ObjectNode said = Json.object().put("role", "assistant");
        StringBuilder text = new StringBuilder();
        for (JsonNode block : messages.path("content")) {
            switch (Json.text(block, "type")) {
                case "text" -> text.append(Json.text(block, "text"));
                case "tool_use" ->
                    Chat.call(said, Json.text(block, "id"), Json.text(block, "name"), Json.text(block.path("input")));
                default -> {} // Thinking has no place in chat completions.
            }
        }
        said.put("content", text.isEmpty() && said.has("tool_calls") ? null : text.toString());
        said.putNull("refusal");
        ObjectNode answer = head("chat.completion", messages);
        ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
        choice.set("message", said);
        choice.putNull("logprobs").put("finish_reason", finishReason(Json.text(messages, "stop_reason")));
        answer.set("usage", usage(messages.path("usage")));
        return answer;
    }

    private ObjectNode head(String object, JsonNode message) {
        return Json.object()
                .put("id", "chatcmpl-" + Json.text(message, "id"))
                .put("object", object)
                .put("created", clock.millis() / 1000)
                .put("model", Json.text(message, "model"));
    }

    static String finishReason(String stopReason) {
        return switch (stopReason) {
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "tool_use" -> "tool_calls";
            case "refusal" -> "content_filter";
            default -> "stop";
        };
    }

    /** OpenAI counts what was read from a cache, or written to it, as part of the input. */
    static ObjectNode usage(JsonNode messages) {
        long cached = messages.path("cache_read_input_tokens").asLong(0);
        long input = messages.path("input_tokens").asLong(0)
                + messages.path("cache_creation_input_tokens").asLong(0)
                + cached;
        long output = messages.path("output_tokens").asLong(0);
        ObjectNode usage = Json.object()
                .put("prompt_tokens", input)
                .put("completion_tokens", output)
                .put("total_tokens", input + output);
        usage.putObject("prompt_tokens_details").put("cached_tokens", cached);
        return usage;
    }

    @Override
    public Stream stream() {
        return new MessagesToChatStream(message -> head("chat.completion.chunk", message), tellsUsage);
    }
}
