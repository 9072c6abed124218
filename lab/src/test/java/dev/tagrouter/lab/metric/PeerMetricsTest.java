package dev.tagrouter.lab.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The metrics of other papers, and Holm's correction, against figures worked out by hand. */
class PeerMetricsTest {
    private static final double CLOSE = 1e-8;
    private static final int[] ONCE = {1, 1, 1, 1};

    /** Small wins, large wins, both are as good, large wins: AR 0.5 and 0.75. */
    private final Outcomes outcomes = new Outcomes(
            new double[][] {{1, 0}, {0, 1}, {1, 1}, {0, 1}}, new double[][] {{1, 2}, {1, 2}, {1, 2}, {1, 2}}, 0);

    private final PerformanceGap gap = new PerformanceGap(0.5, 0.75);

    @Test
    void apgrIsTheShareOfTheGapThatTheAreaRecovers() {
        // AR 0.5, 0.75, 1, 1, 0.75 over the share of the large model: AUC 3.375 / 4.
        TwoModelCurve curve = new TwoModelCurve(outcomes, new double[] {0.8, -0.6, -0.05, -0.5}, 0);

        assertThat(gap.recovered(curve.areas(ONCE).auc())).isEqualTo((0.84375 - 0.5) / 0.25, within(CLOSE));
        assertThat(gap.recovered(new TwoModelCurve(outcomes, new double[4], 0)
                        .areas(ONCE)
                        .auc()))
                .as("a random router")
                .isEqualTo(0.5, within(CLOSE));
        assertThat(new PerformanceGap(0.75, 0.75).recovered(0.8)).isNaN();
        assertThat(new PerformanceGap(0.8, 0.75).exists()).isFalse();
    }

    @Test
    void cptIsTheFirstShareThatGetsThere() {
        TwoModelCurve good = new TwoModelCurve(outcomes, new double[] {0.8, -0.6, -0.05, -0.5}, 0);
        // The whole gap, 0.25, is gained by the first quarter of the calls.
        assertThat(good.shareReaching(gap.at(0.2), ONCE)).isEqualTo(0.05, within(CLOSE));
        assertThat(good.shareReaching(gap.at(0.5), ONCE)).isEqualTo(0.125, within(CLOSE));
        assertThat(good.shareReaching(gap.at(0.8), ONCE)).isEqualTo(0.2, within(CLOSE));

        // The query that the small model wins goes first: AR 0.5, 0.25, 0.5, 0.5, 0.75.
        TwoModelCurve bad = new TwoModelCurve(outcomes, new double[] {-0.9, -0.6, -0.05, 0.5}, 0);
        assertThat(bad.shareReaching(gap.at(0.2), ONCE)).isEqualTo(0.8, within(CLOSE));
        assertThat(bad.shareReaching(gap.at(1), ONCE)).isEqualTo(1, within(CLOSE));

        TwoModelCurve blind = new TwoModelCurve(outcomes, new double[4], 0);
        assertThat(blind.shareReaching(gap.at(0.2), ONCE)).isEqualTo(0.2, within(CLOSE));
        assertThat(blind.shareReaching(0.9, ONCE)).as("never").isNaN();
        assertThat(blind.shareReaching(0.4, ONCE)).as("at once").isZero();
    }

    @Test
    void cptCountsAQueryAsOftenAsItStandsThere() {
        TwoModelCurve curve = new TwoModelCurve(outcomes, new double[] {0.8, -0.6, -0.05, -0.5}, 0);

        // Twice a query that the large model wins, first: AR 0, then 2/3 after two of three queries.
        assertThat(curve.shareReaching(1 / 3.0, new int[] {0, 2, 0, 1})).isEqualTo(1 / 3.0, within(CLOSE));
    }

    @Test
    void aiqTakesTheHull() {
        // From the null router: slopes 0.5 to (1, 0.5), 0.2 to (2, 0.7); (1.5, 0.55) lies below the line between.
        double[][] points = {{2, 0.7}, {1, 0.5}, {1.5, 0.55}, {3, 0.6}};

        assertThat(HullArea.of(points, 1, 3)).isEqualTo((0.6 + 0.7) / 2, within(CLOSE));
        // From cost 0.5 on, half way to the null router.
        assertThat(HullArea.of(points, 0.5, 1.5)).isEqualTo(0.5 * 0.375 + 0.5 * 0.55, within(CLOSE));
    }

    @Test
    void aiqSkipsCornersThatMixingBeats() {
        // (1, 0.1) lies below the line from the null router to (2, 0.8).
        assertThat(HullArea.of(new double[][] {{1, 0.1}, {2, 0.8}}, 1, 2)).isEqualTo(0.6, within(CLOSE));
        assertThat(HullArea.of(new double[][] {{1, 0.1}, {2, 0.8}}, 1, 1)).isEqualTo(0.4, within(CLOSE));
        assertThat(HullArea.of(new double[][] {{0, 0.3}, {0, 0.4}, {2, 0.8}}, 0, 4))
                .isEqualTo((0.6 + 0.8) / 2, within(CLOSE));
        assertThat(HullArea.of(new double[][] {{1, 0}}, 0, 1)).isZero();
    }

    @Test
    void arenaScoreWeighsAccuracyTenfold() {
        assertThat(ArenaScore.of(0.7, 0.0044e-3)).as("C = 1").isEqualTo(1.1 * 0.7 / 1.07, within(CLOSE));
        // log2(200 / 20) / log2(200 / 0.0044) = ln 10 / ln 45454.5
        double c = 2.302585093 / 10.724467867;
        assertThat(ArenaScore.of(0.5, 0.02)).isEqualTo(1.1 * 0.5 * c / (0.05 + c), within(1e-6));
        assertThat(ArenaScore.of(0.9, 0.2)).as("C = 0").isZero();
        assertThat(ArenaScore.of(0.9, 3)).as("beyond the scale").isZero();
        assertThat(ArenaScore.of(0.9, 0)).as("free").isEqualTo(1.1 * 0.9 / 1.09, within(CLOSE));
        assertThat(ArenaScore.of(0, 3)).isZero();
    }

    @Test
    void holmRaisesTheSmallestMost() {
        assertThat(Holm.corrected(0.01, 0.04, 0.03, 0.005))
                .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(CLOSE));
        assertThat(Holm.corrected(0.9, 0.8)).containsExactly(1, 1);
        assertThat(Holm.corrected(0.02)).containsExactly(0.02);
        assertThat(Holm.corrected()).isEmpty();
        assertThatThrownBy(() -> Holm.corrected(0.1, Double.NaN)).hasMessageContaining("NaN");
    }
}
