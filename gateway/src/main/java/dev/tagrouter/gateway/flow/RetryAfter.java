package dev.tagrouter.gateway.flow;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}: seconds, or a date. */
final class RetryAfter {
    /** Longer than anybody waits, and far from where nanoseconds overflow. */
    private static final Duration MOST = Duration.ofDays(1);

    private RetryAfter() {}

    /** How long to wait from now on; 0 where the header is missing, of another form, or in the past. */
    static long nanos(@Nullable String header, Instant now) {
        if (header == null) {
            return 0;
        }
        String text = header.strip();
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return text.length() > 5 ? MOST.toNanos() : bounded(Duration.ofSeconds(Integer.parseInt(text)));
        }
        try {
            return bounded(Duration.between(now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from)));
        } catch (DateTimeException e) {
            return 0;
        }
    }

    private static long bounded(Duration wait) {
        return wait.isNegative() ? 0 : wait.compareTo(MOST) > 0 ? MOST.toNanos() : wait.toNanos();
    }
}
