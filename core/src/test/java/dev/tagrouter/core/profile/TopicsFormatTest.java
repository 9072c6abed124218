package dev.tagrouter.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tagrouter.core.tagging.Topics;
import dev.tagrouter.core.tagging.Vocabulary;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Topics go to bytes and back; what is damaged is refused. */
class TopicsFormatTest {
    /** After the header of 16 bytes: 2 for the length of the name, 14 for the name, then 2 for each of 6 coordinates. */
    private static final int PLACES = 16 + 2 + 14;

    private final Vocabulary tags = new Vocabulary(List.of(
            new Vocabulary.Entry("algebra", 3, List.of("equations")), new Vocabulary.Entry("poetry", 3, List.of())));
    private final Vocabulary vocabulary = tags.with(Topics.of(
            List.of("topic: numbers"), new float[][] {{0.6f, -0.8f}}, new float[][] {{1, 0}, {0, 0}}));

    @Test
    void whatIsWrittenIsReadBack() throws ProfileException {
        byte[] bytes = TopicsFormat.encode(vocabulary);

        assertThat(bytes).hasSize(PLACES + 2 * 6);
        Vocabulary read = TopicsFormat.read("here", bytes).onto(tags);
        assertThat(TopicsFormat.encode(read)).isEqualTo(bytes);
        assertThat(read.topics().name(0)).isEqualTo("topic: numbers");
        assertThat(read.topics().placeOfTopic(0)).containsExactly(0.6f, -0.8f);
        assertThat(read.topics().placeOfTag(0)).containsExactly(1, 0);
        assertThat(read.topics().placeOfTag(1)).containsExactly(0, 0);
    }

    @Test
    void withoutTopicsThereIsAHeaderAlone() throws ProfileException {
        byte[] none = TopicsFormat.encode(tags);
        assertThat(none).hasSize(16);
        assertThat(TopicsFormat.read("here", none).onto(tags)).isSameAs(tags);
    }

    @Test
    void whatIsCutOffOrNoSuchFileIsRefused() {
        byte[] good = TopicsFormat.encode(vocabulary);
        for (int length = 0; length < good.length; length++) {
            refused(Arrays.copyOf(good, length), "here is damaged: ");
        }
        refused(Arrays.copyOf(good, good.length + 1), "its length does not fit its header");
        refused("term\tplace\ntopic: a\t1000\n".getBytes(StandardCharsets.UTF_8), "no file of topics");
    }

    @Test
    void aHeaderOrAPlaceThatCannotBeIsRefused() {
        for (int at = 4; at < 16; at += 4) {
            refused(with(at, -1, 4), "its header is impossible");
            refused(with(at, Integer.MAX_VALUE, 4), "its header is impossible");
        }
        refused(with(8, 0, 4), "its header is impossible");
        refused(with(PLACES, 100, 2), "place 0 has length");
        refused(with(PLACES + 4, 100, 2), "place 0 has length 0.1");
        refused(with(18, 'T', 1), "does not begin with 'topic: '");
    }

    @Test
    void placesOfOtherTagsAreRefused() {
        Vocabulary more = new Vocabulary(List.of(
                new Vocabulary.Entry("algebra", 3, List.of()),
                new Vocabulary.Entry("poetry", 3, List.of()),
                new Vocabulary.Entry("sql", 3, List.of())));
        assertThatThrownBy(() -> TopicsFormat.read("here", TopicsFormat.encode(vocabulary))
                        .onto(more))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("here: there are places for 2 tags, and 3 tags");
    }

    private byte[] with(int at, int value, int bytes) {
        byte[] changed = TopicsFormat.encode(vocabulary);
        ByteBuffer out = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
        switch (bytes) {
            case 1 -> out.put(at, (byte) value);
            case 2 -> out.putShort(at, (short) value);
            default -> out.putInt(at, value);
        }
        return changed;
    }

    private void refused(byte[] content, String said) {
        assertThatThrownBy(() -> TopicsFormat.read("here", content).onto(tags))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining(said);
    }
}
