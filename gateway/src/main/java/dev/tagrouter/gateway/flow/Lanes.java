package dev.tagrouter.gateway.flow;

import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The ways to one model from one event loop. Between several, two are drawn by weight and the less busy one is taken:
 * nearly as even as looking at all of them, without everybody running to the same one.
 */
final class Lanes {
    private final Lane[] lanes;
    private final RandomGenerator random;

    /** @param lanes at least one */
    Lanes(List<Lane> lanes, RandomGenerator random) {
        this.lanes = lanes.toArray(Lane[]::new);
        this.random = random;
    }

    /** One that is not open and not among {@code without}, or null. */
    @Nullable
    Lane pick(long nowNanos, Set<Lane> without) {
        if (lanes.length == 1) {
            return isFree(lanes[0], nowNanos, without) ? lanes[0] : null;
        }
        Lane first = draw(nowNanos, without, null);
        Lane second = first == null ? null : draw(nowNanos, without, first);
        return second != null && first != null && second.isLessBusyThan(first) ? second : first;
    }

    /** One that is not open, the one that leads to this upstream if it is such a one, or null. */
    @Nullable
    Lane pick(long nowNanos, String preferred) {
        for (Lane lane : lanes) {
            if (lane.upstream().equals(preferred) && isFree(lane, nowNanos, Set.of())) {
                return lane;
            }
        }
        return pick(nowNanos, Set.of());
    }

    /** Adds those that lead to an upstream. */
    void addThoseTo(String upstream, Set<Lane> out) {
        for (Lane lane : lanes) {
            if (lane.upstream().equals(upstream)) {
                out.add(lane);
            }
        }
    }

    boolean areAllAmong(Set<Lane> some) {
        return some.containsAll(List.of(lanes));
    }

    boolean hasFree(long nowNanos, Set<Lane> without) {
        for (Lane lane : lanes) {
            if (isFree(lane, nowNanos, without)) {
                return true;
            }
        }
        return false;
    }

    /** The one not among {@code without} that is open for the shortest time from now on, or null. */
    @Nullable
    Lane soonest(long nowNanos, Set<Lane> without) {
        Lane soonest = null;
        for (Lane lane : lanes) {
            if (!without.contains(lane)
                    && (soonest == null
                            || lane.breaker().openNanos(nowNanos)
                                    < soonest.breaker().openNanos(nowNanos))) {
                soonest = lane;
            }
        }
        return soonest;
    }

    private static boolean isFree(Lane lane, long nowNanos, Set<Lane> without) {
        return !lane.breaker().isOpen(nowNanos) && (without.isEmpty() || !without.contains(lane));
    }

    private @Nullable Lane draw(long nowNanos, Set<Lane> without, @Nullable Lane drawn) {
        int total = 0;
        for (Lane lane : lanes) {
            total += lane != drawn && isFree(lane, nowNanos, without) ? lane.weight() : 0;
        }
        int left = total == 0 ? -1 : random.nextInt(total);
        for (Lane lane : lanes) {
            if (lane != drawn && isFree(lane, nowNanos, without)) {
                left -= lane.weight();
                if (left < 0) {
                    return lane;
                }
            }
        }
        return null;
    }
}
