package dev.tagrouter.lab.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gradients against finite differences, and that training is the same every time. */
class NetTest {
    private static final Lesson LESSON = World.lesson(40, 3, 1, World::specialised);
    private static final float STEP = 1e-3f;

    private static void assertGradient(int[] layers, Objective objective) {
        Inputs inputs = Inputs.withTags(LESSON, 0.5);
        Input x = inputs.of(LESSON.examples().get(3));
        Net net = new Net(inputs, layers, true, objective, 5);
        net.gradient(x, 3, objective);
        List<float[]> gradients = Arrays.stream(net.parameters())
                .map(parameters -> parameters.gradient.clone())
                .toList();
        for (int p = 0; p < gradients.size(); p++) {
            Adam parameters = net.parameters()[p];
            float[] gradient = gradients.get(p);
            for (int i = 0; i < gradient.length; i++) {
                float kept = parameters.value[i];
                parameters.value[i] = kept + STEP;
                double above = net.gradient(x, 3, objective);
                parameters.value[i] = kept - STEP;
                double below = net.gradient(x, 3, objective);
                parameters.value[i] = kept;
                assertThat((above - below) / (2 * STEP)).isEqualTo(gradient[i], within(2e-3));
            }
        }
    }

    /** Distributions, as the cross-entropy of a softmax asks for. */
    private static float[][] targets(int width) {
        float[][] target = new float[LESSON.examples().size()][width];
        for (float[] row : target) {
            Arrays.fill(row, 0.3f / Math.max(1, width - 1));
            row[0] = 0.7f;
        }
        return target;
    }

    @Test
    void gradientsAreThoseOfTheLoss() {
        assertGradient(new int[] {3}, Objective.crossEntropy(targets(3)));
        assertGradient(new int[] {5, 2}, Objective.squaredError(targets(2)));
        assertGradient(new int[] {6, 4, 1}, Objective.binaryCrossEntropy(targets(1)));
        assertGradient(new int[] {26}, new IrtRouter.Response(LESSON));
        assertGradient(new int[] {232}, new EmbedLlm.Product(LESSON));
    }

    @Test
    void theSameSeedGivesTheSameNet() {
        Inputs inputs = Inputs.withTags(LESSON, 1);
        Objective objective = Objective.squaredError(targets(2));
        Training training = new Training(1e-2, 1e-5, 8, 20, 0.1, 3);
        Input[] x = inputs.of(LESSON);
        Net first = Net.trained(inputs, x, new int[] {7, 2}, true, objective, training, 1);
        Net again = Net.trained(inputs, x, new int[] {7, 2}, true, objective, training, 1);
        Net other = Net.trained(inputs, x, new int[] {7, 2}, true, objective, training, 2);

        assertThat(again.output(x[0])).isEqualTo(first.output(x[0]));
        assertThat(other.output(x[0])).isNotEqualTo(first.output(x[0]));
    }

    @Test
    void trainingFindsALinearTarget() {
        Inputs inputs = Inputs.embedding(LESSON);
        Input[] x = inputs.of(LESSON);
        float[][] target = new float[x.length][1];
        for (int i = 0; i < x.length; i++) {
            target[i][0] = 2 * x[i].dense[0] - x[i].dense[3] + 0.5f;
        }
        Net net = Net.trained(
                inputs,
                x,
                new int[] {1},
                true,
                Objective.squaredError(target),
                new Training(1e-2, 0, 8, 1000, 0, 0),
                1);

        for (int i = 0; i < x.length; i++) {
            assertThat(net.output(x[i])[0]).isEqualTo(target[i][0], within(0.02f));
        }
    }
}
