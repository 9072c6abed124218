package dev.tagrouter.lab.baseline;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/** Ridge regression of several targets on dense inputs, in closed form; means are not shrunk. Immutable. */
final class Ridge {
    private final double[] meanInput;
    private final double[] meanTarget;
    /** By dimension and target. */
    private final double[][] weight;

    /**
     * @param target by example and target
     * @param penalty added to the diagonal of X'X, above 0
     */
    Ridge(Input[] x, double[][] target, double penalty) {
        this(new Sums(x, target), penalty);
    }

    private Ridge(Sums sums, double penalty) {
        this.meanInput = sums.meanInput;
        this.meanTarget = sums.meanTarget;
        double[][] gram = new double[meanInput.length][];
        for (int d = 0; d < gram.length; d++) {
            gram[d] = sums.gram[d].clone();
            gram[d][d] += penalty;
        }
        RealMatrix solved = new CholeskyDecomposition(new Array2DRowRealMatrix(gram, false))
                .getSolver()
                .solve(new Array2DRowRealMatrix(sums.product, false));
        this.weight = solved.getData();
    }

    /** One regression for each penalty, in their order; adding up, which takes longest, is shared. */
    static List<Ridge> all(Input[] x, double[][] target, double[] penalties) {
        Sums sums = new Sums(x, target);
        return Arrays.stream(penalties)
                .mapToObj(penalty -> new Ridge(sums, penalty))
                .toList();
    }

    /** Means, X'X and X'y, with X and y centred. */
    private static final class Sums {
        private final double[] meanInput;
        private final double[] meanTarget;
        private final double[][] gram;
        private final double[][] product;

        private Sums(Input[] x, double[][] target) {
            int dimensions = x[0].dense.length;
            int targets = target[0].length;
            this.meanInput = new double[dimensions];
            this.meanTarget = new double[targets];
            for (int i = 0; i < x.length; i++) {
                for (int d = 0; d < dimensions; d++) {
                    meanInput[d] += x[i].dense[d] / (double) x.length;
                }
                for (int t = 0; t < targets; t++) {
                    meanTarget[t] += target[i][t] / x.length;
                }
            }
            this.gram = new double[dimensions][dimensions];
            this.product = new double[dimensions][targets];
            double[] centred = new double[dimensions];
            double[] gap = new double[targets];
            for (int i = 0; i < x.length; i++) {
                for (int d = 0; d < dimensions; d++) {
                    centred[d] = x[i].dense[d] - meanInput[d];
                }
                for (int t = 0; t < targets; t++) {
                    gap[t] = target[i][t] - meanTarget[t];
                }
                for (int d = 0; d < dimensions; d++) {
                    addScaled(centred[d], centred, gram[d], d + 1);
                    addScaled(centred[d], gap, product[d], targets);
                }
            }
            for (int d = 0; d < dimensions; d++) {
                for (int e = d + 1; e < dimensions; e++) {
                    gram[d][e] = gram[e][d];
                }
            }
        }

        private static void addScaled(double factor, double[] row, double[] to, int width) {
            for (int o = 0; o < width; o++) {
                to[o] += factor * row[o];
            }
        }
    }

    double predict(Input x, int target) {
        double sum = meanTarget[target];
        for (int d = 0; d < meanInput.length; d++) {
            sum += (x.dense[d] - meanInput[d]) * weight[d][target];
        }
        return sum;
    }
}
