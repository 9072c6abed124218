package dev.tagrouter.gateway.config;

import java.time.Duration;

/**
 * How long it is remembered who answered a conversation.
 *
 * @param entries how many conversations at most, 0 to {@link #MOST_ENTRIES}; 0 remembers none
 * @param idle for how long after an answer, 1 ms to 30 days
 * @param promptCache how long after an answer its server still has the prompt, so that staying saves the difference
 *     between {@code price.input} and {@code price.cached_input}; 1 ms to 30 days
 */
public record SessionConfig(int entries, Duration idle, Duration promptCache) {
    /** The most conversations: some 100 bytes each. */
    public static final int MOST_ENTRIES = 10_000_000;

    private static final Duration LONGEST = Duration.ofDays(30);
    /** 50,000 conversations, half an hour; prompts for five minutes. */
    public static final SessionConfig DEFAULT =
            new SessionConfig(50_000, Duration.ofMinutes(30), Duration.ofMinutes(5));
    /** No conversation is remembered. */
    public static final SessionConfig OFF = new SessionConfig(0, DEFAULT.idle(), DEFAULT.promptCache());

    public SessionConfig {
        if (entries < 0 || entries > MOST_ENTRIES) {
            throw new IllegalArgumentException("entries is " + entries + "; give 0 to " + MOST_ENTRIES);
        }
        require("idle", idle);
        require("prompt_cache", promptCache);
    }

    private static void require(String name, Duration value) {
        if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " is " + value + "; give 1ms to 720h");
        }
    }
}
