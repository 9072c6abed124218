package dev.tagrouter.gateway.config;

import java.time.Duration;

/**
 * What is done when an upstream fails before the first byte of its answer.
 *
 * @param attempts how often upstreams are called for one request at most, the first call included, 1 to 20
 * @param retries how often one model is tried again after a pause before another one is asked, 0 to 10
 * @param pause the longest pause before the first of those; it doubles with each, and is drawn evenly from 0 on
 * @param longestPause what it does not grow beyond
 * @param retryAfter the longest {@code Retry-After} that is waited for where nobody else can answer
 * @param total how long a request may take over all attempts, its whole answer included
 * @param breaker when a model of an upstream is left alone
 */
public record FailureConfig(
        int attempts,
        int retries,
        Duration pause,
        Duration longestPause,
        Duration retryAfter,
        Duration total,
        BreakerConfig breaker) {
    /** 5 calls, 2 retries, pauses up to 100 ms growing to 2 s, a Retry-After of 10 s, 1 h in all. */
    public static final FailureConfig DEFAULT = new FailureConfig(
            5,
            2,
            Duration.ofMillis(100),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofHours(1),
            BreakerConfig.DEFAULT);

    static final int MOST_ATTEMPTS = 20;
    static final int MOST_RETRIES = 10;

    public FailureConfig {
        if (attempts < 1 || attempts > MOST_ATTEMPTS) {
            throw new IllegalArgumentException("attempts is " + attempts + "; give 1 to " + MOST_ATTEMPTS);
        }
        if (retries < 0 || retries > MOST_RETRIES) {
            throw new IllegalArgumentException("retries is " + retries + "; give 0 to " + MOST_RETRIES);
        }
        Timeouts.require("pause", pause);
        Timeouts.require("longest_pause", longestPause);
        Timeouts.require("retry_after", retryAfter);
        Timeouts.require("total", total);
        if (longestPause.compareTo(pause) < 0) {
            throw new IllegalArgumentException("longest_pause is " + longestPause.toMillis()
                    + "ms, shorter than pause; give at least " + pause.toMillis() + "ms");
        }
    }

    /** The same with other limits on how often. */
    public FailureConfig withAttempts(int newAttempts, int newRetries) {
        return new FailureConfig(newAttempts, newRetries, pause, longestPause, retryAfter, total, breaker);
    }

    /** The same with other pauses and times. */
    public FailureConfig withTimes(Duration newPause, Duration newRetryAfter, Duration newTotal) {
        Duration longest = newPause.compareTo(longestPause) > 0 ? newPause : longestPause;
        return new FailureConfig(attempts, retries, newPause, longest, newRetryAfter, newTotal, breaker);
    }

    public FailureConfig withBreaker(BreakerConfig newBreaker) {
        return new FailureConfig(attempts, retries, pause, longestPause, retryAfter, total, newBreaker);
    }
}
