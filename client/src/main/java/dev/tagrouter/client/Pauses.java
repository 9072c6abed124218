package dev.tagrouter.client;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Waits before another attempt: exponential with full jitter; a server that says how long makes all threads wait. */
final class Pauses {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LONGEST_ASKED_FOR = Duration.ofMinutes(10);

    private final RandomGenerator random;
    private final Sleep sleep;
    private final AtomicLong openNanos = new AtomicLong(System.nanoTime());

    /** How a thread waits. */
    interface Sleep {
        void nanos(long nanos) throws InterruptedException;
    }

    /** @param random safe for many threads */
    Pauses(RandomGenerator random, Sleep sleep) {
        this.random = random;
        this.sleep = sleep;
    }

    /** Waits until a server that asked all to wait can be asked again. */
    void untilOpen() throws InterruptedException {
        long left = openNanos.get() - System.nanoTime();
        if (left > 0) {
            sleep.nanos(left);
        }
    }

    /**
     * Waits after a failure.
     *
     * @param attempt 0 after the first
     * @param asked what the server asks for, or null
     */
    void after(int attempt, @Nullable Duration asked) throws InterruptedException {
        long ceiling = Math.min(LONGEST.toNanos(), FIRST.toNanos() << Math.min(attempt, 20));
        long jitter = random.nextLong(ceiling / 10, ceiling + 1);
        if (asked == null) {
            sleep.nanos(jitter);
            return;
        }
        long wait = Math.min(asked.toNanos(), LONGEST_ASKED_FOR.toNanos());
        long until = System.nanoTime() + wait;
        openNanos.accumulateAndGet(until, (a, b) -> a - b > 0 ? a : b);
        // Jitter on top, or all threads would come back at once.
        sleep.nanos(wait + jitter / 10);
    }
}
