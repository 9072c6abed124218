package dev.tagrouter.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Gemini's signatures of what it thought, without one of which on the first call of each message Gemini 3 refuses a
 * history. Other APIs have no place for them, so that none comes back from their clients.
 */
final class GeminiSignatures {
    /** What Google documents for a history from elsewhere. */
    private static final String FROM_ELSEWHERE = "skip_thought_signature_validator";

    private GeminiSignatures() {}

    /** @param chat a translated request, which is completed */
    static void complete(ObjectNode chat) {
        for (JsonNode message : chat.path("messages")) {
            if (message.path("tool_calls").path(0) instanceof ObjectNode first && !first.has("extra_content")) {
                first.putObject("extra_content").putObject("google").put("thought_signature", FROM_ELSEWHERE);
            }
        }
    }
}
