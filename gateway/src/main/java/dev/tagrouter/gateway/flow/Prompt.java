package dev.tagrouter.gateway.flow;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tagrouter.core.tagging.Query;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what a chat request says: the newest user turns, and how long all of its text is. */
final class Prompt {
    private final Deque<String> userTurns = new ArrayDeque<>();
    private long characters;

    Query query() {
        return new Query(List.copyOf(userTurns), characters);
    }

    /** Reads {@code messages}, of which the parser stands at the first token. */
    void readMessages(JsonParser json, JsonToken first) throws IOException, Fault {
        if (first != JsonToken.START_ARRAY) {
            throw new Fault(FaultKind.INVALID_VALUE, "'messages' is not an array; give a list", "messages");
        }
        int count = 0;
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                throw new Fault(
                        FaultKind.INVALID_VALUE,
                        "message " + count + " is not an object; give {\"role\", \"content\"}",
                        "messages");
            }
            readMessage(json);
            count++;
        }
        if (count == 0) {
            throw new Fault(FaultKind.MISSING_VALUE, "'messages' is empty; give at least one message", "messages");
        }
    }

    /** The role may stand after the content, so the text waits for it. */
    private void readMessage(JsonParser json) throws IOException {
        String role = "";
        String content = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("role") && value == JsonToken.VALUE_STRING) {
                role = json.getText();
            } else if (name.equals("content")) {
                content = readContent(json, value);
            } else {
                json.skipChildren();
            }
        }
        characters += content.length();
        if (role.equals("user")) {
            userTurns.addLast(content);
            if (userTurns.size() > Query.TAGGED_TURNS) {
                userTurns.removeFirst();
            }
        }
    }

    private static String readContent(JsonParser json, JsonToken first) throws IOException {
        if (first == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        if (first != JsonToken.START_ARRAY) {
            json.skipChildren();
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            String part = token == JsonToken.START_OBJECT ? readPart(json) : null;
            if (part == null) {
                json.skipChildren();
            } else {
                text.append(text.isEmpty() ? "" : "\n").append(part);
            }
        }
        return text.toString();
    }

    /** The text of a part of type text; null at the end of a part of another type. */
    private static @Nullable String readPart(JsonParser json) throws IOException {
        String type = "";
        String text = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("type") && value == JsonToken.VALUE_STRING) {
                type = json.getText();
            } else if (name.equals("text") && value == JsonToken.VALUE_STRING) {
                text = json.getText();
            } else {
                json.skipChildren();
            }
        }
        return type.equals("text") ? text : null;
    }
}
