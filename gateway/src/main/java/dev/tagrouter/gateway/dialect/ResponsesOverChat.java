package dev.tagrouter.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.gateway.config.Api;
import java.time.InstantSource;
import java.util.List;

/** A request of OpenAI's Responses, asked of an upstream that is asked for chat completions. */
final class ResponsesOverChat implements Translation {
    /** What a response repeats of its request. */
    private static final List<String> REPEATED = List.of(
            "instructions",
            "max_output_tokens",
            "metadata",
            "parallel_tool_calls",
            "reasoning",
            "temperature",
            "text",
            "tool_choice",
            "tools",
            "top_p",
            "user");

    private final ObjectNode repeated = Json.object();
    private final InstantSource clock;

    /**
     * @param responses the client's request
     * @param clock when the response was made, where the upstream does not say
     */
    ResponsesOverChat(ObjectNode responses, InstantSource clock) {
        for (String member : REPEATED) {
            Json.copy(responses, member, repeated);
        }
        this.clock = clock;
    }

    @Override
    public Api upstreamApi() {
        return Api.CHAT;
    }

    @Override
    public ErrorShape errorShape() {
        return ErrorShape.RESPONSES;
    }

    @Override
    public ObjectNode answer(ObjectNode chat) throws Garbled {
        JsonNode choice = Chat.choice(chat);
        JsonNode said = choice.path("message");
        ObjectNode response = head(chat);
        ArrayNode output = (ArrayNode) response.path("output");
        String finishReason = Json.text(choice, "finish_reason");
        String status = status(finishReason);
        if (Json.has(said, "content") || Json.has(said, "refusal")) {
            ObjectNode item = message(Json.text(response, "id"), output.size(), status);
            ArrayNode content = (ArrayNode) item.path("content");
            if (Json.has(said, "content")) {
                content.add(text(Chat.content(said)));
            }
            if (Json.has(said, "refusal")) {
                content.add(refusal(Json.text(said, "refusal")));
            }
            output.add(item);
        }
        for (JsonNode call : said.path("tool_calls")) {
            JsonNode function = call.path("function");
            output.add(call(Json.text(call, "id"), Json.text(function, "name"), status)
                    .put("arguments", Json.text(function, "arguments")));
        }
        finish(response, finishReason, chat.path("usage"));
        return response;
    }

    /** A response that has begun. */
    ObjectNode head(JsonNode chat) {
        ObjectNode response = Json.object()
                .put("id", "resp_" + Json.text(chat, "id").replaceFirst("^chatcmpl-", ""))
                .put("object", "response")
                .put("created_at", chat.path("created").asLong(clock.millis() / 1000))
                .put("status", "in_progress")
                .put("background", false)
                .putNull("error")
                .putNull("incomplete_details")
                .put("model", Json.text(chat, "model"));
        response.putArray("output");
        response.putNull("previous_response_id").put("store", false).put("truncation", "disabled");
        response.putNull("usage").putNull("instructions").putNull("max_output_tokens");
        response.putNull("temperature").putNull("top_p").putNull("user");
        response.put("parallel_tool_calls", true).put("tool_choice", "auto");
        response.putArray("tools");
        response.putObject("metadata");
        response.putObject("reasoning").putNull("effort").putNull("summary");
        response.putObject("text").putObject("format").put("type", "text");
        for (String member : REPEATED) {
            Json.copy(repeated, member, response);
        }
        return response;
    }

    /** An item for the assistant's words, without any yet. */
    static ObjectNode message(String responseId, int index, String status) {
        ObjectNode item = Json.object()
                .put("id", "msg_" + responseId.replaceFirst("^resp_", "") + "_" + index)
                .put("type", "message")
                .put("status", status)
                .put("role", "assistant");
        item.putArray("content");
        return item;
    }

    static ObjectNode text(String text) {
        ObjectNode part = Json.object().put("type", "output_text").put("text", text);
        part.putArray("annotations");
        part.putArray("logprobs");
        return part;
    }

    static ObjectNode refusal(String text) {
        return Json.object().put("type", "refusal").put("refusal", text);
    }

    /** An item for a call of a tool, without arguments. */
    static ObjectNode call(String callId, String name, String status) {
        return Json.object()
                .put("id", "fc_" + callId)
                .put("type", "function_call")
                .put("status", status)
                .put("call_id", callId)
                .put("name", name)
                .put("arguments", "");
    }

    static String status(String finishReason) {
        return switch (finishReason) {
            case "length", "content_filter" -> "incomplete";
            default -> "completed";
        };
    }

    static void finish(ObjectNode response, String finishReason, JsonNode usage) {
        response.put("status", status(finishReason));
        if (status(finishReason).equals("incomplete")) {
            response.putObject("incomplete_details")
                    .put("reason", finishReason.equals("length") ? "max_output_tokens" : finishReason);
        }
        if (usage.isObject()) {
            response.set("usage", usage(usage));
        }
    }

    static void fail(ObjectNode response, String code, String message, JsonNode usage) {
        response.put("status", "failed");
        response.putObject("error").put("code", code).put("message", message);
        if (usage.isObject()) {
            response.set("usage", usage(usage));
        }
    }

    private static ObjectNode usage(JsonNode chat) {
        ObjectNode usage =
                Json.object().put("input_tokens", chat.path("prompt_tokens").asLong(0));
        usage.putObject("input_tokens_details")
                .put(
                        "cached_tokens",
                        chat.path("prompt_tokens_details").path("cached_tokens").asLong(0));
        usage.put("output_tokens", chat.path("completion_tokens").asLong(0));
        usage.putObject("output_tokens_details")
                .put(
                        "reasoning_tokens",
                        chat.path("completion_tokens_details")
                                .path("reasoning_tokens")
                                .asLong(0));
        return usage.put("total_tokens", chat.path("total_tokens").asLong(0));
    }

    @Override
    public Stream stream() {
        return new ChatToResponsesStream(this);
    }
}
