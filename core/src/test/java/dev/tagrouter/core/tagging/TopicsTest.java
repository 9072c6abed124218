package dev.tagrouter.core.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Tags place a query, and near topics get the larger share of it. */
class TopicsTest {
    private static final List<Vocabulary.Entry> ENTRIES = List.of(
            new Vocabulary.Entry("algebra", 3, List.of("equations")),
            new Vocabulary.Entry("poetry", 3, List.of()),
            new Vocabulary.Entry("unplaced", 3, List.of()));

    private final Topics topics =
            Topics.of(List.of("topic: numbers", "topic: words"), new float[][] {{1, 0}, {0, 1}}, new float[][] {
                {1, 0}, {0, 1}, {0, 0}
            });
    private final Vocabulary vocabulary = new Vocabulary(ENTRIES).with(topics);

    @Test
    void topicsFollowTheTagsAndAddUpToOne() {
        Tags tags = Tags.of(vocabulary, List.of(new Tag("algebra", 0.81), new Tag("poetry", 0.09)));

        assertThat(tags.size()).isEqualTo(2);
        assertThat(tags.termCount()).isEqualTo(4);
        assertThat(tags.index(2)).isEqualTo(3);
        assertThat(tags.index(3)).isEqualTo(4);
        // Roots of the confidences: 0.9 and 0.3, so cosines of 3 and 1 over the root of 10.
        double numbers = Math.exp(8 * 3 / Math.sqrt(10));
        double words = Math.exp(8 * 1 / Math.sqrt(10));
        assertThat(tags.confidence(2)).isCloseTo(numbers / (numbers + words), within(3e-4));
        assertThat(tags.confidence(2) + tags.confidence(3)).isCloseTo(1, within(3e-4));
        assertThat(tags.all()).hasSize(2);
    }

    @Test
    void aTagWithoutAPlaceLeavesTheQueryNowhereBetweenAll() {
        Tags tags = Tags.of(vocabulary, List.of(new Tag("unplaced", 1)));

        assertThat(tags.place(topics)).containsExactly(0, 0);
        assertThat(tags.units(1)).isEqualTo(Tags.UNITS / 2);
        assertThat(tags.units(2)).isEqualTo(Tags.UNITS / 2);
    }

    @Test
    void withoutTagsOrTopicsThereAreNoTerms() {
        assertThat(Tags.none(vocabulary).termCount()).isZero();
        assertThat(Tags.of(new Vocabulary(ENTRIES), List.of(new Tag("algebra", 1)))
                        .termCount())
                .isEqualTo(1);
    }

    @Test
    void termsAreNamedTagsFirst() {
        assertThat(vocabulary.size()).isEqualTo(3);
        assertThat(vocabulary.termCount()).isEqualTo(5);
        assertThat(vocabulary.termName(1)).isEqualTo("poetry");
        assertThat(vocabulary.termName(4)).isEqualTo("topic: words");
        assertThat(vocabulary.termOf("topic: words")).hasValue(4);
        assertThat(vocabulary.termOf("equations")).hasValue(0);
        assertThat(vocabulary.indexOf("topic: words")).isEmpty();
        assertThat(vocabulary.termOf("unheard of")).isEmpty();
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        float[][] one = {{1, 0}};
        assertThatThrownBy(() -> Topics.of(List.of("numbers"), one, one))
                .hasMessageContaining("topic 'numbers' does not begin with 'topic: '");
        assertThatThrownBy(() -> Topics.of(List.of("topic: a"), new float[][] {{0.5f, 0}}, one))
                .hasMessageContaining("has length 0.5");
        assertThatThrownBy(() -> Topics.of(List.of("topic: a"), one, new float[][] {{1}}))
                .hasMessageContaining("has 1 coordinates, the first 2");
        assertThatThrownBy(() -> Topics.of(List.of("topic: a", "topic: a"), new float[][] {{1, 0}, {0, 1}}, one))
                .hasMessageContaining("stands twice");
        assertThatThrownBy(() -> new Vocabulary(ENTRIES).with(Topics.of(List.of("topic: a"), one, one)))
                .hasMessageContaining("places for 1 tags, and 3 tags");
        assertThatThrownBy(() -> new Vocabulary(List.of(new Vocabulary.Entry("topic: own", 1, List.of())))
                        .with(Topics.of(List.of("topic: a"), one, one)))
                .hasMessageContaining("tag 'topic: own' is named as a topic is");
    }
}
