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

/** Sets that share a model compare along it; sets that share none do not. */
class CandidatePoolTest {
    private static final Price PRICE = new Price(1, 1);
    private final Vocabulary vocabulary = new Vocabulary(
            List.of(new Vocabulary.Entry("law", 10, List.of()), new Vocabulary.Entry("sql", 10, List.of())));
    private final CapabilityTable table = new CapabilityTable(
            vocabulary,
            List.of(
                    set(
                            "first",
                            200,
                            capability("a", 0.5, 0.1, 0.2),
                            capability("shared", 0.6, 0, 0),
                            capability("d2", 0.5, 0, 0)),
                    set(
                            "second",
                            100,
                            capability("shared", 0.3, 0.1, 0.1),
                            capability("b", 0.4, 0.3, 0),
                            capability("e", 0.4, 0.2, 0)),
                    set("third", 100, capability("b", 0.9, 0, 0), capability("c", 0.8, 0, 0)),
                    set("island", 500, capability("d", 0.5, 0, 0))));

    @Test
    void aSharedModelLinksTwoSets() {
        CandidatePool pool = pool("a", "shared", "b");
        assertThat(pool.comparable()).isTrue();
        assertThat(pool.base().name()).isEqualTo("first");
        Scores scores = score(pool, "sql");
        // b is 0.1 below shared in the second set without tags; shared is worth 0.6 in the first.
        // On sql: b 0 and shared 0.1 in the second, shared 0 in the first: b moves by -0.1.
        assertThat(scores.score(2)).isCloseTo(0.4 + (0.6 - 0.3) + (0 + (0 - 0.1)), within(1e-12));
        assertThat(scores.contributions(2)).extracting(Contribution::term).containsExactly("(baseline)", "sql");
    }

    @Test
    void linksGoOverSeveralSets() {
        CandidatePool pool = pool("a", "shared", "c");
        assertThat(pool.comparable()).isTrue();
        // c is 0.1 below b in the third set; b is 0.7 on the first set's scale.
        assertThat(score(pool, "law").score(2)).isCloseTo(0.8 + (0.4 - 0.9) + (0.6 - 0.3) + (0.3 - 0.1), within(1e-12));
        assertThat(score(pool, "law").uncertainty(0, 2))
                .isGreaterThan(score(pool, "law").uncertainty(0, 1));
    }

    @Test
    void whatALinkIsUnsureOfCancelsBetweenTwoModelsBeyondIt() {
        double alone = score(pool("b", "c"), "law").uncertainty(0, 1);
        assertThat(score(pool("a", "shared", "d2", "b", "c"), "law").uncertainty(3, 4))
                .isGreaterThan(alone);
        double second = score(pool("e", "b"), "law").uncertainty(0, 1);
        assertThat(score(pool("a", "shared", "d2", "e", "b"), "law").uncertainty(3, 4))
                .isCloseTo(second, within(1e-12));
    }

    @Test
    void anIslandDoesNotCompare() {
        assertThat(pool("a", "d").comparable()).isFalse();
        assertThat(pool("d").comparable()).isTrue();
    }

    @Test
    void removingAModelChangesNoOtherModelsScore() {
        assertThat(score(pool("a", "shared", "b"), "sql").score(0))
                .isEqualTo(score(pool("a", "shared"), "sql").score(0));
    }

    @Test
    void refusesNobodyAndTheSameTwice() {
        assertThatThrownBy(this::pool).hasMessageContaining("no candidates");
        assertThatThrownBy(() -> pool("a", "a")).hasMessageContaining("'a' is named twice");
    }

    private CandidatePool pool(String... models) {
        return CandidatePool.over(
                table, Arrays.stream(models).map(m -> new Candidate(m, PRICE)).toList());
    }

    private Scores score(CandidatePool pool, String tag) {
        return new JointScorer(pool).score(Tags.of(vocabulary, List.of(new Tag(tag, 1))));
    }

    private static EvidenceSet set(String name, long queries, Capability... capabilities) {
        return new EvidenceSet(name, queries, 10, capabilities[0].model(), 0, 1, 0.2, List.of(capabilities));
    }

    private static Capability capability(String model, double baseline, double law, double sql) {
        return new Capability(
                new Capability.Summary(model, PRICE, 100, baseline, baseline, 0.1, 100, 100),
                new Capability.Row[] {new Capability.Row(1, 1, 1, 10, law, 0), new Capability.Row(1, 1, 1, 10, sql, 0)
                });
    }
}
