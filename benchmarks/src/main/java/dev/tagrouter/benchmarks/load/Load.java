package dev.tagrouter.benchmarks.load;

import java.io.IOException;
import java.time.Duration;

/** Puts load on a server of this machine, and says how it took it. */
public final class Load {
    /** How many slices running must not have risen. */
    private static final int STILL = 3;

    /** What is more than noise. */
    private static final double RISE = 1.03;

    private Load() {}

    /**
     * How to load.
     *
     * @param connections how many connections stay open, each with one request at a time
     * @param warmUp how long to load before anything counts
     * @param measured how long what counts lasts
     */
    public record Plan(int connections, Duration warmUp, Duration measured) {
        public Plan {
            if (connections < 1) {
                throw new IllegalArgumentException("connections is " + connections + "; give one or more");
            }
            if (warmUp.isNegative() || measured.compareTo(Duration.ofMillis(1)) < 0) {
                throw new IllegalArgumentException(
                        "warmUp is " + warmUp + " and measured " + measured + "; measure for a millisecond or longer");
            }
        }
    }

    /**
     * Sends requests on a fixed schedule, whether or not earlier ones have been answered, and counts each one's time
     * from when it was due: a server that stalls makes every request late that was due meanwhile, and all of them show
     * (no coordinated omission).
     *
     * @param perSecond how many requests are due a second
     * @throws IOException when the server cannot be connected to
     */
    public static LoadResult atRate(Target target, Plan plan, int perSecond) throws IOException {
        if (perSecond < 1 || perSecond > 1_000_000) {
            throw new IllegalArgumentException("perSecond is " + perSecond + "; give 1 to 1,000,000");
        }
        try (OpenLoop run = new OpenLoop(target, plan, perSecond)) {
            return run.run();
        }
    }

    /**
     * Sends on each connection the next request as soon as the last is answered: finds how much a server carries. Its
     * times say how long a request takes at that limit, not what a client at a lower rate would see.
     *
     * @throws IOException when the server cannot be connected to
     */
    public static LoadResult saturate(Target target, Plan plan) throws IOException {
        try (ClosedLoop run = new ClosedLoop(target, plan)) {
            return run.run();
        }
    }

    /**
     * Saturates a server slice after slice until its throughput stands still, as a JVM's does when its compilers are done:
     * until {@value #STILL} slices running were no more than {@value #RISE} times the best before them.
     *
     * @param plan how long a slice is
     * @param most how long at most
     * @return how long it took
     * @throws IOException when the server cannot be connected to
     */
    public static Duration settle(Target target, Plan plan, Duration most) throws IOException {
        double best = 0;
        int still = 0;
        Duration taken = Duration.ZERO;
        while (still < STILL && taken.compareTo(most) < 0) {
            double perSecond = saturate(target, plan).perSecond();
            taken = taken.plus(plan.warmUp()).plus(plan.measured());
            if (perSecond > RISE * best) {
                best = perSecond;
                still = 0;
            } else {
                still++;
            }
        }
        return taken;
    }

    /**
     * Keeps a number of streams open, each asked for anew when it has ended.
     *
     * @param plan how many, and for how long
     * @param spread the time over which the first ones begin, evenly, so that their events do not all fall on one moment
     * @throws IOException when the server cannot be connected to
     */
    public static StreamResult streams(Target target, Plan plan, Duration spread) throws IOException {
        try (StreamLoop run = new StreamLoop(target, plan, spread)) {
            return run.run();
        }
    }
}
