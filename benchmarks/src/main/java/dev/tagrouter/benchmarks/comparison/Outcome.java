package dev.tagrouter.benchmarks.comparison;

import dev.tagrouter.benchmarks.load.LoadResult;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison found.
 *
 * @param machine where it ran, and what
 * @param settings how it ran
 * @param pinned whether gateways had a core of their own
 * @param ways what came of each way, in the order of {@link Way}
 * @param starts how TagRouter starts, and what memory it takes then; empty where that was not measured
 * @param loadedBytes TagRouter's resident memory after the last round, or 0 where that was not measured
 */
public record Outcome(
        Machine machine, Settings settings, boolean pinned, List<Measured> ways, List<Start> starts, long loadedBytes) {
    /** How much more than nginx the direct way must carry: else stub and generator were what was measured. */
    public static final double HEADROOM = 1.5;

    private static final double CARRIED = 0.98;

    public Outcome {
        ways = List.copyOf(ways);
        starts = List.copyOf(starts);
    }

    /**
     * One way, loaded several times.
     *
     * @param way which
     * @param missing what to install for it, or null where it ran
     * @param settled how long it was loaded before the first round, until its throughput stood still
     * @param saturated its runs at full load
     * @param steady its runs at the fixed rate
     */
    public record Measured(
            Way way, @Nullable String missing, Duration settled, List<LoadResult> saturated, List<LoadResult> steady) {
        public Measured {
            saturated = List.copyOf(saturated);
            steady = List.copyOf(steady);
        }

        /** Requests a second at full load: the median; NaN where it did not run. */
        public double perSecond() {
            return median(saturated, LoadResult::perSecond);
        }

        /** Median latency in microseconds at the fixed rate: the median of the runs; NaN where it did not run. */
        public double p50Micros() {
            return median(steady, run -> run.latency().p50());
        }

        /** The same for the 99th percentile. */
        public double p99Micros() {
            return median(steady, run -> run.latency().p99());
        }

        /** Requests that were not answered with status 200, over all runs. */
        public long failed() {
            return saturated.stream().mapToLong(LoadResult::failed).sum()
                    + steady.stream().mapToLong(LoadResult::failed).sum();
        }

        /** Whether at least this rate was carried in every run. */
        public boolean carries(int rate) {
            return perSecond() >= rate && steady.stream().allMatch(run -> run.perSecond() >= CARRIED * rate);
        }
    }

    /**
     * How TagRouter starts.
     *
     * @param withCache whether with the AOT cache
     * @param readyMillis from the start of the process until it says it is ready, once for each start
     * @param idleBytes resident memory a moment later, once for each start
     */
    public record Start(boolean withCache, List<Double> readyMillis, List<Double> idleBytes) {
        public Start {
            readyMillis = List.copyOf(readyMillis);
            idleBytes = List.copyOf(idleBytes);
        }

        /** The median. */
        public double medianReadyMillis() {
            return median(readyMillis, value -> value);
        }

        /** The median. */
        public double medianIdleBytes() {
            return median(idleBytes, value -> value);
        }
    }

    /** One way's runs; without any where it was not asked for. */
    public Measured way(Way way) {
        return ways.stream()
                .filter(measured -> measured.way() == way)
                .findFirst()
                .orElse(new Measured(way, null, Duration.ZERO, List.of(), List.of()));
    }

    /** Throughput as a share of nginx's; NaN without either. */
    public double shareOfNginx(Way way) {
        return way(way).perSecond() / way(Way.NGINX).perSecond();
    }

    /** What a way adds to the direct way's median latency, in microseconds. */
    public double addedP50Micros(Way way) {
        return way(way).p50Micros() - way(Way.DIRECT).p50Micros();
    }

    /** What a way adds to the direct way's 99th percentile, in microseconds. */
    public double addedP99Micros(Way way) {
        return way(way).p99Micros() - way(Way.DIRECT).p99Micros();
    }

    /** Whether the figures count: the direct way carried enough more than nginx, and nothing failed. */
    public boolean counts() {
        return pinned
                && shareOfNginx(Way.DIRECT) >= HEADROOM
                && ways.stream().allMatch(way -> way.failed() == 0 || way.way() == Way.PORTKEY);
    }

    private static <T> double median(List<T> runs, ToDoubleFunction<T> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
