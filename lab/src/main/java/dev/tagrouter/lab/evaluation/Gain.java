package dev.tagrouter.lab.evaluation;

import dev.tagrouter.lab.metric.Resampled;
import java.util.List;

/**
 * A gain of area over a random router, or what two of them come to.
 *
 * @param value as observed
 * @param resampled the same on the resamples, which are the same for all gains on as many queries with one seed
 */
public record Gain(double value, Resampled resampled) {
    /** The mean over pools of as many queries, at least one. */
    static Gain mean(List<Gain> gains) {
        return new Gain(
                gains.stream().mapToDouble(Gain::value).average().orElseThrow(),
                Resampled.mean(gains.stream().map(Gain::resampled).toList()));
    }

    /** The difference to another. */
    public Gain minus(Gain other) {
        return new Gain(value - other.value, resampled.minus(other.resampled));
    }

    /** This as a share of another. */
    public Gain over(Gain other) {
        return new Gain(value / other.value, resampled.over(other.resampled));
    }

    /** The 95 % interval over queries. */
    public Resampled.Interval interval() {
        return resampled.interval();
    }
}
