package dev.tagrouter.core.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.core.tagging.Tag;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.core.tagging.Vocabulary;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a bent score is, where it ceases to bend, and that it stays the sum of its terms. */
class BendTest {
    private static final Bend BEND = new Bend(0.5, 0.2, 0.01, 0.1, -2);
    private static final Price PRICE = new Price(1, 1);

    private final Vocabulary vocabulary = new Vocabulary(List.of(new Vocabulary.Entry("law", 1, List.of())));
    private final CapabilityTable table = new CapabilityTable(
            vocabulary,
            List.of(
                    set("base", capability("bent", BEND), capability("straight", Bend.NONE)),
                    set("other", capability("straight", Bend.NONE), capability("elsewhere", BEND))));

    @Test
    void itIsAParabolaAroundItsCentreThatGoesNoFurtherThanItWasLearned() {
        assertThat(BEND.at(0.5)).isEqualTo(0.01);
        assertThat(BEND.at(0.6)).isCloseTo(0.01 + 0.1 * 0.1 - 2 * 0.01, within(1e-12));
        assertThat(BEND.at(0.4)).isCloseTo(0.01 - 0.1 * 0.1 - 2 * 0.01, within(1e-12));
        assertThat(BEND.at(5)).isCloseTo(BEND.at(0.7), within(1e-12));
        assertThat(BEND.at(-5)).isCloseTo(BEND.at(0.3), within(1e-12));
        assertThat(BEND.isNone()).isFalse();
        assertThat(Bend.NONE.isNone()).isTrue();
        assertThat(Bend.NONE.at(0.7)).isZero();
    }

    @Test
    void aBentScoreIsTheSumOfItsTermsAndTheBendIsTheLast() {
        for (Tags tags : List.of(Tags.none(vocabulary), Tags.of(vocabulary, List.of(new Tag("law", 0.5))))) {
            Scores scores = scores(tags, "bent", "straight");
            double straight = scores.score(1);
            assertThat(straight).isCloseTo(tags.isEmpty() ? 0.4 : 0.5, within(1e-12));
            assertThat(scores.score(0)).isEqualTo(straight + BEND.at(straight));
            for (int candidate = 0; candidate < 2; candidate++) {
                List<Contribution> terms = scores.contributions(candidate);
                assertThat(terms).hasSize(tags.size() + 2);
                assertThat(terms.getLast().term()).isEqualTo(Contribution.BEND);
                assertThat(terms.stream().mapToDouble(Contribution::value).reduce(0, Double::sum))
                        .isEqualTo(scores.score(candidate));
            }
        }
    }

    @Test
    void whereNobodyIsBentThereIsNoSuchTerm() {
        Scores scores = scores(Tags.of(vocabulary, List.of(new Tag("law", 1))), "straight");
        assertThat(scores.contributions(0))
                .extracting(Contribution::term)
                .containsExactly(Contribution.BASELINE, "law");
    }

    @Test
    void aColumnThatALinkMovedIsNotBent() {
        Scores scores = scores(Tags.of(vocabulary, List.of(new Tag("law", 1))), "bent", "elsewhere", "straight");
        assertThat(scores.score(1)).isCloseTo(scores.score(2), within(1e-12));
        assertThat(scores.contributions(1).getLast()).isEqualTo(new Contribution(Contribution.BEND, 0));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new Bend(0, -1, 0, 0, 0)).hasMessageContaining("reach -1.0");
        assertThatThrownBy(() -> new Bend(0, 1, 0, Double.NaN, 0)).hasMessageContaining("slope NaN");
        assertThatThrownBy(() -> new Bend(0, 1, 0, 0, Double.POSITIVE_INFINITY))
                .hasMessageContaining("curvature Infinity");
    }

    private Scores scores(Tags tags, String... models) {
        List<Candidate> candidates =
                Arrays.stream(models).map(m -> new Candidate(m, PRICE)).toList();
        return new JointScorer(CandidatePool.over(table, candidates)).score(tags);
    }

    private static EvidenceSet set(String name, Capability... capabilities) {
        return new EvidenceSet(name, 100, 10, "straight", 0, 1, 0.2, List.of(capabilities));
    }

    private static Capability capability(String model, Bend bend) {
        return new Capability(
                new Capability.Summary(model, PRICE, 100, 0.4, 0.4, 0.1, 100, 100, bend),
                new Capability.Row[] {new Capability.Row(1, 1, 1, 10, 0.2, 0)});
    }
}
