package dev.tagrouter.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stream of chat completions as one of Responses: items one after the other, each repeated whole when it is done, and
 * all of them in the last event. So what was said is kept, up to a limit.
 */
final class ChatToResponsesStream implements Translation.Stream {
    /** More than any model answers. */
    private static final int MOST_CHARACTERS = 16 << 20;

    private final ResponsesOverChat translation;
    private final Map<String, String> keyByPlace = new HashMap<>();
    private ObjectNode response = Json.object();
    private ArrayNode output = response.putArray("output");
    private long sequence;
    private boolean begun;
    private @Nullable Item open;
    private String finishReason = "";
    private JsonNode usage = MissingNode.getInstance();

    /** An item under way; {@code key} tells calls apart, and the assistant's words from them. */
    private record Item(String key, ObjectNode json, StringBuilder said, int index) {
        boolean isCall() {
            return Json.text(json, "type").equals("function_call");
        }
    }

    ChatToResponsesStream(ResponsesOverChat translation) {
        this.translation = translation;
    }

    @Override
    public void event(JsonNode chunk, Events out) throws Garbled {
        if (!begun && Chat.saysNothing(chunk)) {
            return;
        }
        if (!begun) {
            begun = true;
            response = translation.head(chunk);
            output = (ArrayNode) response.path("output");
            add(typed("response.created").set("response", response.deepCopy()), out);
            add(typed("response.in_progress").set("response", response.deepCopy()), out);
        }
        if (Json.has(chunk, "usage")) {
            usage = chunk.path("usage");
        }
        JsonNode choice = chunk.path("choices").path(0);
        JsonNode delta = choice.path("delta");
        words("output_text", Chat.content(delta), out);
        words("refusal", Json.text(delta, "refusal"), out);
        for (JsonNode call : delta.path("tool_calls")) {
            call(call, out);
        }
        if (Json.has(choice, "finish_reason")) {
            finishReason = Json.text(choice, "finish_reason");
        }
    }

    /** @param kind {@code output_text} or {@code refusal} */
    private void words(String kind, String text, Events out) throws Garbled {
        if (text.isEmpty()) {
            return;
        }
        Item item = open;
        if (item == null || !item.key().equals(kind)) {
            String id = Json.text(response, "id");
            item = begin(kind, ResponsesOverChat.message(id, output.size(), "in_progress"), out);
            ObjectNode event = within(item, "response.content_part.added");
            event.set("part", part(kind, ""));
            add(event, out);
        }
        append(item, text);
        ObjectNode event = within(item, "response." + kind + ".delta").put("delta", text);
        if (kind.equals("output_text")) {
            event.putArray("logprobs");
        }
        add(event, out);
    }

    private static ObjectNode part(String kind, String text) {
        return kind.equals("refusal") ? ResponsesOverChat.refusal(text) : ResponsesOverChat.text(text);
    }

    private void call(JsonNode call, Events out) throws Garbled {
        String id = Json.text(call, "id");
        String place = "tool " + call.path("index").asInt(0) + " ";
        String key = id.isEmpty() ? keyByPlace.getOrDefault(place, place) : place + id;
        JsonNode function = call.path("function");
        Item item = open;
        if (item == null || !item.key().equals(key)) {
            if (keyByPlace.containsValue(key)) {
                throw new Garbled("it goes back to a tool call that it had left");
            }
            keyByPlace.put(place, key);
            item = begin(key, ResponsesOverChat.call(id, Json.text(function, "name"), "in_progress"), out);
        }
        String arguments = Json.text(function, "arguments");
        if (!arguments.isEmpty()) {
            append(item, arguments);
            add(of(item, "response.function_call_arguments.delta").put("delta", arguments), out);
        }
    }

    private static void append(Item item, String text) throws Garbled {
        if (item.said().length() + text.length() > MOST_CHARACTERS) {
            throw new Garbled("it is longer than " + MOST_CHARACTERS + " characters");
        }
        item.said().append(text);
    }

    private Item begin(String key, ObjectNode json, Events out) {
        close("completed", out);
        Item item = new Item(key, json, new StringBuilder(), output.size());
        open = item;
        ObjectNode event = typed("response.output_item.added").put("output_index", item.index());
        event.set("item", json.deepCopy());
        add(event, out);
        return item;
    }

    private void close(String status, Events out) {
        Item item = open;
        if (item == null) {
            return;
        }
        open = null;
        String said = item.said().toString();
        if (item.isCall()) {
            item.json().put("arguments", said);
            add(
                    of(item, "response.function_call_arguments.done")
                            .put("name", Json.text(item.json(), "name"))
                            .put("arguments", said),
                    out);
        } else {
            ObjectNode part = part(item.key(), said);
            item.json().withArray("content").add(part);
            boolean isText = item.key().equals("output_text");
            ObjectNode done = within(item, "response." + item.key() + ".done").put(isText ? "text" : "refusal", said);
            if (isText) {
                done.putArray("logprobs");
            }
            add(done, out);
            ObjectNode partDone = within(item, "response.content_part.done");
            partDone.set("part", part);
            add(partDone, out);
        }
        item.json().put("status", status);
        output.add(item.json());
        ObjectNode event = typed("response.output_item.done").put("output_index", item.index());
        event.set("item", item.json());
        add(event, out);
    }

    private ObjectNode within(Item item, String type) {
        return of(item, type).put("content_index", 0);
    }

    private ObjectNode of(Item item, String type) {
        return typed(type).put("item_id", Json.text(item.json(), "id")).put("output_index", item.index());
    }

    private static ObjectNode typed(String type) {
        return Json.object().put("type", type);
    }

    /** What is under way is told as it is, but no call: nobody may take one that was cut off for all there is. */
    @Override
    public void breakOff(String code, String message, Events out) {
        Item item = open;
        open = null;
        if (item != null && !item.isCall()) {
            item.json().withArray("content").add(part(item.key(), item.said().toString()));
            output.add(item.json().put("status", "incomplete"));
        }
        ResponsesOverChat.fail(response, code, message, usage);
        add(typed("response.failed").set("response", response), out);
    }

    private void add(ObjectNode event, Events out) {
        out.addTyped(event.put("sequence_number", sequence++));
    }

    /** Some servers leave out why it ended. */
    @Override
    public void done() {
        if (begun && finishReason.isEmpty()) {
            finishReason = !keyByPlace.isEmpty() ? "tool_calls" : "stop";
        }
    }

    @Override
    public void finish(Events out) throws Garbled {
        if (finishReason.isEmpty()) {
            throw new Garbled("it ended before it was finished");
        }
        String status = ResponsesOverChat.status(finishReason);
        close(status, out);
        ResponsesOverChat.finish(response, finishReason, usage);
        add(typed("response." + status).set("response", response), out);
    }
}
