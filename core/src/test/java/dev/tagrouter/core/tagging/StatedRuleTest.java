package dev.tagrouter.core.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StatedRuleTest {
    @Test
    void statesAsManyAsPromiseTheBestF1() {
        StatedRule rule = new StatedRule(1, 0);
        assertThat(rule.count(new short[] {4096, 4000, 40})).isEqualTo(2);
        assertThat(rule.count(new short[] {1000, 900, 800, 30})).isEqualTo(3);
        assertThat(rule.count(new short[] {})).isZero();
    }

    @Test
    void statesNothingWhereEvenTheBestPromisesTooLittle() {
        short[] unsure = {1024, 1024};
        // Half a tag is expected and two are stated: F1 = 2 * 0.5 / (2 + 0.5) = 0.4.
        assertThat(new StatedRule(1638, 0).count(unsure)).isEqualTo(2);
        assertThat(new StatedRule(1639, 0).count(unsure)).isZero();
        assertThat(new StatedRule(1638, 10).count(unsure)).isZero();
    }

    @Property
    void noOtherNumberOfTagsPromisesMore(
            @ForAll @Size(min = 1, max = 40) int[] drawn, @ForAll @IntRange(max = 8000) int unseen) {
        short[] units = new short[drawn.length];
        for (int i = 0; i < units.length; i++) {
            units[i] = (short) (1 + Math.floorMod(drawn[units.length - 1 - i], Tags.UNITS));
        }
        Arrays.sort(units);
        for (int i = 0; i < units.length / 2; i++) {
            short swap = units[i];
            units[i] = units[units.length - 1 - i];
            units[units.length - 1 - i] = swap;
        }
        double chosen = promised(units, new StatedRule(0, unseen).count(units), unseen);
        for (int k = 1; k <= units.length; k++) {
            assertThat(promised(units, k, unseen)).isLessThanOrEqualTo(chosen + 1e-12);
        }
    }

    @Test
    void refusesImpossibleRules() {
        assertThatThrownBy(() -> new StatedRule(-1, 0)).hasMessageContaining("stated tags");
        assertThatThrownBy(() -> new StatedRule(1, -1)).hasMessageContaining("stated tags");
    }

    private static double promised(short[] units, int count, int unseen) {
        double all = unseen;
        double sum = 0;
        for (int i = 0; i < units.length; i++) {
            all += units[i];
            sum += i < count ? units[i] : 0;
        }
        return 2 * sum / (count * (double) Tags.UNITS + all);
    }
}
