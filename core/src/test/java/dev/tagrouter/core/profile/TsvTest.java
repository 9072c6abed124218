package dev.tagrouter.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        Tsv in = new Tsv("file", text, COLUMNS);

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
        Tsv in = new Tsv("file", "a\tb\n1\t2\n" + line + "\n1\t2\n", COLUMNS);
        in.next();

        assertThatThrownBy(in::next).isInstanceOf(ProfileException.class).hasMessageContaining("file, line 3: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a\tb\tc\n", "b\ta\n"})
    void anotherHeaderIsRefused(String text) {
        assertThatThrownBy(() -> new Tsv("file", text, COLUMNS)).hasMessageContaining("line 1: the header is not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ".", "-.", "1.2.3", "+1", "1e3", "1,5", "--1", "1-", "x", "1234567890123456"})
    void whatIsNoShortPlainDecimalIsLeftToTheJdk(String text) {
        assertThat(Tsv.plainDecimal(text)).isNaN();
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

            assertThat(Double.doubleToRawLongBits(Tsv.plainDecimal(text)))
                    .as(text)
                    .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
        }
    }
}
