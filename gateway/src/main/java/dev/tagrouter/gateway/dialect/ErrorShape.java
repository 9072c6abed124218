package dev.tagrouter.gateway.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.gateway.config.Api;
import org.jspecify.annotations.Nullable;

/** How an API says that something failed, as an answer and within a stream. */
public enum ErrorShape {
    /** {@code {"error": {"message", "type", "param", "code"}}}. */
    OPENAI,
    /** The same as an answer; within a stream an event {@code error} of its own. */
    RESPONSES,
    /** {@code {"type": "error", "error": {"type", "message"}}}. */
    ANTHROPIC;

    /** What an API's clients expect. */
    public static ErrorShape of(Api api) {
        return switch (api) {
            case CHAT, EMBEDDINGS -> OPENAI;
            case RESPONSES -> RESPONSES;
            case MESSAGES -> ANTHROPIC;
        };
    }

    /**
     * The answer that says so.
     *
     * @param type OpenAI's word for what kind of error it is; Anthropic's follows from the status
     */
    public String body(int status, String message, String type, @Nullable String param, @Nullable String code) {
        return Json.text(
                switch (this) {
                    case OPENAI, RESPONSES -> openAi(message, type, param, code);
                    case ANTHROPIC -> anthropic(status, message);
                });
    }

    /** The event that says so where a stream has begun. */
    public String event(int status, String message, String type, @Nullable String code) {
        return switch (this) {
            case OPENAI -> "data: " + Json.text(openAi(message, type, null, code)) + "\n\n";
            case RESPONSES ->
                "event: error\ndata: "
                        + Json.text(Json.object()
                                .put("type", "error")
                                // Clients want one; how many events there were, nobody has counted.
                                .put("sequence_number", 0)
                                .put("code", code)
                                .put("message", message)
                                .putNull("param"))
                        + "\n\n";
            case ANTHROPIC -> "event: error\ndata: " + Json.text(anthropic(status, message)) + "\n\n";
        };
    }

    private static ObjectNode openAi(String message, String type, @Nullable String param, @Nullable String code) {
        ObjectNode root = Json.object();
        root.putObject("error")
                .put("message", message)
                .put("type", type)
                .put("param", param)
                .put("code", code);
        return root;
    }

    private static ObjectNode anthropic(int status, String message) {
        ObjectNode root = Json.object().put("type", "error");
        root.putObject("error").put("type", anthropicType(status)).put("message", message);
        return root;
    }

    private static String anthropicType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "overloaded_error";
            case 504 -> "timeout_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }
}
