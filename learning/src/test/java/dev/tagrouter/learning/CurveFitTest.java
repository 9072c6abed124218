package dev.tagrouter.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.core.decision.TradeOffCurve;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The curve at prices of any size. */
class CurveFitTest {
    @ParameterizedTest
    @ValueSource(doubles = {4e-3, 4e-6, 4e-7, 1e-12, 1e-280})
    void tinyPricesGiveTheCurveOfOrdinaryOnes(double factor) {
        TradeOffCurve ordinary = curve(10, 0.1, 0.3);
        TradeOffCurve tiny = curve(10 * factor, 0.1 * factor, 0.3 * factor);
        for (int i = 0; i < ordinary.points().size(); i++) {
            TradeOffCurve.Point point = tiny.points().get(i);
            assertThat(point.quality()).isCloseTo(ordinary.points().get(i).quality(), within(0.02));
            assertThat(point.costUsd() / factor)
                    .isCloseTo(
                            ordinary.points().get(i).costUsd(),
                            within(0.1 * ordinary.points().get(i).costUsd()));
        }
    }

    @Test
    void ordinaryPricesHaveTheWeightsTheyAlwaysHad() {
        assertThat(curve(10, 0.1, 0.3).points().get(1).qualityPerUsd()).isEqualTo(StrictMath.pow(10, -2 + 39 / 10.0));
    }

    /** A difference in price that no finite weight makes count. */
    @Test
    void onlyThetaMinusOneHasAnInfiniteWeight() {
        TradeOffCurve curve = curve(1, 1, 1 + 1e-9);
        assertThat(curve.points().getFirst().qualityPerUsd()).isInfinite();
        assertThat(curve.points().get(1).qualityPerUsd()).isEqualTo(1e9);
        assertThat(curve(0, 0, 0).points().get(20).quality())
                .isEqualTo(curve(0, 0, 0).points().getLast().quality());
    }

    /** Three models, 1,000 tokens a query; the first is the best on most, the third on some. */
    private static TradeOffCurve curve(double... prices) {
        double dearest = Math.max(prices[0], Math.max(prices[1], prices[2]));
        CurveFit fit = new CurveFit(3, dearest);
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            double[] score = {0.8 + 0.1 * random.nextDouble(), 0.9 * random.nextDouble(), random.nextDouble()};
            double[] cost = new double[prices.length];
            for (int m = 0; m < cost.length; m++) {
                cost[m] = prices[m] / 1000;
            }
            fit.add(score, cost, score, cost);
        }
        return fit.curve();
    }
}
