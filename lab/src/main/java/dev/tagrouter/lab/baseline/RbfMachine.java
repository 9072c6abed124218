package dev.tagrouter.lab.baseline;

import java.util.Arrays;
import java.util.stream.IntStream;
import libsvm.svm;
import libsvm.svm_model;
import libsvm.svm_node;
import libsvm.svm_parameter;
import libsvm.svm_problem;

/**
 * LibSVM's one-against-one machine with an RBF kernel, {@code exp(-gamma |x - y|^2)}, of dense rows.
 *
 * <p>LibSVM is given the kernel's values among all examples, made once: its own would be made again for each pair of classes,
 * a hundred times as slowly, from rows in its sparse form.
 */
final class RbfMachine {
    private static final double TOLERANCE = 0.001;
    private static final double CACHE_MEBIBYTES = 500;

    static {
        // LibSVM otherwise writes to standard output, where tables and JSON go.
        svm.svm_set_print_string_function(line -> {});
    }

    private final svm_model machine;
    private final double gamma;
    /** The examples that count, by their number; null where an example does not. */
    private final float[][] support;

    private final double[] supportSquare;

    private RbfMachine(svm_model machine, double gamma, float[][] x) {
        this.machine = machine;
        this.gamma = gamma;
        this.support = new float[x.length][];
        this.supportSquare = new double[x.length];
        for (int number : machine.sv_indices) {
            support[number - 1] = x[number - 1];
            supportSquare[number - 1] = dot(x[number - 1], x[number - 1]);
        }
    }

    /**
     * @param x the examples, all of one length
     * @param label of each example, of at least two classes
     * @param cost what an example on the wrong side costs (C)
     * @param gamma how fast examples become unlike, above 0
     */
    static RbfMachine train(float[][] x, int[] label, double cost, double gamma) {
        svm_problem problem = new svm_problem();
        problem.l = x.length;
        problem.y = Arrays.stream(label).asDoubleStream().toArray();
        problem.x = kernel(x, gamma);
        svm_parameter parameter = new svm_parameter();
        parameter.svm_type = svm_parameter.C_SVC;
        parameter.kernel_type = svm_parameter.PRECOMPUTED;
        parameter.C = cost;
        parameter.eps = TOLERANCE;
        parameter.cache_size = CACHE_MEBIBYTES;
        parameter.shrinking = 1;
        svm_model machine = svm.svm_train(problem, parameter);
        // Of its row a support vector needs its number only, and the kernel may go.
        Arrays.setAll(machine.SV, i -> new svm_node[] {machine.SV[i][0]});
        return new RbfMachine(machine, gamma, x);
    }

    /** LibSVM's form of a kernel made before: a row for each example, its number and then the values; (i, j) and (j, i) are one. */
    private static svm_node[][] kernel(float[][] x, double gamma) {
        int n = x.length;
        double[] square = Arrays.stream(x).mapToDouble(row -> dot(row, row)).toArray();
        svm_node[][] nodes = new svm_node[n][n + 1];
        IntStream.range(0, n).parallel().forEach(i -> {
            nodes[i][0] = node(i + 1);
            for (int j = 0; j <= i; j++) {
                nodes[i][j + 1] = node(Math.exp(-gamma * (square[i] + square[j] - 2 * dot(x[i], x[j]))));
            }
        });
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                nodes[i][j + 1] = nodes[j][i + 1];
            }
        }
        return nodes;
    }

    private static svm_node node(double value) {
        svm_node node = new svm_node();
        node.value = value;
        return node;
    }

    /** The labels, in the order that {@link #decide} pairs them in. */
    int[] labels() {
        return machine.label;
    }

    /** By pair of classes, the first with the second, with the third and so on: above 0 where the former is the better. */
    double[] decide(float[] query) {
        svm_node[] nodes = new svm_node[support.length + 1];
        double square = dot(query, query);
        for (int i = 0; i < support.length; i++) {
            if (support[i] != null) {
                nodes[i + 1] = node(Math.exp(-gamma * (square + supportSquare[i] - 2 * dot(query, support[i]))));
            }
        }
        int classes = machine.nr_class;
        double[] decision = new double[classes * (classes - 1) / 2];
        svm.svm_predict_values(machine, nodes, decision);
        return decision;
    }

    /** In four sums, which the processor adds up side by side. */
    private static double dot(float[] a, float[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < a.length; i += 4) {
            s0 += (double) a[i] * b[i];
            s1 += (double) a[i + 1] * b[i + 1];
            s2 += (double) a[i + 2] * b[i + 2];
            s3 += (double) a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            s0 += (double) a[i] * b[i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
