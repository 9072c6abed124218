package dev.tagrouter.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.gateway.config.Api;
import java.util.regex.Pattern;

/** A request of Anthropic's Messages, asked of an upstream that speaks chat completions. */
final class MessagesOverChat implements Translation {
    private static final Pattern ANTHROPIC_ID = Pattern.compile("[a-zA-Z0-9_-]+");

    private final ToolNames names;

    /** @param names of the tools in the request, as it was translated */
    MessagesOverChat(ToolNames names) {
        this.names = names;
    }

    @Override
    public Api upstreamApi() {
        return Api.CHAT;
    }

    @Override
    public ErrorShape errorShape() {
        return ErrorShape.ANTHROPIC;
    }

    @Override
    public ObjectNode answer(ObjectNode chat) throws Garbled {
        JsonNode choice = Chat.choice(chat);
        JsonNode said = choice.path("message");
        ObjectNode answer = head(Json.text(chat, "id"), Json.text(chat, "model"));
        ArrayNode content = (ArrayNode) answer.path("content");
        String text = Chat.content(said) + Json.text(said, "refusal");
        if (!text.isBlank()) { // Anthropic refuses blank ones where they come back.
            content.addObject().put("type", "text").put("text", text);
        }
        boolean cut = Json.text(choice, "finish_reason").equals("length");
        for (JsonNode call : said.path("tool_calls")) {
            String name = names.here(Json.text(call.path("function"), "name"));
            toolUse(content.addObject(), Json.text(call, "id"), name)
                    .set("input", input(Json.text(call.path("function"), "arguments"), cut));
        }
        putStop(answer, choice, content);
        answer.set("usage", usage(chat.path("usage")));
        return answer;
    }

    /** An answer that was cut off may end within a tool's arguments: nobody may take them for all there is. */
    private static JsonNode input(String arguments, boolean cut) throws Garbled {
        JsonNode input = arguments.isBlank() ? Json.object() : Json.read(arguments);
        if (input != null && input.isObject()) {
            return input;
        }
        if (cut) {
            return Json.object();
        }
        throw new Garbled("a tool's arguments are no JSON object");
    }

    static ObjectNode head(String id, String model) {
        ObjectNode answer = Json.object()
                .put("id", "msg_" + id.replaceFirst("^chatcmpl-", ""))
                .put("type", "message")
                .put("role", "assistant")
                .put("model", model);
        answer.putArray("content");
        return answer.putNull("stop_reason").putNull("stop_sequence");
    }

    static ObjectNode toolUse(ObjectNode block, String id, String name) {
        return block.put("type", "tool_use").put("id", callId(id)).put("name", name);
    }

    /** Anthropic takes fewer characters in an id than some servers put there; two different ones stay different. */
    static String callId(String id) {
        return ANTHROPIC_ID.matcher(id).matches() ? id : id.replaceAll("[^a-zA-Z0-9_-]", "_") + "_" + Chat.digest(id);
    }

    private static void putStop(ObjectNode answer, JsonNode choice, ArrayNode content) {
        boolean calls = !content.isEmpty()
                && Json.text(content.get(content.size() - 1), "type").equals("tool_use");
        putStop(answer, Json.text(choice, "finish_reason"), choice.path("stop_reason"), calls);
    }

    /**
     * @param stop the stop sequence that was met, where the server is one that says so (vLLM)
     * @param calls whether tools were called, which some servers do not say in {@code finish_reason}
     */
    static void putStop(ObjectNode to, String finishReason, JsonNode stop, boolean calls) {
        String reason = switch (finishReason) {
            case "length" -> "max_tokens";
            case "content_filter" -> "refusal";
            case "tool_calls", "function_call" -> "tool_use";
            default -> calls ? "tool_use" : stop.isTextual() ? "stop_sequence" : "end_turn";
        };
        to.put("stop_reason", reason);
        to.put("stop_sequence", reason.equals("stop_sequence") ? stop.textValue() : null);
    }

    /** Anthropic counts what was read from a cache apart from the other input. */
    static ObjectNode usage(JsonNode chat) {
        long cached = chat.path("prompt_tokens_details").path("cached_tokens").asLong(0);
        return Json.object()
                .put("input_tokens", Math.max(0, chat.path("prompt_tokens").asLong(0) - cached))
                .put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", cached)
                .put("output_tokens", chat.path("completion_tokens").asLong(0));
    }

    @Override
    public Stream stream() {
        return new ChatToMessagesStream(names);
    }
}
