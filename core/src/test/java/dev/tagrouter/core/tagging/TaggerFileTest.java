package dev.tagrouter.core.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tagrouter.core.testing.TinyProfile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a weights file with a right sum and wrong numbers comes to, in every part that a tagger has. */
class TaggerFileTest {
    private static final int SUMMED_FROM = 12;
    private static final Calibration IDENTITY = new Calibration(new float[] {-10, 10}, new float[] {-10, 10});

    /** A tagger of all three readings, the second spread out in full rows, and of a wording. */
    private static TaggerWeights rich() {
        TaggerWeights tiny = TinyProfile.tagger(TinyProfile.vocabulary()).weights();
        int[] start = {0, 2, 3, 4};
        SparseWeights ofTags = new SparseWeights(
                new float[] {0.1f, 0.1f, 0.1f}, start, new short[] {1, 2, 0, 0}, new byte[] {9, 9, 9, 9});
        SparseWeights row = new SparseWeights(new float[] {0.1f}, new int[] {0, 1}, new short[] {0}, new byte[] {10});
        return new TaggerWeights(
                tiny.table(),
                tiny.offset(),
                tiny.first(),
                new Reading(ofTags, IDENTITY, 1),
                new Reading(row, IDENTITY, 1),
                tiny.stated(),
                new Wording(new float[] {0.02f, 0.04f}, new byte[] {100, 0, 0, 50}, new float[] {0.5f, -0.25f}));
    }

    private static byte[] summed(byte[] file) {
        CRC32 sum = new CRC32();
        sum.update(file, SUMMED_FROM, file.length - SUMMED_FROM);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(SUMMED_FROM - 4, (int) sum.getValue());
        return file;
    }

    @Test
    void comesBackAsItWas() throws IOException {
        byte[] bytes = rich().toBytes();
        assertThat(TaggerWeights.fromBytes(bytes).toBytes()).isEqualTo(bytes);
        assertThat(TaggerWeights.read(new ByteArrayInputStream(bytes), bytes.length)
                        .toBytes())
                .isEqualTo(bytes);
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatASumVouchesForWronglyIsRefusedOrTagsOrSaysWhatIsWrong() {
        Random random = new Random(20261130);
        byte[] good = rich().toBytes();
        Query query = new Query(List.of("a poem", "hello sql"), 1);
        int tagged = 0;
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = good.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                bad[SUMMED_FROM + random.nextInt(bad.length - SUMMED_FROM)] = (byte) random.nextInt(256);
            }
            try {
                TaggerWeights weights = TaggerWeights.fromBytes(summed(bad));
                EmbeddedTagger tagger = new EmbeddedTagger(
                        TinyProfile.vocabulary().withAxes(weights.wording().axes()), weights);
                assertThat(tagger.tag(query).size()).isBetween(0, 3);
                tagged++;
            } catch (IOException e) {
                assertThat(e.getMessage()).startsWith("is damaged: ").endsWith("; restore it");
                refused++;
            } catch (IllegalStateException e) {
                assertThat(e)
                        .hasMessageContaining("point beyond themselves")
                        .hasMessageContaining("train the tagger again");
            }
        }
        assertThat(tagged).isGreaterThan(1000);
        assertThat(refused).isGreaterThan(1000);
    }

    @Test
    void aTagBeyondTheVocabularyDoesNotSlipIntoAnotherTagsRow() {
        byte[] bytes = rich().toBytes();
        // The tags of the second reading, 1 2 0 0, before their four weights of 9.
        int weights = indexOf(bytes, new byte[] {9, 9, 9, 9});
        assertThat(bytes[weights - 6]).isEqualTo((byte) 2);
        bytes[weights - 6] = 4;
        assertThatThrownBy(() -> TaggerWeights.fromBytes(summed(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("beyond the vocabulary");
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int at = 0; at + part.length <= bytes.length; at++) {
            if (ByteBuffer.wrap(bytes, at, part.length).equals(ByteBuffer.wrap(part))) {
                return at;
            }
        }
        throw new AssertionError("not there");
    }

    @Test
    void aFileShorterThanSaidIsCutOff() {
        byte[] bytes = rich().toBytes();
        for (int length : new int[] {0, 3, 10, 40, bytes.length - 1}) {
            assertThatThrownBy(() -> TaggerWeights.read(new ByteArrayInputStream(bytes, 0, length), bytes.length))
                    .isInstanceOf(IOException.class)
                    .hasMessage("is damaged: it is cut off; restore it");
        }
    }
}
