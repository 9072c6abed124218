package dev.tagrouter.lab.metric;

import java.util.Arrays;
import java.util.List;

/** One statistic on every resample of a {@link Bootstrap}, in its order. Immutable. */
public final class Resampled {
    private static final double TAIL = 0.025;

    private final double[] values;

    Resampled(double[] values) {
        this.values = values.clone();
    }

    /**
     * A 95 % interval.
     *
     * @param low the 2.5 % point
     * @param high the 97.5 % point
     */
    public record Interval(double low, double high) {}

    /** The 95 % percentile interval. */
    public Interval interval() {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        return new Interval(sorted[(int) Math.floor(TAIL * last)], sorted[(int) Math.ceil((1 - TAIL) * last)]);
    }

    /** The difference to another statistic on the same resamples. */
    public Resampled minus(Resampled other) {
        double[] difference = new double[values.length];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = values[i] - other.values[i];
        }
        return new Resampled(difference);
    }

    /** The ratio to another statistic on the same resamples. */
    public Resampled over(Resampled other) {
        double[] ratio = new double[values.length];
        for (int i = 0; i < ratio.length; i++) {
            ratio[i] = values[i] / other.values[i];
        }
        return new Resampled(ratio);
    }

    /** The {@linkplain Point#uplift uplift} over another statistic on the same resamples. */
    public Resampled upliftOver(Resampled other) {
        double[] uplift = new double[values.length];
        for (int i = 0; i < uplift.length; i++) {
            uplift[i] = Point.uplift(values[i], other.values[i]);
        }
        return new Resampled(uplift);
    }

    /** The mean of statistics on the same resamples, at least one. */
    public static Resampled mean(List<Resampled> statistics) {
        double[] mean = new double[statistics.getFirst().values.length];
        for (Resampled statistic : statistics) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += statistic.values[i] / statistics.size();
            }
        }
        return new Resampled(mean);
    }

    /**
     * The one-sided p-value of "this is higher than the other": the share of resamples in which it is not, the observed
     * one counted, so never below 1 / (resamples + 1). Resamples in which both are equal count half.
     */
    public double pValueOver(Resampled other) {
        double notHigher = 1;
        for (int i = 0; i < values.length; i++) {
            notHigher += values[i] > other.values[i] ? 0 : values[i] < other.values[i] ? 1 : 0.5;
        }
        return notHigher / (values.length + 1);
    }
}
