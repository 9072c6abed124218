package dev.tagrouter.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tagrouter.core.tagging.Topics;
import dev.tagrouter.core.tagging.Vocabulary;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Topics go to text and back; a broken line is named. */
class TopicsFormatTest {
    private static final String HEADER = "term\tplace\n";

    private final Vocabulary tags = new Vocabulary(List.of(
            new Vocabulary.Entry("algebra", 3, List.of("equations")), new Vocabulary.Entry("poetry", 3, List.of())));

    @Test
    void whatIsWrittenIsReadBack() throws ProfileException {
        Vocabulary vocabulary = tags.with(Topics.of(
                List.of("topic: numbers"), new float[][] {{0.6f, -0.8f}}, new float[][] {{1, 0}, {0, 0}}));

        String text = TopicsFormat.encode(vocabulary);

        assertThat(text).isEqualTo(HEADER + "topic: numbers\t600 -800\nalgebra\t1000 0\n");
        Vocabulary read = TopicsFormat.read("here", text).onto(tags);
        assertThat(TopicsFormat.encode(read)).isEqualTo(text);
        assertThat(read.topics().placeOfTopic(0)).containsExactly(0.6f, -0.8f);
        assertThat(read.topics().placeOfTag(1)).containsExactly(0, 0);
    }

    @Test
    void withoutTopicsThereIsAHeaderAlone() throws ProfileException {
        assertThat(TopicsFormat.encode(tags)).isEqualTo(HEADER);
        assertThat(TopicsFormat.read("here", HEADER).onto(tags)).isSameAs(tags);
    }

    @Test
    void aBrokenLineIsNamed() {
        refused("topic: a\t1000\nprose\t1000\n", "here, line 3: 'prose' is no topic, no tag of the vocabulary");
        refused("topic: a\t1000\nequations\t1000\n", "'equations' is no topic, no tag of the vocabulary");
        refused("topic: a\t1000\nalgebra\t1000\nalgebra\t1000\n", "line 4: 'algebra' is no topic, no tag");
        refused("topic: a\t10x0\n", "line 2: '10x0' in a place is no whole number");
        refused("topic: a\t2000\n", "line 2: '2000' in a place is no whole number of -1100 to 1100");
        refused("topic: a\t1000 0\nalgebra\t1000\n", "has 1 coordinates, the first 2");
        refused("topic: a\t500 0\n", "has length 0.5");
        refused("algebra\t1000\n", "has places of tags but no topic");
        refused("topic: a\t1000\t7\n", "3 fields instead of 2");
    }

    private void refused(String lines, String said) {
        assertThatThrownBy(() -> TopicsFormat.read("here", HEADER + lines).onto(tags))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining(said);
    }
}
