package dev.tagrouter.core.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.core.testing.WordingTagger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a query lies along the axes of its words, and what of that cannot be. */
class WordingTest {
    private static final double HALF_UNIT = 0.51 / Tags.UNITS;
    /** Where the file says how many axes there are, and behind it how many words. */
    private static final int AXES_AT = 64;

    private final EmbeddedTagger tagger = WordingTagger.tagger();

    @Test
    void aQueryLiesWhereItsKnownWordsDo() {
        Tags tags = tagger.tag(Query.of("red red blue"));

        assertThat(tags.size()).isEqualTo(1);
        assertThat(tags.termCount()).isEqualTo(3 + Layout.AXES);
        assertThat(tags.axisCount()).isEqualTo(2 + Layout.AXES);
        // (1 + ln tf) * (idf - 1), the idf of red 3 and of blue 2.
        double red = (1 + Math.log(2)) * 2;
        double length = Math.sqrt(red * red + 1);
        assertThat(along(tags, 1)).isCloseTo(2 * red / length - 0.5, within(HALF_UNIT));
        assertThat(along(tags, 2)).isCloseTo(2 / length + 0.25, within(HALF_UNIT));
    }

    @Test
    void whatIsNotKnownOrPlacedMovesNothing() {
        Tags alone = tagger.tag(Query.of("blue"));
        assertThat(along(alone, 1)).isCloseTo(-0.5, within(HALF_UNIT));
        assertThat(along(alone, 2)).isCloseTo(2.25, within(HALF_UNIT));
        for (String text : List.of("blue mauve", "a rather blue sky", "blue green")) {
            Tags tags = tagger.tag(Query.of(text));
            assertThat(along(tags, 1)).isEqualTo(along(alone, 1));
            assertThat(along(tags, 2)).isCloseTo(along(alone, 2), within(HALF_UNIT));
        }
    }

    @Test
    void aQueryWithoutPlacedWordsAndGivenTagsAreAtTheCentre() {
        Tags unplaced = tagger.tag(Query.of("green"));
        Tags given = Tags.of(tagger.vocabulary(), List.of(new Tag("colour", 1)));
        for (Tags tags : List.of(unplaced, given)) {
            assertThat(tags.termCount()).isEqualTo(3 + Layout.AXES);
            assertThat(along(tags, 1)).isZero();
            assertThat(along(tags, 2)).isZero();
        }
        assertThat(tagger.tag(Query.of("mauve")).termCount()).isZero();
    }

    @Test
    void axesAreTermsBehindTheTagsAndTopics() {
        Vocabulary vocabulary =
                tagger.vocabulary().with(Topics.of(List.of("topic: x"), new float[][] {{1}}, new float[][] {{1}}));

        assertThat(vocabulary.axes()).isEqualTo(2 + Layout.AXES);
        assertThat(vocabulary.termCount()).isEqualTo(4 + Layout.AXES);
        assertThat(vocabulary.termName(2)).isEqualTo("wording: 1");
        assertThat(vocabulary.termOf("wording: 2")).hasValue(3);
        assertThat(vocabulary.termOf("wording: 3")).isEmpty();
        assertThat(vocabulary.termOf("wording: 02")).isEmpty();
        assertThat(vocabulary.isAxis(1)).isFalse();
        assertThat(vocabulary.isAxis(2)).isTrue();
        Tags tags = new EmbeddedTagger(vocabulary, WordingTagger.weights()).tag(Query.of("blue"));
        assertThat(tags.index(1)).isEqualTo(1);
        assertThat(tags.confidence(1)).isEqualTo(1);
        assertThat(tags.index(2)).isEqualTo(2);
        assertThat(along(tags, 3)).isCloseTo(2.25, within(HALF_UNIT));
    }

    @Test
    void theFileFormKeepsEveryBit() throws IOException {
        byte[] bytes = WordingTagger.weights().toBytes();
        TaggerWeights read = TaggerWeights.fromBytes(bytes);

        assertThat(read.toBytes()).isEqualTo(bytes);
        assertThat(TaggerWeights.axesOf(bytes)).isEqualTo(2);
        assertThat(new EmbeddedTagger(tagger.vocabulary(), read)
                        .tag(Query.of("red blue"))
                        .units(2))
                .isEqualTo(tagger.tag(Query.of("red blue")).units(2));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> new Wording(new float[1], new byte[3], new float[2]))
                .hasMessageContaining("its words have no full rows");
        assertThatThrownBy(() -> new Wording(new float[] {Float.NaN}, new byte[1], new float[1]))
                .hasMessageContaining("not finite");
        assertThatThrownBy(() -> new Wording(new float[1], new byte[1], new float[] {Float.POSITIVE_INFINITY}))
                .hasMessageContaining("not finite");
        assertThatThrownBy(() -> new Wording(new float[1], new byte[257], new float[257]))
                .hasMessageContaining("257 axes");
        assertThatThrownBy(() -> new Wording(new float[1], new byte[0], new float[0]))
                .hasMessageContaining("words without axes");
        assertThatThrownBy(() -> tagger.vocabulary().withAxes(257)).hasMessageContaining("cannot have 257 axes");
        assertThatThrownBy(() -> new EmbeddedTagger(tagger.vocabulary().withAxes(0), tagger.weights()))
                .hasMessageContaining("6 axes, the vocabulary 0");
        assertThatThrownBy(() -> new Vocabulary(List.of(new Vocabulary.Entry("wording: 9", 1, List.of()))).withAxes(1))
                .hasMessageContaining("tag 'wording: 9' is named as an axis is");
    }

    @Test
    void aFileWhoseHeaderPromisesOtherAxesIsRefused() {
        byte[] bytes = WordingTagger.weights().toBytes();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(AXES_AT, 3);
        assertThatThrownBy(() -> TaggerWeights.fromBytes(bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not fit its header");
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(AXES_AT, 100_000);
        assertThatThrownBy(() -> TaggerWeights.fromBytes(bytes)).hasMessageContaining("does not fit its header");
        assertThatThrownBy(() -> TaggerWeights.axesOf(bytes)).hasMessageContaining("does not fit its header");
        assertThatThrownBy(() -> TaggerWeights.axesOf(new byte[7])).hasMessageContaining("not a tagger's weights");
        byte[] moreWords = WordingTagger.weights().toBytes();
        ByteBuffer.wrap(moreWords).order(ByteOrder.LITTLE_ENDIAN).putInt(AXES_AT + 4, 4);
        assertThatThrownBy(() -> TaggerWeights.fromBytes(moreWords)).hasMessageContaining("does not fit its header");
    }

    private static double along(Tags tags, int position) {
        return tags.confidence(position);
    }
}
