package dev.tagrouter.client;

/**
 * What calls have used, as the server counts it.
 *
 * @param inputTokens tokens of prompts
 * @param outputTokens tokens of answers
 */
public record Usage(long inputTokens, long outputTokens) {
    public static final Usage NONE = new Usage(0, 0);

    public Usage plus(Usage more) {
        return new Usage(inputTokens + more.inputTokens, outputTokens + more.outputTokens);
    }
}
