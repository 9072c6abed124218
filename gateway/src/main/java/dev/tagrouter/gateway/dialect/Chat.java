package dev.tagrouter.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Parts of chat completions that more than one translation reads or writes. */
final class Chat {
    static final int DIGEST_CHARACTERS = 8;

    private Chat() {}

    /** Eight characters, the same for the same text, that keep apart what was cut or changed alike. */
    static String digest(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, DIGEST_CHARACTERS);
    }

    /** The first choice of a whole answer; further ones were not asked for. */
    static JsonNode choice(JsonNode chat) throws Garbled {
        JsonNode choice = chat.path("choices").path(0);
        if (!choice.path("message").isObject()) {
            throw new Garbled("it has no choice with a message");
        }
        return choice;
    }

    /**
     * What a message, or a delta of a stream, has as its content: a text, or the texts of a list, in which Mistral's
     * thinking models put what they think beside what they say.
     */
    static String content(JsonNode message) throws Garbled {
        JsonNode content = message.path("content");
        if (content.isTextual() || content.isMissingNode() || content.isNull()) {
            return Json.text(message, "content");
        }
        if (!content.isArray()) {
            throw new Garbled("its content is neither a text nor a list of parts");
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            if (Json.text(part, "type").equals("text")) {
                text.append(Json.text(part, "text"));
            }
        }
        return text.toString();
    }

    /**
     * Whether a choice of tools says nothing, as there are none to choose from: upstreams refuse it then.
     *
     * @param choice as a text, or what of it is one
     */
    static boolean choosesNothing(JsonNode choice, ObjectNode translated) {
        return !translated.has("tools")
                && choice.isTextual()
                && (choice.textValue().equals("auto") || choice.textValue().equals("none"));
    }

    /** Whether a chunk of a stream is neither a part of the answer nor its usage: Azure begins with such, which has no id. */
    static boolean saysNothing(JsonNode chunk) {
        return chunk.path("choices").isEmpty() && !Json.has(chunk, "usage");
    }

    static ObjectNode text(ArrayNode parts, String text) {
        return parts.addObject().put("type", "text").put("text", text);
    }

    static void image(ArrayNode parts, String url) {
        parts.addObject().put("type", "image_url").putObject("image_url").put("url", url);
    }

    static void file(ArrayNode parts, String name, String dataUrl) {
        parts.addObject()
                .put("type", "file")
                .putObject("file")
                .put("filename", name)
                .put("file_data", dataUrl);
    }

    static void call(ObjectNode assistant, String id, String name, String arguments) {
        ArrayNode calls = assistant.withArray("tool_calls");
        calls.addObject()
                .put("id", id)
                .put("type", "function")
                .putObject("function")
                .put("name", name)
                .put("arguments", arguments);
    }

    /** Parts of nothing but text as one string: every server takes that. */
    static JsonNode simplest(ArrayNode parts) {
        StringBuilder text = new StringBuilder();
        for (JsonNode part : parts) {
            if (!Json.text(part, "type").equals("text")) {
                return parts;
            }
            text.append(text.isEmpty() ? "" : "\n").append(Json.text(part, "text"));
        }
        return parts.textNode(text.toString());
    }

    static ObjectNode function(ArrayNode tools, JsonNode name, JsonNode description, JsonNode parameters) {
        ObjectNode function = tools.addObject().put("type", "function").putObject("function");
        function.set("name", name);
        if (description.isTextual()) {
            function.set("description", description);
        }
        if (parameters.isObject()) {
            function.set("parameters", parameters);
        }
        return function;
    }
}
