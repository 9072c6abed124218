package dev.tagrouter.gateway.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the part {@code failure}. */
final class FailureReader {
    private FailureReader() {}

    static FailureConfig read(@Nullable YamlValue value) throws ConfigException {
        FailureConfig usual = FailureConfig.DEFAULT;
        if (value == null) {
            return usual;
        }
        Map<String, YamlValue> m = value.members(
                List.of("attempts", "retries", "pause", "longest_pause", "retry_after", "total", "breaker"));
        int attempts = integer(m, "attempts", usual.attempts(), 1, FailureConfig.MOST_ATTEMPTS, "1 never tries again");
        int retries = integer(m, "retries", usual.retries(), 0, FailureConfig.MOST_RETRIES, "0 only goes elsewhere");
        Duration pause = Values.duration(YamlValue.present(m, "pause"), usual.pause());
        Duration longest = longest(m, "longest_pause", usual.longestPause(), pause);
        Duration retryAfter = Values.duration(YamlValue.present(m, "retry_after"), usual.retryAfter());
        Duration total = Values.duration(YamlValue.present(m, "total"), usual.total());
        BreakerConfig breaker = breaker(YamlValue.present(m, "breaker"));
        return at(m, "longest_pause", value)
                .checked(() -> new FailureConfig(attempts, retries, pause, longest, retryAfter, total, breaker));
    }

    private static BreakerConfig breaker(@Nullable YamlValue value) throws ConfigException {
        BreakerConfig usual = BreakerConfig.DEFAULT;
        if (value == null) {
            return usual;
        }
        Map<String, YamlValue> m = value.members(List.of("failures", "window", "cooldown", "longest_cooldown"));
        int window = integer(m, "window", usual.window(), 1, BreakerConfig.MOST_CALLS, "give how many calls count");
        int failures = integer(
                m, "failures", Math.min(usual.failures(), window), 1, window, "give how many of the window's calls");
        Duration cooldown = Values.duration(YamlValue.present(m, "cooldown"), usual.cooldown());
        Duration longest = longest(m, "longest_cooldown", usual.longestCooldown(), cooldown);
        return at(m, "longest_cooldown", value).checked(() -> new BreakerConfig(failures, window, cooldown, longest));
    }

    /** Where it is not given, it is never shorter than what grows up to it. */
    private static Duration longest(Map<String, YamlValue> m, String name, Duration usual, Duration first)
            throws ConfigException {
        return Values.duration(YamlValue.present(m, name), usual.compareTo(first) < 0 ? first : usual);
    }

    private static int integer(Map<String, YamlValue> m, String name, int otherwise, int least, int most, String remedy)
            throws ConfigException {
        YamlValue value = YamlValue.present(m, name);
        return value == null ? otherwise : value.integer(least, most, remedy);
    }

    private static YamlValue at(Map<String, YamlValue> m, String name, YamlValue otherwise) {
        YamlValue value = YamlValue.present(m, name);
        return value == null ? otherwise : value;
    }
}
