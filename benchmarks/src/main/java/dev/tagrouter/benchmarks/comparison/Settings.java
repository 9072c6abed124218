package dev.tagrouter.benchmarks.comparison;

import dev.tagrouter.benchmarks.load.Load;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is compared, and for how long.
 *
 * @param launcher the script that starts TagRouter
 * @param cache where gateways that are not ours are installed
 * @param ways what to load; the direct way is always among them
 * @param rounds how often each way is loaded, in turn with the others; medians are reported
 * @param connections how many connections carry the load
 * @param perSecond the rate at which latency is measured
 * @param times how long everything takes
 */
public record Settings(
        Path launcher, Path cache, Set<Way> ways, int rounds, int connections, int perSecond, Times times) {
    /** 200 tokens at four characters each. */
    static final int QUERY_CHARACTERS = 800;

    private static final int MOST_ROUNDS = 99;
    private static final int MOST_CONNECTIONS = 512;
    private static final int HIGHEST_RATE = 100_000;

    public Settings {
        requireWithin("rounds", rounds, MOST_ROUNDS);
        requireWithin("connections", connections, MOST_CONNECTIONS);
        requireWithin("rate", perSecond, HIGHEST_RATE);
        EnumSet<Way> all = EnumSet.of(Way.DIRECT);
        all.addAll(ways);
        ways = Set.copyOf(all);
    }

    private static void requireWithin(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " is " + value + "; give 1 to " + most);
        }
    }

    /**
     * How long everything takes.
     *
     * @param settle how long a slice of load is, of which each way gets as many before the first round as it takes until
     *     its throughput stands still
     * @param settleMost how long that may take
     * @param warmUp how long each run goes before it counts
     * @param saturation how long throughput is measured
     * @param steady how long latency is measured
     * @param starts how often start and memory are measured
     */
    public record Times(
            Duration settle, Duration settleMost, Duration warmUp, Duration saturation, Duration steady, int starts) {
        private static final int USUAL_SLICES = 6;

        /** Long enough for figures worth keeping. */
        public static final Times FULL = new Times(
                Duration.ofSeconds(5),
                Duration.ofSeconds(120),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                7);

        /** Just long enough to see that everything works. */
        public static final Times QUICK = new Times(
                Duration.ofSeconds(1),
                Duration.ofSeconds(4),
                Duration.ofMillis(300),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                2);

        /** What settling one way is expected to take. */
        Duration expectedSettling() {
            Duration usual = settle.multipliedBy(USUAL_SLICES);
            return usual.compareTo(settleMost) < 0 ? usual : settleMost;
        }

        /** One round of one way. */
        Duration round() {
            return warmUp.multipliedBy(2).plus(saturation).plus(steady);
        }
    }

    Load.Plan settling() {
        return new Load.Plan(connections, Duration.ZERO, times.settle());
    }

    Load.Plan saturating() {
        return new Load.Plan(connections, times.warmUp(), times.saturation());
    }

    Load.Plan steadily() {
        return new Load.Plan(connections, times.warmUp(), times.steady());
    }
}
