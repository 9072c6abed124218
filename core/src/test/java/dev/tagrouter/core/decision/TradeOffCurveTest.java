package dev.tagrouter.core.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.core.testing.TinyProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

class TradeOffCurveTest {
    private final TradeOffCurve curve = TinyProfile.curve();

    @Test
    void theWeightNeverRisesWithThetaAndComesBackFromIt() {
        double previous = Double.POSITIVE_INFINITY;
        for (double theta = -1; theta <= 1; theta += 1 / 128.0) {
            double weight = curve.qualityPerUsd(theta);
            assertThat(weight).isLessThanOrEqualTo(previous);
            if (theta > -0.99 && theta < 1) {
                assertThat(curve.theta(weight)).isCloseTo(theta, within(1e-9));
            }
            previous = weight;
        }
        assertThat(curve.qualityPerUsd(-1)).isInfinite();
        assertThat(curve.qualityPerUsd(0)).isEqualTo(100);
        assertThat(curve.qualityPerUsd(0.25)).isCloseTo(Math.sqrt(1000), within(1e-9));
        assertThat(curve.qualityPerUsd(1)).isZero();
    }

    @Test
    void refusesACurveThatTurnsBack() {
        TradeOffCurve.Point first = new TradeOffCurve.Point(-1, Double.POSITIVE_INFINITY, 0, 0);
        TradeOffCurve.Point last = new TradeOffCurve.Point(1, 0, 0, 0);
        assertThatThrownBy(() -> new TradeOffCurve(List.of(
                        first, new TradeOffCurve.Point(0, 1, 0, 0), new TradeOffCurve.Point(0.5, 2, 0, 0), last)))
                .hasMessageContaining("turns back at theta 0.5");
        assertThatThrownBy(() -> new TradeOffCurve(List.of(first, last))).hasMessageContaining("three points");
    }
}
