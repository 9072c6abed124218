package dev.tagrouter.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;

/** A stream of Anthropic's Messages as one of chat completions. */
final class MessagesToChatStream implements Translation.Stream {
    private final Function<JsonNode, ObjectNode> headOf;
    private final boolean tellsUsage;
    private final ObjectNode usage = Json.object();
    private ObjectNode head = Json.object();
    private int calls = -1;
    private boolean argumentsGiven;
    /** A call is open that no arguments have been told of. */
    private boolean argumentsMissing;

    private boolean begun;
    private boolean stopped;

    /**
     * @param headOf from a message to the members that every chunk begins with
     * @param tellsUsage whether the client asked for the usage
     */
    MessagesToChatStream(Function<JsonNode, ObjectNode> headOf, boolean tellsUsage) {
        this.headOf = headOf;
        this.tellsUsage = tellsUsage;
    }

    @Override
    public void event(JsonNode event, Events out) throws Garbled {
        String type = Json.text(event, "type");
        if (!begun && !type.equals("message_start") && !type.equals("ping")) {
            throw new Garbled("it does not begin with message_start");
        }
        switch (type) {
            case "message_start" -> begin(event.path("message"), out);
            case "content_block_start" -> blockStart(event.path("content_block"), out);
            case "content_block_delta" -> blockDelta(event.path("delta"), out);
            case "content_block_stop" -> blockStop(out);
            case "message_delta" -> {
                count(event.path("usage"));
                String reason = Json.text(event.path("delta"), "stop_reason");
                if (!reason.isEmpty()) {
                    chunk(Json.object(), ChatOverMessages.finishReason(reason), out);
                }
            }
            case "message_stop" -> stopped = true;
            default -> {} // Pings, and what Anthropic may add: its clients are told to expect that.
        }
    }

    private void begin(JsonNode message, Events out) {
        begun = true;
        head = headOf.apply(message);
        count(message.path("usage"));
        chunk(Json.object().put("role", "assistant").put("content", ""), "", out);
    }

    /** What a later event says of a number replaces what an earlier one said: they are totals. */
    private void count(JsonNode counted) {
        if (counted instanceof ObjectNode object) {
            usage.setAll(object);
        }
    }

    private void blockStart(JsonNode block, Events out) {
        argumentsGiven = false;
        argumentsMissing = false;
        switch (Json.text(block, "type")) {
            case "tool_use" -> {
                calls++;
                ObjectNode call = call().put("id", Json.text(block, "id")).put("type", "function");
                JsonNode input = block.path("input");
                // Complete here already where a server does not stream it.
                argumentsGiven = input.isObject() && !input.isEmpty();
                call.putObject("function")
                        .put("name", Json.text(block, "name"))
                        .put("arguments", argumentsGiven ? Json.text(input) : "");
                argumentsMissing = !argumentsGiven;
                callChunk(call, out);
            }
            case "text" -> text(Json.text(block, "text"), out);
            default -> {} // Thinking has no place in chat completions.
        }
    }

    private void blockDelta(JsonNode delta, Events out) {
        switch (Json.text(delta, "type")) {
            case "text_delta" -> text(Json.text(delta, "text"), out);
            case "input_json_delta" -> {
                String arguments = Json.text(delta, "partial_json");
                if (calls >= 0 && !argumentsGiven && !arguments.isEmpty()) {
                    arguments(arguments, out);
                }
            }
            default -> {} // Thinking, signatures, citations.
        }
    }

    /** Arguments are a JSON text, so a call without any has an empty object. */
    private void blockStop(Events out) {
        if (argumentsMissing) {
            arguments("{}", out);
        }
        argumentsGiven = true;
    }

    private void arguments(String arguments, Events out) {
        argumentsMissing = false;
        ObjectNode call = call();
        call.putObject("function").put("arguments", arguments);
        callChunk(call, out);
    }

    private ObjectNode call() {
        return Json.object().put("index", calls);
    }

    private void callChunk(ObjectNode call, Events out) {
        ObjectNode delta = Json.object();
        delta.putArray("tool_calls").add(call);
        chunk(delta, "", out);
    }

    private void text(String text, Events out) {
        if (!text.isEmpty()) {
            chunk(Json.object().put("content", text), "", out);
        }
    }

    private void chunk(ObjectNode delta, String finishReason, Events out) {
        ObjectNode chunk = head.deepCopy();
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs").put("finish_reason", finishReason.isEmpty() ? null : finishReason);
        if (tellsUsage) {
            chunk.putNull("usage");
        }
        out.add(chunk);
    }

    @Override
    public void finish(Events out) throws Garbled {
        if (!stopped) {
            throw new Garbled("it ended before it was finished");
        }
        if (tellsUsage) {
            ObjectNode chunk = head.deepCopy();
            chunk.putArray("choices");
            chunk.set("usage", ChatOverMessages.usage(usage));
            out.add(chunk);
        }
        out.addDone();
    }
}
