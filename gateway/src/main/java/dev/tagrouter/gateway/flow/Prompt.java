package dev.tagrouter.gateway.flow;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tagrouter.core.tagging.Query;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a request says: the user's turns, how the system prompt begins, and how long all of its text is.
 * Messages of the roles {@code system} and {@code developer} are the system prompt, in their order.
 */
public final class Prompt {
    private final StringBuilder system = new StringBuilder();
    private final List<String> userTurns = new ArrayList<>();
    private long characters;
    private boolean goesOn;
    private boolean hasImage;

    /** What was read so far. */
    public Query query() {
        return new Query(system.toString(), userTurns, characters);
    }

    /** By what the conversation is known again. */
    Conversation.Said said() {
        return new Conversation.Said(system.toString(), userTurns, goesOn);
    }

    /** Whether there is an image anywhere. */
    boolean hasImage() {
        return hasImage;
    }

    /**
     * Reads {@code messages}, of which the parser stands at the first token.
     *
     * @throws Fault where they are no list of objects, or an empty one
     */
    public void readMessages(JsonParser json, JsonToken first) throws IOException, Fault {
        readMessages(json, first, "messages");
    }

    /** Reads the {@code input} of Responses: a text of the user's, or items among which messages are. */
    void readInput(JsonParser json, JsonToken first) throws IOException, Fault {
        if (first == JsonToken.VALUE_STRING) {
            String text = json.getText();
            characters += text.length();
            userTurns.add(text);
        } else {
            readMessages(json, first, "input");
        }
    }

    /** Reads a system prompt that stands apart from the messages: a text, or parts. */
    void readSystem(JsonParser json, JsonToken first) throws IOException {
        String content = readContent(json, first);
        characters += content.length();
        addToSystem(content);
    }

    /** Counts a value by the bytes it is written in: what a tool is and is called with, which a model reads as JSON. */
    void countWritten(JsonParser json) throws IOException {
        long start = json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        json.finishToken();
        characters += json.currentLocation().getByteOffset() - start;
    }

    private void readMessages(JsonParser json, JsonToken first, String param) throws IOException, Fault {
        if (first != JsonToken.START_ARRAY) {
            throw new Fault(
                    FaultKind.INVALID_VALUE,
                    "'" + param + "' is not an array; give a list" + (param.equals("input") ? " or a text" : ""),
                    param);
        }
        int count = 0;
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                throw new Fault(
                        FaultKind.INVALID_VALUE,
                        "message " + count + " is not an object; give {\"role\", \"content\"}",
                        param);
            }
            readMessage(json);
            count++;
        }
        if (count == 0) {
            throw new Fault(FaultKind.MISSING_VALUE, "'" + param + "' is empty; give at least one message", param);
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
            } else if (name.equals("output")) {
                characters += readContent(json, value).length();
            } else if (name.equals("tool_calls") || name.equals("arguments")) {
                countWritten(json);
            } else {
                json.skipChildren();
            }
        }
        characters += content.length();
        switch (role) {
            case "user" -> {
                userTurns.add(content);
                goesOn = false;
            }
            case "system", "developer" -> addToSystem(content);
            // Answers and tools' results only count for the length.
            default -> goesOn = true;
        }
    }

    private void addToSystem(String content) {
        if (system.length() < Query.SYSTEM_CHARACTERS) {
            system.append(system.isEmpty() ? "" : "\n")
                    .append(content, 0, Math.min(content.length(), Query.SYSTEM_CHARACTERS));
        }
    }

    private String readContent(JsonParser json, JsonToken first) throws IOException {
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

    /** The text of a part of text; null at the end of a part of another type. A tool's result counts for the length. */
    private @Nullable String readPart(JsonParser json) throws IOException {
        String type = "";
        String text = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("type") && value == JsonToken.VALUE_STRING) {
                type = json.getText();
            } else if (name.equals("text") && value == JsonToken.VALUE_STRING) {
                text = json.getText();
            } else if (name.equals("content")) {
                characters += readContent(json, value).length();
            } else if (name.equals("input")) {
                countWritten(json);
            } else {
                json.skipChildren();
            }
        }
        return switch (type) {
            case "text", "input_text", "output_text" -> text;
            case "image_url", "image", "input_image" -> {
                hasImage = true;
                yield null;
            }
            default -> null;
        };
    }
}
