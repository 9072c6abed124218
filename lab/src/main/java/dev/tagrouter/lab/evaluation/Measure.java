package dev.tagrouter.lab.evaluation;

import dev.tagrouter.lab.metric.Bootstrap;
import dev.tagrouter.lab.metric.Point;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Measures what studies compare on one pool's queries, everything on the same resamples. */
final class Measure {
    private final Yardstick yardstick;
    private final Bootstrap bootstrap;
    private final Gain random;

    Measure(PoolData data, int resamples, long seed) {
        this.yardstick =
                new Yardstick(data.outcomes(IntStream.range(0, data.queries()).toArray()));
        this.bootstrap = new Bootstrap(data.queries(), resamples, seed);
        this.random = of(yardstick::randomArea);
    }

    Yardstick yardstick() {
        return yardstick;
    }

    /** A statistic as observed and on the resamples. */
    Gain of(ToDoubleFunction<int[]> statistic) {
        return new Gain(statistic.applyAsDouble(yardstick.once()), bootstrap.of(statistic));
    }

    /** The area that methods are compared by on the pool. */
    Gain area(Choice choice, Values values) {
        List<int[]> sweep = Sweep.of(choice, values, yardstick.truth());
        return of(yardstick.areas(choice, values, sweep));
    }

    /** The area less that of a random router. */
    Gain overRandom(Gain area) {
        return area.minus(random);
    }

    /** What decisions are judged by: AR for two candidates, else quality. */
    Gain headline(int[] chosen) {
        return of(yardstick.headline(chosen));
    }

    /** Mean quality of decisions. */
    Gain quality(int[] chosen) {
        return of(weights -> Point.of(yardstick.truth(), chosen, weights).quality());
    }
}
