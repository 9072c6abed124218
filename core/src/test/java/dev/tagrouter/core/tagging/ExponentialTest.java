package dev.tagrouter.core.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExponentialTest {
    @Test
    void isShortOfTheRealOneByAHundredBillionthAtMost() {
        double worst = 0;
        for (double x = -Exponential.MOST; x <= Exponential.MOST; x += 0.000_713) {
            double real = StrictMath.exp(x);
            worst = Math.max(worst, Math.abs(Exponential.of(x) - real) / real);
        }
        assertThat(worst).isBetween(1e-12, 1e-11);
    }

    @Test
    void neverFalls() {
        double before = 0;
        for (double x = -10; x <= 10; x += 0.000_31) {
            double now = Exponential.of(x);
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
        // From one value of the table to the next, where a function of pieces would.
        for (int step = 1 - 9 * 64; step < 9 * 64; step++) {
            double at = step / 64.0;
            assertThat(Exponential.of(at - 1e-14)).as("before %s", at).isLessThanOrEqualTo(Exponential.of(at));
        }
    }

    @Test
    void isExactAtItsStepsAndCutAtItsEnds() {
        assertThat(Exponential.of(0)).isEqualTo(1);
        assertThat(Exponential.of(1)).isEqualTo(StrictMath.exp(1));
        assertThat(Exponential.of(1e300)).isEqualTo(Exponential.of(Exponential.MOST));
        assertThat(Exponential.of(Double.NEGATIVE_INFINITY)).isEqualTo(Exponential.of(-Exponential.MOST));
        assertThat(Exponential.of(Exponential.MOST)).isCloseTo(8103.083927575384, within(1e-9));
    }
}
