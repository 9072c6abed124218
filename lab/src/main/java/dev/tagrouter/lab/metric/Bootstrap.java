package dev.tagrouter.lab.metric;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Paired bootstrap over queries (Efron): every method is measured on the same resamples, so that the difference of two
 * methods keeps what they have in common. The same number of queries, resamples and seed give the same resamples.
 */
public final class Bootstrap {
    private final int[][] samples;

    /**
     * @param queries how many queries there are, 1 or more
     * @param resamples how many resamples, 1 or more
     * @param seed of the resamples
     */
    public Bootstrap(int queries, int resamples, long seed) {
        if (queries < 1 || resamples < 1) {
            throw new IllegalArgumentException(
                    "queries is " + queries + ", resamples is " + resamples + "; give 1 or more of each");
        }
        SplittableRandom random = new SplittableRandom(seed);
        this.samples = new int[resamples][queries];
        for (int[] weights : samples) {
            for (int i = 0; i < queries; i++) {
                weights[random.nextInt(queries)]++;
            }
        }
    }

    /** A statistic on each resample; {@code statistic} takes how often each query counts and is called by many threads. */
    public Resampled of(ToDoubleFunction<int[]> statistic) {
        return new Resampled(IntStream.range(0, samples.length)
                .parallel()
                .mapToDouble(i -> statistic.applyAsDouble(samples[i]))
                .toArray());
    }
}
