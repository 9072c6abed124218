package dev.tagrouter.gateway.flow;

import dev.tagrouter.gateway.config.FailureConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was tried for one request without success, and what to try next. Made when something fails first, so that a
 * request that goes well has none.
 */
final class Attempts {
    private final Forwarder forwarder;
    private final FailureConfig limits;
    private final List<Served> ranking;
    /** Asked already, or barred: asked again only as a retry. */
    private final Set<Lane> tried = new HashSet<>();
    /** Not asked at all: they refuse the gateway, or cannot be asked for this. */
    private final Set<Lane> barred = new HashSet<>();
    /** The last call of the model at hand, where it failed. */
    private @Nullable Failed last;

    private int at;
    private int retries;

    /**
     * The next call.
     *
     * @param model whose it is
     * @param pauseNanos how long to wait before it
     */
    record Next(Served model, Lane lane, long pauseNanos) {}

    /**
     * A call that failed before the first byte.
     *
     * @param isWorthRepeating whether the same upstream may do better in a moment; not so where it used up its time
     * @param isRefused whether the upstream refuses the gateway, and would for any model
     * @param retryAfterNanos how long the upstream wants to be left alone, 0 where it does not say
     */
    record Failed(Lane lane, boolean isWorthRepeating, boolean isRefused, long retryAfterNanos) {
        /** A call that failed for this upstream's model alone. */
        static Failed of(Lane lane, boolean isWorthRepeating) {
            return new Failed(lane, isWorthRepeating, false, 0);
        }
    }

    /** @param ranking who may answer, the chosen model first */
    Attempts(Forwarder forwarder, List<Served> ranking) {
        this.forwarder = forwarder;
        this.limits = forwarder.limits();
        this.ranking = ranking;
    }

    /** Where to go where no way to the chosen model is free; if none is to anybody, the one that is so first. */
    Next first(long nowNanos) {
        Next next = fallback(nowNanos);
        next = next == null ? soonest(nowNanos) : next;
        if (next == null) {
            throw new IllegalStateException("model '" + ranking.getFirst().name() + "' has no lane");
        }
        return next;
    }

    /**
     * What to try next: another upstream of the same model, the same model after a pause, the next model of the
     * ranking, one that is to be left alone, or at last the upstream that asked to wait.
     *
     * @param made the calls made so far
     * @param leftNanos what is left of the request's time
     * @return null where nothing is left to try
     */
    @Nullable
    Next next(Failed failed, int made, long leftNanos, long nowNanos) {
        last = failed;
        tried.add(failed.lane());
        if (failed.isRefused()) {
            ranking.forEach(
                    model -> forwarder.lanes(model).addThoseTo(failed.lane().upstream(), barred));
            tried.addAll(barred);
        }
        if (made >= limits.attempts()) {
            return null;
        }
        int others = others(nowNanos);
        // Another upstream leaves one call for another model, a repetition one for each.
        Lane other = made + Math.min(1, others) < limits.attempts() ? lanes().pick(nowNanos, tried) : null;
        if (other != null) {
            return new Next(model(), other, 0);
        }
        long pauseNanos = forwarder.pauseNanos(retries);
        boolean canSpare = made + others < limits.attempts();
        boolean repeats = failed.isWorthRepeating() && retries < limits.retries();
        Lane same = repeats && canSpare && pauseNanos < leftNanos ? again(failed.lane(), nowNanos) : null;
        if (same != null) {
            retries++;
            return new Next(model(), same, pauseNanos);
        }
        Next elsewhere = fallback(nowNanos);
        elsewhere = elsewhere == null ? soonest(nowNanos) : elsewhere;
        if (elsewhere != null) {
            return elsewhere;
        }
        long wait = failed.retryAfterNanos();
        if (repeats && wait > 0 && wait <= limits.retryAfter().toNanos() && wait + pauseNanos < leftNanos) {
            retries++;
            return new Next(model(), failed.lane(), wait + pauseNanos);
        }
        return null;
    }

    /** Whom to ask in the place of one that has been barred, as if that were not there; null where nobody is left. */
    @Nullable
    Next instead(int made, long leftNanos, long nowNanos) {
        if (last != null) {
            return next(last, made, leftNanos, nowNanos);
        }
        Lane other = lanes().pick(nowNanos, tried);
        if (other != null) {
            return new Next(model(), other, 0);
        }
        Next elsewhere = fallback(nowNanos);
        return elsewhere == null ? soonest(nowNanos) : elsewhere;
    }

    /** Never asks a way to a model. */
    void bar(Lane lane) {
        barred.add(lane);
        tried.add(lane);
    }

    /** Whether no way to a model may be asked. */
    boolean isBarred(Served model) {
        return forwarder.lanes(model).areAllAmong(barred);
    }

    private Served model() {
        return ranking.get(at);
    }

    private Lanes lanes() {
        return forwarder.lanes(model());
    }

    /** Another upstream of the model that failed, too, or else the same one, unless it is to be left alone. */
    private @Nullable Lane again(Lane failed, long nowNanos) {
        Set<Lane> without = new HashSet<>(barred);
        without.add(failed);
        Lane other = lanes().pick(nowNanos, without);
        return other != null || failed.breaker().isOpen(nowNanos) ? other : failed;
    }

    /** How many other models could be asked: for each a call is kept before an upstream of this one is asked again. */
    private int others(long nowNanos) {
        int others = 0;
        for (Served model : ranking) {
            others += !model.name().equals(model().name())
                            && forwarder.lanes(model).hasFree(nowNanos, tried)
                    ? 1
                    : 0;
        }
        return others;
    }

    /** The next of the ranking; the model itself only where none of the others is free. */
    private @Nullable Next fallback(long nowNanos) {
        for (int step = 1; step <= ranking.size(); step++) {
            int i = (at + step) % ranking.size();
            Lane lane = forwarder.lanes(ranking.get(i)).pick(nowNanos, tried);
            if (lane != null) {
                return turnTo(i, lane);
            }
        }
        return null;
    }

    private @Nullable Next soonest(long nowNanos) {
        Lane soonest = null;
        int index = at;
        for (int i = 0; i < ranking.size(); i++) {
            Lane lane = forwarder.lanes(ranking.get(i)).soonest(nowNanos, tried);
            if (lane != null
                    && (soonest == null
                            || lane.breaker().openNanos(nowNanos)
                                    < soonest.breaker().openNanos(nowNanos))) {
                soonest = lane;
                index = i;
            }
        }
        return soonest == null ? null : turnTo(index, soonest);
    }

    private Next turnTo(int index, Lane lane) {
        if (index != at) {
            at = index;
            retries = 0;
            last = null;
        }
        return new Next(model(), lane, 0);
    }
}
