package dev.tagrouter.lab.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A curve of changes is the curve of its points, each measured alone. */
class SweptCurveTest {
    private static final int QUERIES = 50;
    private static final int MODELS = 4;

    private final SplittableRandom random = new SplittableRandom(3);
    private final Outcomes outcomes = new Outcomes(some(), some(), 0);

    private double[][] some() {
        double[][] values = new double[QUERIES][MODELS];
        for (double[] row : values) {
            for (int m = 0; m < MODELS; m++) {
                row[m] = random.nextDouble();
            }
        }
        return values;
    }

    private int[] weights() {
        int[] weights = new int[QUERIES];
        for (int i = 0; i < QUERIES; i++) {
            weights[random.nextInt(QUERIES)]++;
        }
        return weights;
    }

    @Test
    void pointsAreThoseOfEachSetting() {
        List<int[]> sweep = new ArrayList<>();
        int[] chosen = new int[QUERIES];
        for (int setting = 0; setting < 30; setting++) {
            // Some queries change, there and back; some of the choices are two calls.
            for (int k = 0; k < 5; k++) {
                int model = random.nextInt(MODELS);
                chosen[random.nextInt(QUERIES)] = model == 2 ? Calls.then(0, 2) : model;
            }
            sweep.add(chosen.clone());
        }
        SweptCurve curve = new SweptCurve(outcomes, sweep);
        for (int sample = 0; sample < 5; sample++) {
            int[] weights = weights();

            double[][] points = curve.points(weights);

            assertThat(points).hasDimensions(30, 2);
            for (int i = 0; i < points.length; i++) {
                Point alone = Point.of(outcomes, sweep.get(i), weights);
                assertThat(points[i][0]).isEqualTo(alone.costUsd(), within(1e-12));
                assertThat(points[i][1]).isEqualTo(alone.quality(), within(1e-12));
            }
        }
    }

    @Test
    void settingsThatChangeNothingAddNoPoint() {
        int[] weights = weights();
        int[] first = outcomes.always(1);
        int[] second = outcomes.always(3);

        double[][] points =
                new SweptCurve(outcomes, List.of(first, first.clone(), second, second.clone())).points(weights);

        assertThat(points).hasDimensions(2, 2);
        assertThat(points[1][0]).isEqualTo(outcomes.meanCostUsd(3, weights), within(1e-12));
        assertThat(points[0][0])
                .isEqualTo(Point.of(outcomes, first, weights).costUsd(), within(1e-12))
                .isEqualTo(outcomes.meanCostUsd(1, weights), within(1e-12));
    }
}
