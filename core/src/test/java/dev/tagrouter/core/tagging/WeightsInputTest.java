package dev.tagrouter.core.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of a weights file, from its bytes and piece by piece. */
class WeightsInputTest {
    /** So that arrays begin and end at, before and behind the end of a piece of 65,536 bytes. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 65_528, 65_529, 65_535, 65_536, 65_537, 131_071, 200_003})
    void aFileInPiecesReadsAsItsBytesDo(int before) throws IOException {
        byte[] bytes = new byte[before + 4 + 4 + 2 * 40_001 + 4 * 20_001 + 8 * 10_001 + 4 * 20_001];
        new Random(before).nextBytes(bytes);
        ByteBuffer expected = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (WeightsInput in : new WeightsInput[] {
            new WeightsInput(bytes),
            new WeightsInput(new ByteArrayInputStream(bytes)),
            new WeightsInput(trickling(bytes))
        }) {
            expected.rewind();
            byte[] skipped = new byte[before];
            expected.get(skipped);
            assertThat(in.bytes(before)).isEqualTo(skipped);
            in.startSum();
            assertThat(in.getInt()).isEqualTo(expected.getInt());
            assertThat(Float.floatToRawIntBits(in.getFloat())).isEqualTo(expected.getInt());
            for (short value : in.shorts(40_001)) {
                assertThat(value).isEqualTo(expected.getShort());
            }
            for (int value : in.ints(20_001)) {
                assertThat(value).isEqualTo(expected.getInt());
            }
            for (long value : in.longs(10_001)) {
                assertThat(value).isEqualTo(expected.getLong());
            }
            for (float value : in.floats(20_001)) {
                assertThat(Float.floatToRawIntBits(value)).isEqualTo(expected.getInt());
            }
            CRC32 sum = new CRC32();
            sum.update(bytes, before, bytes.length - before);
            assertThat(in.sum()).isEqualTo((int) sum.getValue());
            assertThatThrownBy(() -> in.bytes(1))
                    .isInstanceOf(EOFException.class)
                    .hasMessage("it is cut off");
        }
    }

    /** Gives a few bytes at a time, as a file on a network may. */
    private static InputStream trickling(byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int at, int length) {
                return super.read(into, at, Math.min(length, 777));
            }
        };
    }

    @Test
    void anArrayThatIsCutOffIsRefused() {
        assertThatThrownBy(() -> new WeightsInput(new byte[7]).ints(2)).hasMessage("it is cut off");
        assertThatThrownBy(() -> new WeightsInput(new ByteArrayInputStream(new byte[7])).longs(1))
                .hasMessage("it is cut off");
    }

    @Test
    void aFileThatFailsUnderwaySaysSo() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Input/output error");
            }

            @Override
            public int read(byte[] into, int at, int length) throws IOException {
                return read();
            }
        };
        assertThatThrownBy(() -> new WeightsInput(failing).getInt())
                .isInstanceOf(IOException.class)
                .hasMessage("cannot be read: Input/output error; make it readable");
    }
}
