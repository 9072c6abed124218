package dev.tagrouter.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How a cost is written into a header. */
class DecisionHeadersTest {
    @Test
    void aCostHasSixDigitsWithoutExponentOrZerosAtItsEnd() {
        assertThat(DecisionHeaders.sixDigits(0.000525)).isEqualTo("0.000525");
        assertThat(DecisionHeaders.sixDigits(1.23456789e-7)).isEqualTo("0.000000123457");
        assertThat(DecisionHeaders.sixDigits(0.99999999)).isEqualTo("1");
        assertThat(DecisionHeaders.sixDigits(0)).isEqualTo("0");
        assertThat(DecisionHeaders.sixDigits(120)).isEqualTo("120");
        assertThat(DecisionHeaders.sixDigits(1e-30)).isEqualTo("0." + "0".repeat(29) + "1");
        assertThat(DecisionHeaders.sixDigits(1234567)).isEqualTo("1234570");
    }

    @Test
    void itIsTheCostRoundedToSixDigits() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            double cost = Math.pow(10, random.nextDouble(-12, 6));
            BigDecimal rounded = new BigDecimal(cost).round(new MathContext(6));
            assertThat(new BigDecimal(DecisionHeaders.sixDigits(cost)))
                    .as("%s", cost)
                    .isEqualByComparingTo(rounded);
        }
    }
}
