package dev.tagrouter.lab.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Gradients against finite differences, noise against noise on every example, and that training is the same every time. */
class MatrixFactorisationTest {
    private static final Lesson LESSON = World.lesson(40, 3, 1, World::specialised);
    private static final Inputs INPUTS = Inputs.withTags(LESSON, 0.5);
    private static final Input[] X = INPUTS.of(LESSON);
    private static final int[] BATCH = {3, 11, 12, 30, 31};
    private static final float STEP = 1e-3f;
    private static final double NOISE = 0.1;

    private static boolean[] won() {
        boolean[] won = new boolean[X.length];
        for (int i = 0; i < won.length; i += 3) {
            won[i] = true;
        }
        return won;
    }

    private static double loss(MatrixFactorisation model) {
        return model.accumulate(X, BATCH, won(), 0, new SplittableRandom(1));
    }

    private static double length(float[] gradient) {
        double squares = 0;
        for (float each : gradient) {
            squares += each * each;
        }
        return Math.sqrt(squares);
    }

    @Test
    void gradientsAreThoseOfTheLoss() {
        MatrixFactorisation model = new MatrixFactorisation(INPUTS, 5);
        // As it begins its gradients are hardly larger than what finite differences are off by.
        float[] own = model.parameters()[1].value;
        for (int d = 0; d < own.length; d++) {
            own[d] *= d < 2 * MatrixFactorisation.DIMENSIONS ? 0.1f : 30;
        }
        loss(model);
        List<float[]> gradients = Arrays.stream(model.parameters())
                .map(parameters -> parameters.gradient.clone())
                .toList();
        assertThat(gradients)
                .allSatisfy(gradient -> assertThat(length(gradient)).isGreaterThan(1));
        for (int p = 0; p < gradients.size(); p++) {
            Adam parameters = model.parameters()[p];
            float[] gradient = gradients.get(p);
            for (int i = 0; i < gradient.length; i++) {
                float kept = parameters.value[i];
                parameters.value[i] = kept + STEP;
                double above = loss(model);
                parameters.value[i] = kept - STEP;
                double below = loss(model);
                parameters.value[i] = kept;
                assertThat((above - below) / (2 * STEP))
                        .isEqualTo(gradient[i], within(Math.max(2e-3, 0.02 * Math.abs(gradient[i]))));
            }
        }
    }

    /** Mean and standard deviation of the loss and of some gradients over many draws. */
    private static double[][] moments(boolean onEveryExample) {
        MatrixFactorisation model = new MatrixFactorisation(INPUTS, 5);
        SplittableRandom random = new SplittableRandom(7);
        int draws = 20_000;
        double[] sum = new double[6];
        double[] squares = new double[sum.length];
        for (int draw = 0; draw < draws; draw++) {
            Input[] x = onEveryExample ? noisy(random) : X;
            double loss = model.accumulate(x, BATCH, won(), onEveryExample ? 0 : NOISE, random);
            Adam weights = model.parameters()[0];
            Adam own = model.parameters()[1];
            double[] seen = {
                loss,
                weights.gradient[0],
                weights.gradient[2 * MatrixFactorisation.DIMENSIONS + 5],
                own.gradient[1],
                own.gradient[MatrixFactorisation.DIMENSIONS + 9],
                own.gradient[2 * MatrixFactorisation.DIMENSIONS + 40]
            };
            Arrays.fill(weights.gradient, 0);
            Arrays.fill(own.gradient, 0);
            for (int i = 0; i < seen.length; i++) {
                sum[i] += seen[i] / draws;
                squares[i] += seen[i] * seen[i] / draws;
            }
        }
        double[] deviation = IntStream.range(0, sum.length)
                .mapToDouble(i -> Math.sqrt(squares[i] - sum[i] * sum[i]))
                .toArray();
        return new double[][] {sum, deviation};
    }

    private static Input[] noisy(SplittableRandom random) {
        return Arrays.stream(X)
                .map(x -> {
                    float[] dense = new float[x.dense.length];
                    for (int i = 0; i < dense.length; i++) {
                        dense[i] = (float) (x.dense[i] + NOISE * random.nextGaussian());
                    }
                    return new Input(dense, x.at, x.weight);
                })
                .toArray(Input[]::new);
    }

    @Test
    void noiseForTheBatchIsDistributedAsNoiseOnEveryExample() {
        double[][] batch = moments(false);
        double[][] each = moments(true);
        for (int i = 0; i < batch[0].length; i++) {
            assertThat(each[1][i]).as("deviation of %d", i).isPositive();
            assertThat(batch[0][i]).as("mean of %d", i).isEqualTo(each[0][i], within(0.04 * each[1][i]));
            assertThat(batch[1][i] / each[1][i]).as("deviation of %d", i).isEqualTo(1, within(0.04));
        }
    }

    @Test
    void theSameSeedGivesTheSameModel() {
        Training training = new Training(1e-2, 1e-5, 8, 20, NOISE, 0);
        double[] deltas = IntStream.of(1, 1, 2)
                .mapToDouble(seed -> {
                    MatrixFactorisation model = new MatrixFactorisation(INPUTS, 5);
                    model.fit(X, won(), training, seed);
                    return model.delta(X[0]);
                })
                .toArray();

        assertThat(deltas[1]).isEqualTo(deltas[0]);
        assertThat(deltas[2]).isNotEqualTo(deltas[0]);
    }

    @Test
    void whatNoTrainingQueryHasStaysAsItBeganAndCountsAllTheSame() {
        Input[] poems = Arrays.stream(X).filter(x -> x.at[0] == 0).toArray(Input[]::new);
        Input sums = Arrays.stream(X).filter(x -> x.at[0] == 1).findFirst().orElseThrow();
        MatrixFactorisation model = new MatrixFactorisation(INPUTS, 5);
        float[] weights = model.parameters()[0].value;
        int row = (INPUTS.dense() + 1) * MatrixFactorisation.DIMENSIONS;
        float[] began = Arrays.copyOfRange(weights, row, row + MatrixFactorisation.DIMENSIONS);
        float[] poem = Arrays.copyOfRange(weights, row - MatrixFactorisation.DIMENSIONS, row);
        boolean[] won = Arrays.copyOf(won(), poems.length);

        model.fit(poems, won, new Training(1e-2, 1e-3, 8, 20, NOISE, 0), 1);

        assertThat(Arrays.copyOfRange(weights, row, row + MatrixFactorisation.DIMENSIONS))
                .isEqualTo(began);
        assertThat(Arrays.copyOfRange(weights, row - MatrixFactorisation.DIMENSIONS, row))
                .isNotEqualTo(poem);
        assertThat(model.delta(sums)).isEqualTo(spelledOut(model, sums), within(1e-4));
    }

    /** Delta by the formula. */
    private static double spelledOut(MatrixFactorisation model, Input x) {
        int width = MatrixFactorisation.DIMENSIONS;
        float[] weights = model.parameters()[0].value;
        float[] own = model.parameters()[1].value;
        double strong = length(Arrays.copyOf(own, width));
        double weak = length(Arrays.copyOfRange(own, width, 2 * width));
        double delta = 0;
        for (int d = 0; d < width; d++) {
            double projected = x.weight[0] * weights[(x.dense.length + x.at[0]) * width + d];
            for (int i = 0; i < x.dense.length; i++) {
                projected += x.dense[i] * weights[i * width + d];
            }
            delta += projected * own[2 * width + d] * (own[d] / strong - own[width + d] / weak);
        }
        return delta;
    }

    @Test
    void trainingTellsApartWhatCanBeTold() {
        boolean[] won = new boolean[X.length];
        for (int i = 0; i < won.length; i++) {
            won[i] = X[i].dense[0] > X[i].dense[1];
        }
        MatrixFactorisation model = new MatrixFactorisation(INPUTS, 5);
        model.fit(X, won, new Training(1e-2, 0, 8, 400, 0, 0), 1);

        for (int i = 0; i < won.length; i++) {
            assertThat(model.delta(X[i]) > 0).isEqualTo(won[i]);
        }
    }
}
