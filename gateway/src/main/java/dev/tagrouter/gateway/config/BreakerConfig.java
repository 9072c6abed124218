package dev.tagrouter.gateway.config;

import java.time.Duration;

/**
 * When a model of an upstream is left alone, and for how long.
 *
 * @param failures how many failures among the last {@code window} calls open it, 1 to window
 * @param window how many calls are remembered, 1 to 64
 * @param cooldown how long it stays open at first; doubles each time a trial call fails after it
 * @param longestCooldown what that, and a cooldown by {@code Retry-After}, does not grow beyond
 */
public record BreakerConfig(int failures, int window, Duration cooldown, Duration longestCooldown) {
    /** 5 failures among 20 calls; 5 s growing to 2 min. */
    public static final BreakerConfig DEFAULT = new BreakerConfig(5, 20, Duration.ofSeconds(5), Duration.ofMinutes(2));

    /** A bit each in one word. */
    static final int MOST_CALLS = 64;

    public BreakerConfig {
        if (window < 1 || window > MOST_CALLS) {
            throw new IllegalArgumentException("window is " + window + "; give 1 to " + MOST_CALLS);
        }
        if (failures < 1 || failures > window) {
            throw new IllegalArgumentException(
                    "failures is " + failures + " of a window of " + window + "; give 1 to " + window);
        }
        Timeouts.require("cooldown", cooldown);
        Timeouts.require("longest_cooldown", longestCooldown);
        if (longestCooldown.compareTo(cooldown) < 0) {
            throw new IllegalArgumentException("longest_cooldown is " + longestCooldown.toMillis()
                    + "ms, shorter than cooldown; give at least " + cooldown.toMillis() + "ms");
        }
    }
}
