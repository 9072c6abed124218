package dev.tagrouter.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines, fields and numbers of a profile's tables. */
class TsvTest {
    private static final List<String> COLUMNS = List.of("a", "b");

    @ParameterizedTest
    @ValueSource(strings = {"a\tb\n1\t2\n\t\n", "a\tb\n1\t2\n\t"})
    void readsEachLineWithOrWithoutABreakAtTheEnd(String text) throws Exception {
        Tsv in = new Tsv("file", ProfileFormat.bytes(text), COLUMNS);

        assertThat(in.next()).isTrue();
        assertThat(in.count(0)).isEqualTo(1);
        assertThat(in.number(1)).isEqualTo(2);
        assertThat(in.next()).isTrue();
        assertThat(in.text(0) + in.text(1)).isEmpty();
        assertThat(in.next()).isFalse();
        assertThat(in.wrong("odd")).hasMessage("file: odd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "1", "1\t2\t3", "1\t2\t3\t4"})
    void aLineOfOtherFieldsIsNamed(String line) throws Exception {
        Tsv in = new Tsv("file", ProfileFormat.bytes("a\tb\n1\t2\n" + line + "\n1\t2\n"), COLUMNS);
        in.next();

        assertThatThrownBy(in::next).isInstanceOf(ProfileException.class).hasMessageContaining("file, line 3: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a\tb\tc\n", "b\ta\n"})
    void anotherHeaderIsRefused(String text) {
        assertThatThrownBy(() -> new Tsv("file", ProfileFormat.bytes(text), COLUMNS))
                .hasMessageContaining("line 1: the header is not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ".", "-.", "1.2.3", "+1", "1e3", "1,5", "--1", "1-", "x", "1234567890123456"})
    void whatIsNoShortPlainDecimalIsLeftToTheJdk(String text) {
        assertThat(plainDecimal(text)).isNaN();
    }

    @Test
    void plainDecimalsAreThoseOfTheJdkToTheLastBit() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        for (int i = 0; i < 200_000; i++) {
            String digits = Long.toString(random.nextLong((long) Math.pow(10, 1 + random.nextInt(15))));
            int point = random.nextInt(digits.length() + 1);
            String text = (random.nextBoolean() ? "-" : "")
                    + digits.substring(0, point)
                    + (random.nextBoolean() ? "" : ".")
                    + digits.substring(point);

            assertThat(Double.doubleToRawLongBits(plainDecimal(text)))
                    .as(text)
                    .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
        }
    }

    /** Between other bytes, which are not looked at. */
    private static double plainDecimal(String text) {
        byte[] within = ProfileFormat.bytes("7" + text + "7");
        return Tsv.plainDecimal(within, 1, within.length - 1);
    }

    @Test
    void countsAreThoseOfTheJdk() throws Exception {
        assertThat(count("0")).isZero();
        assertThat(count("007")).isEqualTo(7);
        assertThat(count("999999999999999")).isEqualTo(999_999_999_999_999L);
        assertThat(count("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(count("-3")).isEqualTo(-3);
        for (String text : List.of("", "1.0", "9223372036854775808", "x", "1 ")) {
            assertThatThrownBy(() -> count(text))
                    .isInstanceOf(ProfileException.class)
                    .hasMessageContaining("file, line 2, column a: '" + text + "' is not a whole number");
        }
    }

    private static long count(String text) throws ProfileException {
        Tsv in = new Tsv("file", ProfileFormat.bytes("a\tb\n" + text + "\t"), COLUMNS);
        in.next();
        return in.count(0);
    }

    @Test
    void fieldsInAnyScriptAreReadAndBytesThatAreNoTextAreRefused() throws Exception {
        Tsv in = new Tsv("file", ProfileFormat.bytes("a\tb\n\u5408\u540c\u6cd5\tcaf\u00e9,\ud83d\ude00\n"), COLUMNS);
        in.next();
        assertThat(in.text(0)).isEqualTo("\u5408\u540c\u6cd5");
        assertThat(in.list(1)).containsExactly("caf\u00e9", "\ud83d\ude00");
        assertThat(in.isEmpty(1)).isFalse();

        byte[] latin = "a\tb\ncaf\u00e9\t1\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> new Tsv("file", latin, COLUMNS))
                .isInstanceOf(ProfileException.class)
                .hasMessage("file is not UTF-8 text; restore it");
    }
}
