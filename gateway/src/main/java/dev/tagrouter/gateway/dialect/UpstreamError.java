package dev.tagrouter.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What an upstream says of an error, whatever shape it says it in.
 *
 * @param message its words
 * @param type what kind of error it calls it
 * @param code its code, or null
 */
record UpstreamError(String message, String type, @Nullable String code) {
    private static final int SHOWN = 1000;

    static UpstreamError read(int status, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        JsonNode root = Json.read(text);
        if (root != null && root.isArray() && !root.isEmpty()) {
            root = root.get(0);
        }
        if (root == null || !root.isObject()) {
            String said = text.strip();
            return new UpstreamError(
                    said.isEmpty() || said.startsWith("<") ? "the upstream answered with status " + status : cut(said),
                    "upstream_error",
                    null);
        }
        return read(status, root);
    }

    /** Reads OpenAI's, Anthropic's and Gemini's error object, Ollama's text, vLLM's former flat form, and FastAPI's. */
    private static UpstreamError read(int status, JsonNode root) {
        JsonNode error = root.path("error");
        JsonNode said = error.isObject() ? error : root;
        String message = error.isTextual() ? error.textValue() : Json.text(said, "message");
        if (message.isEmpty()) {
            JsonNode detail = root.path("detail");
            message = detail.isMissingNode()
                    ? "the upstream answered with status " + status
                    : detail.isTextual() ? detail.textValue() : Json.text(detail);
        }
        String type = Json.text(said, "type");
        if (type.isEmpty()) {
            type = Json.text(said, "status");
        }
        JsonNode code = said.path("code");
        return new UpstreamError(
                cut(message),
                type.isEmpty() || type.equals("error") ? "upstream_error" : type,
                code.isValueNode() && !code.isNull() ? code.asText() : null);
    }

    /** What an event within a stream says; such an event has a member {@code error}. */
    static UpstreamError ofEvent(JsonNode event) {
        return read(200, event);
    }

    private static String cut(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    }
}
