package dev.tagrouter.lab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both kernels give the same bits, whatever the widths, and the sums they promise. */
class KernelTest {
    private static float[] some(int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static float[][] some(int count, int length, long seed) {
        float[][] values = new float[count][];
        for (int i = 0; i < count; i++) {
            values[i] = some(length, seed + i);
        }
        return values;
    }

    @ParameterizedTest
    @CsvSource({
        "1,1,1",
        "1,7,3",
        "4,384,128",
        "5,13,100",
        "64,10,128",
        "3,9,33",
        "7,2,232",
        "2,5,70",
        "9,1,16",
        "9,9,3",
        "17,10,37",
        "8,8,1"
    })
    void vectorsGiveTheBitsOfPlainJava(int count, int inputs, int width) {
        assertThat(Kernel.best()).isInstanceOf(VectorKernel.class);
        Kernel plain = Kernel.plain();
        Kernel vector = Kernel.best();
        float[][] in = some(count, inputs, 1);
        float[] rows = some(inputs * width, 2);

        float[][] byPlain = some(count, width, 3);
        float[][] byVector = some(count, width, 3);
        plain.addSums(in, count, rows, byPlain);
        vector.addSums(in, count, rows, byVector);
        assertThat(byVector).isDeepEqualTo(byPlain);

        float[] gradient = rows.clone();
        float[] same = rows.clone();
        plain.addProducts(in, byPlain, count, gradient);
        vector.addProducts(in, byPlain, count, same);
        assertThat(same).containsExactly(gradient);

        plain.addScaled(0.3f, in[0], inputs / 2, gradient, inputs / 3, inputs - inputs / 2);
        vector.addScaled(0.3f, in[0], inputs / 2, same, inputs / 3, inputs - inputs / 2);
        assertThat(same).containsExactly(gradient);
    }

    @ParameterizedTest
    @CsvSource({"1,3,2", "6,5,40"})
    void sumsAreWhatTheySay(int count, int inputs, int width) {
        float[][] in = some(count, inputs, 1);
        float[] rows = some(inputs * width, 2);
        float[][] out = new float[count][width];
        Kernel.best().addSums(in, count, rows, out);
        float[] back = new float[inputs * width];
        Kernel.best().addProducts(in, out, count, back);
        for (int o = 0; o < width; o++) {
            for (int b = 0; b < count; b++) {
                float sum = 0;
                for (int i = 0; i < inputs; i++) {
                    sum += in[b][i] * rows[i * width + o];
                }
                assertThat(out[b][o]).isEqualTo(sum);
            }
            for (int i = 0; i < inputs; i++) {
                float sum = 0;
                for (int b = 0; b < count; b++) {
                    sum += in[b][i] * out[b][o];
                }
                assertThat(back[i * width + o]).isEqualTo(sum);
            }
        }
    }

    @ParameterizedTest
    @CsvSource("0,3,20")
    void nothingGivesNothing(int count, int inputs, int width) {
        float[] rows = some(inputs * width, 2);
        float[] before = rows.clone();
        for (Kernel kernel : new Kernel[] {Kernel.plain(), Kernel.best()}) {
            kernel.addSums(new float[0][], count, rows, new float[0][]);
            kernel.addProducts(new float[0][], new float[0][], count, rows);
            assertThat(rows).containsExactly(before);
        }
    }
}
