package dev.tagrouter.client;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** Leaves a server that fails alone for a moment, so that not every query waits for its deadline. Without locks. */
final class Rest {
    private static final int FAILURES = 3;
    private static final long REST_NANOS = Duration.ofSeconds(5).toNanos();

    private final LongSupplier nanoClock;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile long untilNanos;

    Rest(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.untilNanos = nanoClock.getAsLong();
    }

    boolean isOn() {
        return untilNanos - nanoClock.getAsLong() > 0;
    }

    void succeeded() {
        failures.set(0);
    }

    /** The third in a row begins a rest; so does each one after it, until one succeeds. */
    void failed() {
        if (failures.incrementAndGet() >= FAILURES) {
            untilNanos = nanoClock.getAsLong() + REST_NANOS;
        }
    }
}
