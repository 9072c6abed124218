package dev.tagrouter.lab.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Every metric against figures worked out by hand, and the arithmetic of the published table. */
class MetricsTest {
    private static final double CLOSE = 1e-12;
    private static final int[] ONCE = {1, 1, 1, 1};

    /** Small wins, large wins, they tie within the margin, large wins. */
    private final Outcomes outcomes = new Outcomes(
            new double[][] {{0.9, 0.1}, {0.2, 0.8}, {0.50, 0.55}, {0.0, 1.0}},
            new double[][] {{1, 10}, {1, 10}, {1, 10}, {1, 10}},
            0.05);

    @Test
    void acceptRateCountsTiesForBoth() {
        Point small = Point.of(outcomes, outcomes.always(0), ONCE);
        Point large = Point.of(outcomes, outcomes.always(1), ONCE);

        assertThat(small.acceptRate()).isEqualTo(0.5);
        assertThat(large.acceptRate()).isEqualTo(0.75);
        assertThat(large.quality()).isEqualTo((0.1 + 0.8 + 0.55 + 1.0) / 4, within(CLOSE));
        assertThat(large.costUsd()).isEqualTo(10);
    }

    @Test
    void rankOfTwoIsTwoLessAcceptRate() {
        for (int[] chosen : new int[][] {{0, 0, 0, 0}, {1, 1, 1, 1}, {0, 1, 0, 1}, {1, 0, 1, 0}}) {
            Point point = Point.of(outcomes, chosen, ONCE);

            assertThat(point.rank()).isEqualTo(2 - point.acceptRate(), within(CLOSE));
        }
    }

    @Test
    void rankOfThreeCountsThoseThatBeatIt() {
        Outcomes three = new Outcomes(new double[][] {{0.2, 0.5, 0.9}}, new double[][] {{1, 2, 3}}, 0);

        assertThat(three.rank(0, 0)).isEqualTo(3);
        assertThat(three.rank(0, 1)).isEqualTo(2);
        assertThat(three.rank(0, 2)).isEqualTo(1);
        assertThat(three.accepted(0, 1)).isFalse();
    }

    @Test
    void aucFollowsTheOrderOfDelta() {
        // Sent to the large model in the order 1, 3, 2, 0: AR goes 0.5, 0.75, 1, 1, 0.75.
        TwoModelCurve good = new TwoModelCurve(outcomes, new double[] {0.8, -0.6, -0.05, -0.5}, 0);

        assertThat(good.areas(ONCE).auc()).isEqualTo((0.625 + 0.875 + 1.0 + 0.875) / 4, within(CLOSE));
        // Above 0.75, the large model's AR: nothing, then triangles and rectangles over steps of a quarter.
        assertThat(good.areas(ONCE).pauc()).isEqualTo((0 + 0.125 + 0.25 + 0.125) / 4, within(CLOSE));
    }

    @Test
    void equalDeltasAreARandomRouter() {
        TwoModelCurve blind = new TwoModelCurve(outcomes, new double[4], 0);

        assertThat(blind.areas(ONCE).auc()).isEqualTo((0.5 + 0.75) / 2, within(CLOSE));
        assertThat(blind.areas(ONCE).pauc()).isZero();
    }

    @Test
    void paucCutsThePieceWhereTheCurveCrosses() {
        // Sent to the large model: 0 (small wins), 1 (large wins): AR 1/2, 0, 1/2 crosses nothing; the other order
        // does.
        Outcomes two = new Outcomes(new double[][] {{1, 0}, {0, 1}}, new double[][] {{1, 2}, {1, 2}}, 0);
        int[] once = {1, 1};

        assertThat(new TwoModelCurve(two, new double[] {0, 1}, 0).areas(once).pauc())
                .isZero();
        assertThat(new TwoModelCurve(two, new double[] {1, 0}, 0).areas(once).pauc())
                .isEqualTo(0.25, within(CLOSE));
    }

    @Test
    void weightsCountAQueryAsOftenAsItStandsThere() {
        Outcomes repeated = new Outcomes(
                new double[][] {{0.9, 0.1}, {0.2, 0.8}, {0.2, 0.8}, {0.0, 1.0}},
                new double[][] {{1, 10}, {1, 10}, {1, 10}, {1, 10}},
                0.05);
        double[] delta = {0.8, -0.6, -0.6, -0.5};

        assertThat(new TwoModelCurve(outcomes, new double[] {0.8, -0.6, 7, -0.5}, 0).areas(new int[] {1, 2, 0, 1}))
                .isEqualTo(new TwoModelCurve(repeated, delta, 0).areas(ONCE));
        assertThat(Point.of(outcomes, new int[] {0, 1, 0, 1}, new int[] {1, 2, 0, 1}))
                .isEqualTo(Point.of(repeated, new int[] {0, 1, 1, 1}, ONCE));
    }

    @Test
    void costQualityAreaNormalisesCostAndNeverFalls() {
        double[][] rising = {{1, 0.5}, {3, 0.7}};
        double[][] falling = {{1, 0.5}, {2, 0.8}, {3, 0.6}};

        assertThat(CostQualityArea.of(rising, 1, 3)).isEqualTo(0.6, within(CLOSE));
        // Rises to 0.8 over the first half, stays there over the second.
        assertThat(CostQualityArea.of(falling, 1, 3)).isEqualTo((0.65 + 0.8) / 2, within(CLOSE));
    }

    @Test
    void costQualityAreaIsExtendedFlatAndCutToTheRange() {
        assertThat(CostQualityArea.of(new double[][] {{2, 0.6}}, 1, 3)).isEqualTo(0.6, within(CLOSE));
        // From 0 to 2 the line rises 0.4 to 0.8; in the range it begins at 0.6. Then flat.
        assertThat(CostQualityArea.of(new double[][] {{0, 0.4}, {2, 0.8}}, 1, 3))
                .isEqualTo((0.7 + 0.8) / 2, within(CLOSE));
        // From 2 to 4 it rises 0.4 to 0.8; at 3 it has reached 0.6.
        assertThat(CostQualityArea.of(new double[][] {{4, 0.8}, {2, 0.4}}, 1, 3))
                .isEqualTo((0.4 + 0.5) / 2, within(CLOSE));
        assertThat(CostQualityArea.of(new double[][] {{1, 0.4}, {1, 0.7}, {5, 0.9}}, 1, 1))
                .isEqualTo(0.7);
    }

    @Test
    void publishedTableAddsUp() {
        assertThat(Point.uplift(0.8360, 0.7876)).isEqualTo(0.0615, within(5e-5));
        assertThat(Point.uplift(0.5978, 0.7876)).isEqualTo(-0.2410, within(5e-5));
        assertThat(Point.uplift(0.8034, 0.7876)).isEqualTo(0.0201, within(5e-5));
        assertThat(Point.uplift(0.8045, 0.7876)).isEqualTo(0.0215, within(5e-5));
        assertThat(Point.uplift(0.8180, 0.7876)).isEqualTo(0.0386, within(5e-5));
        assertThat(Point.saving(11.17, 13.49)).isEqualTo(0.1720, within(5e-5));
        for (double[] row : new double[][] {
            {0.5978, 1.400}, {0.7876, 1.212}, {0.8034, 1.197}, {0.8045, 1.196}, {0.8180, 1.182}, {0.8360, 1.164}
        }) {
            // The paper's ranks are 2 - AR, cut off or rounded to three digits; one row is off by two units.
            assertThat(2 - row[0]).isEqualTo(row[1], within(0.0025));
        }
    }

    @Test
    void bootstrapOfAMeanHasTheSpreadOfAMean() {
        double[] values = new double[400];
        Arrays.setAll(values, i -> i % 2);
        Bootstrap bootstrap = new Bootstrap(values.length, 2_000, 7);

        Resampled mean = bootstrap.of(weights -> {
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i] * values[i];
            }
            return sum / weights.length;
        });

        // Standard error 0.5 / 20 = 0.025, so the interval is 0.5 +- 0.049.
        assertThat(mean.interval().low()).isEqualTo(0.451, within(0.006));
        assertThat(mean.interval().high()).isEqualTo(0.549, within(0.006));
    }

    @Test
    void pValuesArePairedAndNeverZero() {
        Bootstrap bootstrap = new Bootstrap(50, 99, 3);
        Resampled base = bootstrap.of(weights -> weights[0]);
        Resampled higher = bootstrap.of(weights -> weights[0] + 0.001);

        assertThat(higher.pValueOver(base)).isEqualTo(0.01);
        assertThat(base.pValueOver(higher)).isEqualTo(1);
        assertThat(base.pValueOver(base)).isEqualTo((1 + 99 / 2.0) / 100, within(CLOSE));
        assertThat(Resampled.mean(java.util.List.of(base, higher))
                        .minus(base)
                        .interval()
                        .low())
                .isEqualTo(0.0005, within(1e-9));
    }

    @Test
    void refusesWhatCannotBeMeasured() {
        assertThatThrownBy(() -> new Outcomes(new double[0][], new double[0][], 0))
                .hasMessageContaining("0 queries");
        assertThatThrownBy(() -> new TwoModelCurve(
                        new Outcomes(new double[][] {{1, 0, 0}}, new double[][] {{1, 1, 1}}, 0), new double[1], 0))
                .hasMessageContaining("two candidates, not 3");
        assertThatThrownBy(() -> new Bootstrap(0, 10, 1)).hasMessageContaining("queries is 0");
    }
}
