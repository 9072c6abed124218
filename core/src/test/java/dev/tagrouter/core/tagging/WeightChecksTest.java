package dev.tagrouter.core.tagging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Every place of arrays around whole stretches, with every kind of bad value. */
class WeightChecksTest {
    private static final int[] LENGTHS = {0, 1, 2, 63, 64, 65, 66, 128, 129, 200};

    @Test
    void oneNumberThatIsNotFiniteIsSeenWhereverItStands() {
        for (int length : LENGTHS) {
            float[] values = new float[length];
            Arrays.fill(values, -1e38f);
            assertThat(WeightChecks.areFinite(values)).isTrue();
            for (int at = 0; at < length; at++) {
                for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                    values[at] = bad;
                    assertThat(WeightChecks.areFinite(values))
                            .as(bad + " at " + at + " of " + length)
                            .isFalse();
                }
                values[at] = 1;
            }
        }
    }

    @Test
    void oneTagBeyondTheHighestIsSeenWhereverItStands() {
        for (int length : LENGTHS) {
            for (int highest : new int[] {0, 999, 0x7FFF, 0x8000, 65_534}) {
                short[] values = new short[length];
                Arrays.fill(values, (short) highest);
                assertThat(WeightChecks.noneAbove(values, highest)).isTrue();
                assertThat(WeightChecks.noneAbove(values, -1)).isEqualTo(length == 0);
                for (int at = 0; at < length; at++) {
                    for (int bad : new int[] {highest + 1, 65_535}) {
                        values[at] = (short) bad;
                        assertThat(WeightChecks.noneAbove(values, highest))
                                .as(bad + " at " + at)
                                .isFalse();
                    }
                    values[at] = (short) highest;
                }
            }
        }
    }

    @Test
    void oneFallIsSeenWhereverItStands() {
        for (int length : LENGTHS) {
            int[] values = new int[length];
            for (int i = 0; i < length; i++) {
                values[i] = 2 * (i / 2);
            }
            assertThat(WeightChecks.neverFall(values)).isTrue();
            for (int at = 0; at < length; at++) {
                int good = values[at];
                for (int bad : new int[] {-1, Integer.MIN_VALUE, good - 1, Integer.MAX_VALUE}) {
                    values[at] = bad;
                    assertThat(WeightChecks.neverFall(values))
                            .as(bad + " at " + at)
                            .isEqualTo(neverFalls(values));
                }
                values[at] = good;
            }
        }
        assertThat(WeightChecks.neverFall(new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE}))
                .isFalse();
    }

    private static boolean neverFalls(int[] values) {
        int before = 0;
        for (int value : values) {
            if (value < before) {
                return false;
            }
            before = value;
        }
        return true;
    }

    @Test
    void theHighestIsFoundWhereverItStands() {
        for (int length : LENGTHS) {
            float[] values = new float[length];
            assertThat(WeightChecks.highest(values)).isZero();
            for (int at = 0; at < length; at++) {
                values[at] = at + 1;
                assertThat(WeightChecks.highest(values)).isEqualTo(at + 1);
            }
        }
    }
}
