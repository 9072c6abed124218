package dev.tagrouter.lab.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.lab.evaluation.Overlap.Match;
import dev.tagrouter.lab.evaluation.Overlap.Text;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlapTest {
    private static final String LONG = "Three friends share a house with four rooms and a garden; each has another pet,"
            + " none likes cats, and the one with the dog sleeps in the largest room. Who has the parrot?";

    @Test
    void tellsTheSameFromNearlyTheSame() {
        Overlap overlap = Overlap.between(
                List.of(new Text("a", LONG), new Text("b", "What is the capital of France?")),
                List.of(
                        new Text("1", "what is the CAPITAL of France"),
                        new Text("2", LONG + " Explain."),
                        new Text("3", "What is the capital of Spain?")));

        assertThat(overlap.matches()).containsExactly(new Match("1", "b", true), new Match("2", "a", false));
        assertThat(overlap.exact()).isEqualTo(1);
        assertThat(overlap.near()).isEqualTo(1);
        assertThat(overlap.count()).isEqualTo(2);
        assertThat(overlap.first()).isEqualTo(2);
        assertThat(overlap.second()).isEqualTo(3);
    }

    @Test
    void repeatsWithinOneSideAreNoContamination() {
        assertThat(Overlap.between(List.of(new Text("a", "one")), List.of(new Text("1", "two"), new Text("2", "two")))
                        .count())
                .isZero();
    }
}
