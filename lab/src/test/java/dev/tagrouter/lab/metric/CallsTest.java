package dev.tagrouter.lab.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The arithmetic of choices that follow other calls. */
class CallsTest {
    private final Outcomes outcomes = new Outcomes(
            new double[][] {{0.2, 0.9, 0.5}, {0.8, 0.1, 0.3}}, new double[][] {{1, 10, 100}, {2, 20, 200}}, 0);

    @Test
    void everyCallIsChargedAndTheLastIsJudged() {
        int twoCalls = Calls.then(0, 2);
        int threeCalls = Calls.then(twoCalls, 1);

        assertThat(Calls.accepted(threeCalls)).isEqualTo(1);
        assertThat(Calls.count(0)).isEqualTo(1);
        assertThat(Calls.count(threeCalls)).isEqualTo(3);
        assertThat(outcomes.costUsd(0, 0)).isEqualTo(1);
        assertThat(outcomes.costUsd(0, twoCalls)).isEqualTo(101);
        assertThat(outcomes.costUsd(1, threeCalls)).isEqualTo(222);
        assertThat(outcomes.quality(0, threeCalls)).isEqualTo(0.9);
        assertThat(outcomes.accepted(0, threeCalls)).isTrue();
        assertThat(outcomes.rank(1, threeCalls)).isEqualTo(3);
    }

    @Test
    void pointsCountWhatWasCalled() {
        Point point = Point.of(outcomes, new int[] {Calls.then(0, 1), 0}, new int[] {1, 3});

        assertThat(point.costUsd()).isEqualTo((11 + 3 * 2) / 4.0, within(1e-12));
        assertThat(point.quality()).isEqualTo((0.9 + 3 * 0.8) / 4, within(1e-12));
        assertThat(point.acceptRate()).isEqualTo(1);
    }

    @Test
    void aChoiceHoldsThreeCallsAndManyCandidates() {
        int most = Calls.MOST_CANDIDATES - 1;
        int three = Calls.then(Calls.then(most, most), most);

        assertThat(Calls.accepted(three)).isEqualTo(most);
        assertThat(Calls.count(three)).isEqualTo(3);
        assertThatThrownBy(() -> Calls.then(three, 0)).hasMessageContaining("at most 3 calls");
        assertThatThrownBy(() -> Calls.then(0, Calls.MOST_CANDIDATES)).hasMessageContaining("255");
    }
}
