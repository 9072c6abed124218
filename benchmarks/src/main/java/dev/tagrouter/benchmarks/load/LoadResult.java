package dev.tagrouter.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * What came of a run; the warm-up is not in it.
 *
 * @param answered how many requests were answered with status 200
 * @param failed how many were answered otherwise, lost with their connection, or not answered in time
 * @param perSecond answers with status 200 a second
 * @param latency from when each request was meant to go out to its answer's last byte, failures included
 * @param lateness from when each request was meant to go out to when it did: what the generator itself is off by and,
 *     where the server is too slow for the rate, how far it is behind
 */
public record LoadResult(long answered, long failed, double perSecond, Spread latency, Spread lateness) {
    /**
     * Times, in microseconds.
     *
     * @param p50 half are at most this
     * @param p99 99 of 100 are at most this
     * @param max the longest
     */
    public record Spread(double p50, double p99, double max) {
        static Spread of(Histogram nanos) {
            return new Spread(
                    nanos.getValueAtPercentile(50) / 1e3,
                    nanos.getValueAtPercentile(99) / 1e3,
                    nanos.getMaxValue() / 1e3);
        }
    }

    /** Nanoseconds up to a minute, at three significant digits. */
    static Histogram histogram() {
        Histogram nanos = new Histogram(60_000_000_000L, 3);
        nanos.setAutoResize(true);
        return nanos;
    }
}
