package dev.tagrouter.core.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.core.testing.WordingTagger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a query lies along the axes of its layout. */
class LayoutTest {
    private static final double HALF_UNIT = 0.51 / Tags.UNITS;

    private final EmbeddedTagger tagger = WordingTagger.tagger();

    @Test
    void itIsTheLogarithmsOfWhatIsCounted() {
        assertPlace("red\nblue and green\n\nred", 23, 4, 3, 14);
        assertPlace("red", 3, 1, 3, 3);
        assertPlace("\nred\n", 3, 1, 3, 3);
    }

    @Test
    void linesAreLookedForInTheFirstFourThousandCharacters() {
        assertPlace("red" + " ".repeat(3_996) + "\nred\nred", 4_007, 2, 3_999, 3_999);
        assertPlace("red" + " ".repeat(5_000) + "\nred", 5_007, 1, 4_000, 4_000);
    }

    @Test
    void theNewestTurnCounts() {
        Query two = new Query(List.of("red\nred\nred", "blue"), 100);
        assertThat(places(two)).isEqualTo(places(Query.of("blue")));
    }

    @Test
    void theAxesStandBehindThoseOfTheWordsAndAreNamed() {
        Vocabulary vocabulary = tagger.vocabulary();
        int last = vocabulary.termCount() - 1;
        assertThat(vocabulary.termName(last)).isEqualTo("wording: longest line");
        assertThat(vocabulary.termOf("wording: characters")).hasValue(last - 3);
        assertThat(vocabulary.isLayout(last - 3)).isTrue();
        assertThat(vocabulary.isLayout(last - 4)).isFalse();
        assertThat(vocabulary.withAxes(0).isLayout(0)).isFalse();
    }

    @Test
    void givenTagsHaveThatOfTheQueryTheyAreGivenFor() {
        Tags given = Tags.of(tagger.vocabulary(), List.of(new Tag("colour", 1)));
        int layout = given.termCount() - Layout.AXES;
        Query query = Query.of("red\nand blue");
        Tags read = tagger.tag(query);
        Tags placed = given.laidOutAs(query);
        for (int axis = 0; axis < Layout.AXES; axis++) {
            assertThat(given.units(layout + axis)).isZero();
            assertThat(placed.units(layout + axis)).isEqualTo(read.units(layout + axis));
        }
        assertThat(placed.units(layout - 1)).isZero();
        assertThat(placed.all()).isEqualTo(given.all());
        Tags none = Tags.none(tagger.vocabulary());
        assertThat(none.laidOutAs(query)).isSameAs(none);
        assertThat(tagger.tag(Query.of("mauve")).termCount()).isZero();
    }

    private void assertPlace(String text, int characters, int lines, int first, int longest) {
        double[] expected = {
            atMostTwo((Math.log(1 + characters) - 5.1) / 1.4),
            atMostTwo((Math.log(lines) - 0.7) / 1.1),
            atMostTwo((Math.log(1 + first) - 4.5) / 1.2),
            atMostTwo((Math.log(1 + longest) - 4.7) / 1.2)
        };
        double[] places =
                places(Query.of(text)).stream().mapToDouble(Double::doubleValue).toArray();
        assertThat(places).containsExactly(expected, within(HALF_UNIT));
    }

    private static double atMostTwo(double place) {
        return Math.max(-2, Math.min(2, place));
    }

    private List<Double> places(Query query) {
        Tags tags = tagger.tag(query);
        int end = tags.termCount();
        return List.of(
                tags.confidence(end - 4), tags.confidence(end - 3), tags.confidence(end - 2), tags.confidence(end - 1));
    }
}
