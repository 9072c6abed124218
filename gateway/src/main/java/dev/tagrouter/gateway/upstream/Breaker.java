package dev.tagrouter.gateway.upstream;

import dev.tagrouter.gateway.config.BreakerConfig;

/**
 * A circuit breaker: remembers how the last calls to one model of one upstream went, and says when to leave it alone.
 * Shared by all event loops.
 *
 * <p>Closed, it opens at {@code failures} among the last {@code window} calls. Open, it stays so for a cooldown; then
 * one call at a time is let through on trial. A trial that succeeds closes it, one that fails opens it for twice as
 * long. A trial that never ends is forgotten after another cooldown, so that nothing has to be given back. Whoever has
 * nobody else to ask may call all the same; that call counts as a trial.
 *
 * <p>While nothing fails a call costs two reads of fields that nobody writes: no lock, nothing allocated.
 */
public final class Breaker {
    private final BreakerConfig config;
    private final long window;

    /** One bit a call, the newest lowest, 1 where it failed. */
    private volatile long history;
    /** Closed where 0; otherwise open until then, and on trial after it. */
    private volatile long openUntilNanos;
    /** How often it opened without having been closed. */
    private int openings;

    /** What it does with a call. */
    public enum State {
        CLOSED,
        OPEN,
        /** Open, but the next call is let through. */
        TRIAL
    }

    public Breaker(BreakerConfig config) {
        this.config = config;
        this.window = -1L >>> (Long.SIZE - config.window());
    }

    /** What it does with a call now. */
    public State state(long nowNanos) {
        long until = openUntilNanos;
        if (until == 0) {
            return State.CLOSED;
        }
        return until - nowNanos > 0 ? State.OPEN : State.TRIAL;
    }

    /** Whether to leave it alone where there is somebody else to ask. */
    public boolean isOpen(long nowNanos) {
        long until = openUntilNanos;
        return until != 0 && until - nowNanos > 0;
    }

    /** How long it stays open; 0 where it is not. */
    public long openNanos(long nowNanos) {
        return isOpen(nowNanos) ? openUntilNanos - nowNanos : 0;
    }

    /**
     * A call begins.
     *
     * @return whether it is on trial, to be told to {@link #succeeded} or {@link #failed}
     */
    public boolean begins(long nowNanos) {
        return openUntilNanos != 0 && beginsOnTrial(nowNanos);
    }

    private synchronized boolean beginsOnTrial(long nowNanos) {
        if (openUntilNanos != 0 && openUntilNanos - nowNanos <= 0) {
            // The others keep away until this one knows more.
            openUntilNanos = instant(nowNanos + config.cooldown().toNanos());
        }
        return openUntilNanos != 0;
    }

    /** A call was answered, to the end. */
    public void succeeded(boolean onTrial) {
        if (onTrial || history != 0) {
            remember(onTrial);
        }
    }

    private synchronized void remember(boolean onTrial) {
        history = history << 1 & window;
        if (onTrial) {
            history = 0;
            openUntilNanos = 0;
            openings = 0;
        }
    }

    /** A call failed for a reason that is the upstream's. */
    public synchronized void failed(boolean onTrial, long nowNanos) {
        history = (history << 1 | 1) & window;
        boolean opens = openUntilNanos == 0 ? Long.bitCount(history) >= config.failures() : onTrial;
        if (opens) {
            long cooldown = config.cooldown().toNanos();
            long longest = config.longestCooldown().toNanos();
            for (int i = 0; i < openings && cooldown < longest; i++) {
                cooldown *= 2;
            }
            openings++;
            openUntilNanos = instant(nowNanos + Math.min(cooldown, longest));
        }
    }

    /** The upstream asks to be left alone for a time; it is, up to the longest cooldown. */
    public synchronized void restsFor(long nanos, long nowNanos) {
        long until = nowNanos + Math.min(nanos, config.longestCooldown().toNanos());
        if (openUntilNanos == 0 || until - openUntilNanos > 0) {
            openUntilNanos = instant(until);
        }
    }

    /** A point in time is any number, and 0 already means closed. */
    private static long instant(long nanos) {
        return nanos == 0 ? 1 : nanos;
    }
}
