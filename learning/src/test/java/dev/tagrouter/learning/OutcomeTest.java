package dev.tagrouter.learning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Where a tie ends, on both sides, in spite of rounding. */
class OutcomeTest {
    @Test
    void withinTheMarginIsATie() {
        assertThat(Outcome.of(0, 0)).isEqualTo(Outcome.TIE);
        assertThat(Outcome.of(0.55 - 0.5, 0.05)).isEqualTo(Outcome.TIE);
        assertThat(Outcome.of(0.5 - 0.55, 0.05)).isEqualTo(Outcome.TIE);
    }

    @Test
    void beyondItIsNone() {
        assertThat(Outcome.of(0.001, 0)).isEqualTo(Outcome.WIN);
        assertThat(Outcome.of(0.051, 0.05)).isEqualTo(Outcome.WIN);
        assertThat(Outcome.of(-0.051, 0.05)).isEqualTo(Outcome.LOSS);
    }
}
