package dev.tagrouter.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A stream of chat completions as one of Anthropic's Messages: one block after the other, each closed before the next.
 *
 * <p>Why it ended and what it used is told at the end, since chat completions tell the usage after the reason.
 */
final class ChatToMessagesStream implements Translation.Stream {
    private static final String TEXT = "text";

    private final ToolNames names;
    private int index = -1;
    /** What is open: "" for nothing, {@value #TEXT}, or a tool call's key. */
    private String open = "";

    /** What a text begins with before it says anything: Anthropic refuses blank ones where they come back. */
    private final StringBuilder blanks = new StringBuilder();

    private final Set<String> closed = new HashSet<>();
    private final Map<String, String> keyByPlace = new HashMap<>();
    private boolean begun;
    private boolean calls;
    private String finishReason = "";
    private JsonNode stop = MissingNode.getInstance();
    private JsonNode usage = MissingNode.getInstance();

    /** @param names of the tools in the request, as it was translated */
    ChatToMessagesStream(ToolNames names) {
        this.names = names;
    }

    @Override
    public void event(JsonNode chunk, Events out) throws Garbled {
        if (!begun && Chat.saysNothing(chunk)) {
            return;
        }
        if (!begun) {
            begun = true;
            ObjectNode message = MessagesOverChat.head(Json.text(chunk, "id"), Json.text(chunk, "model"));
            message.set("usage", MessagesOverChat.usage(chunk.path("usage")));
            ObjectNode start = Json.object().put("type", "message_start");
            start.set("message", message);
            out.addTyped(start);
            ping(out);
        }
        if (Json.has(chunk, "usage")) {
            usage = chunk.path("usage");
        }
        JsonNode choice = chunk.path("choices").path(0);
        JsonNode delta = choice.path("delta");
        text(Chat.content(delta) + Json.text(delta, "refusal"), out);
        for (JsonNode call : delta.path("tool_calls")) {
            call(call, out);
        }
        if (Json.has(choice, "finish_reason")) {
            finishReason = Json.text(choice, "finish_reason");
            stop = choice.path("stop_reason");
        }
    }

    @Override
    public void ping(Events out) {
        out.addTyped(Json.object().put("type", "ping"));
    }

    private void text(String text, Events out) {
        if (text.isEmpty()) {
            return;
        }
        String all = text;
        if (!open.equals(TEXT)) {
            blanks.append(text);
            if (text.isBlank()) {
                return;
            }
            all = blanks.toString();
            start(TEXT, Json.object().put("type", "text").put("text", ""), out);
        }
        delta(out, Json.object().put("type", "text_delta").put("text", all));
    }

    private void call(JsonNode call, Events out) throws Garbled {
        String key = key(call);
        JsonNode function = call.path("function");
        if (!open.equals(key)) {
            if (closed.contains(key)) {
                throw new Garbled("it goes back to a tool call that it had left");
            }
            calls = true;
            ObjectNode block = MessagesOverChat.toolUse(
                    Json.object(), Json.text(call, "id"), names.here(Json.text(function, "name")));
            block.putObject("input");
            start(key, block, out);
        }
        String arguments = Json.text(function, "arguments");
        if (!arguments.isEmpty()) {
            delta(out, Json.object().put("type", "input_json_delta").put("partial_json", arguments));
        }
    }

    /** The call's place; some servers give all calls the same one, so that only a new id tells a new call. */
    private String key(JsonNode call) {
        String id = Json.text(call, "id");
        String place = "tool " + call.path("index").asInt(0) + " ";
        String key = id.isEmpty() ? keyByPlace.getOrDefault(place, place) : place + id;
        keyByPlace.put(place, key);
        return key;
    }

    private void start(String key, ObjectNode block, Events out) {
        close(out);
        blanks.setLength(0);
        open = key;
        index++;
        ObjectNode start = Json.object().put("type", "content_block_start").put("index", index);
        start.set("content_block", block);
        out.addTyped(start);
    }

    private void delta(Events out, ObjectNode delta) {
        ObjectNode event = Json.object().put("type", "content_block_delta").put("index", index);
        event.set("delta", delta);
        out.addTyped(event);
    }

    private void close(Events out) {
        if (!open.isEmpty()) {
            out.addTyped(Json.object().put("type", "content_block_stop").put("index", index));
            if (!open.equals(TEXT)) {
                closed.add(open);
            }
            open = "";
        }
    }

    /** Some servers leave out why it ended. */
    @Override
    public void done() {
        if (begun && finishReason.isEmpty()) {
            finishReason = calls ? "tool_calls" : "stop";
        }
    }

    @Override
    public void finish(Events out) throws Garbled {
        if (finishReason.isEmpty()) {
            throw new Garbled("it ended before it was finished");
        }
        close(out);
        ObjectNode event = Json.object().put("type", "message_delta");
        MessagesOverChat.putStop(event.putObject("delta"), finishReason, stop, calls);
        event.set("usage", MessagesOverChat.usage(usage));
        out.addTyped(event);
        out.addTyped(Json.object().put("type", "message_stop"));
    }
}
