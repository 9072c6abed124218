package dev.tagrouter.lab.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import libsvm.svm;
import libsvm.svm_model;
import libsvm.svm_node;
import libsvm.svm_parameter;
import libsvm.svm_problem;
import org.junit.jupiter.api.Test;

/** A kernel made before gives the machine that LibSVM makes of the rows themselves. */
class RbfMachineTest {
    private static final int ROWS = 240;
    private static final int CLASSES = 4;
    private static final int WIDTH = 6;
    private static final double GAMMA = 0.3;

    private final Random random = new Random(5);

    private float[] row(int label) {
        float[] row = new float[WIDTH];
        for (int d = 0; d < WIDTH; d++) {
            row[d] = (float) (random.nextGaussian() + (d == label ? 1.5 : 0));
        }
        return row;
    }

    private static svm_node[] sparse(float[] row) {
        return IntStream.range(0, row.length)
                .mapToObj(d -> {
                    svm_node node = new svm_node();
                    node.index = d + 1;
                    node.value = row[d];
                    return node;
                })
                .toArray(svm_node[]::new);
    }

    @Test
    void decidesAsLibSvmDoesFromTheRows() {
        // Classes are numbered by their first example: not in the order of their labels.
        int[] label = IntStream.range(0, ROWS).map(i -> 7 - i % CLASSES).toArray();
        float[][] x = Arrays.stream(label).mapToObj(l -> row(l - 4)).toArray(float[][]::new);
        RbfMachine machine = RbfMachine.train(x, label, 1, GAMMA);

        svm_problem problem = new svm_problem();
        problem.l = ROWS;
        problem.y = Arrays.stream(label).asDoubleStream().toArray();
        problem.x = Arrays.stream(x).map(RbfMachineTest::sparse).toArray(svm_node[][]::new);
        svm_parameter parameter = new svm_parameter();
        parameter.svm_type = svm_parameter.C_SVC;
        parameter.kernel_type = svm_parameter.RBF;
        parameter.gamma = GAMMA;
        parameter.C = 1;
        parameter.eps = 0.001;
        parameter.cache_size = 100;
        parameter.shrinking = 1;
        svm_model expected = svm.svm_train(problem, parameter);

        assertThat(machine.labels()).isEqualTo(expected.label).containsExactly(7, 6, 5, 4);
        for (int i = 0; i < 50; i++) {
            float[] query = row(i % CLASSES);
            double[] decision = new double[CLASSES * (CLASSES - 1) / 2];
            svm.svm_predict_values(expected, sparse(query), decision);
            assertThat(machine.decide(query)).containsExactly(decision, within(1e-6));
        }
    }
}
