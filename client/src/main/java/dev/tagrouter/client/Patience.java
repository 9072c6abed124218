package dev.tagrouter.client;

import java.time.Duration;

/**
 * How long and how often a model is asked.
 *
 * @param deadline for one request, from 1 ms to an hour
 * @param retries how often a request that failed by network, 429 or 5xx is sent again, from 0 to 20
 * @param answerTokens the longest answer in tokens, from 16 to 100,000
 */
public record Patience(Duration deadline, int retries, int answerTokens) {
    /** One attempt, as long as given, an answer of usual length. */
    public static Patience once(Duration deadline) {
        return new Patience(deadline, 0, 512);
    }

    public Patience {
        if (deadline.toMillis() < 1 || deadline.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "the deadline is " + deadline.toMillis() + " ms; give one from 1 ms to an hour");
        }
        if (retries < 0 || retries > 20) {
            throw new IllegalArgumentException("there are " + retries + " retries; give 0 to 20");
        }
        if (answerTokens < 16 || answerTokens > 100_000) {
            throw new IllegalArgumentException("the longest answer is " + answerTokens + " tokens; give 16 to 100000");
        }
    }
}
