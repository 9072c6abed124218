package dev.tagrouter.lab.baseline;

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
        double[][] gram = new double[dimensions][dimensions];
        double[][] product = new double[dimensions][targets];
        double[] centred = new double[dimensions];
        for (int i = 0; i < x.length; i++) {
            for (int d = 0; d < dimensions; d++) {
                centred[d] = x[i].dense[d] - meanInput[d];
            }
            for (int d = 0; d < dimensions; d++) {
                double factor = centred[d];
                double[] row = gram[d];
                for (int e = 0; e < dimensions; e++) {
                    row[e] += factor * centred[e];
                }
                for (int t = 0; t < targets; t++) {
                    product[d][t] += factor * (target[i][t] - meanTarget[t]);
                }
            }
        }
        for (int d = 0; d < dimensions; d++) {
            gram[d][d] += penalty;
        }
        RealMatrix solved = new CholeskyDecomposition(new Array2DRowRealMatrix(gram, false))
                .getSolver()
                .solve(new Array2DRowRealMatrix(product, false));
        this.weight = solved.getData();
    }

    double predict(Input x, int target) {
        double sum = meanTarget[target];
        for (int d = 0; d < meanInput.length; d++) {
            sum += (x.dense[d] - meanInput[d]) * weight[d][target];
        }
        return sum;
    }
}
