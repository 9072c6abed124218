package dev.tagrouter.learning;

/** Solves symmetric positive definite systems; plain doubles in a fixed order, so every machine gets the same bits. */
final class Cholesky {
    private final double[][] factor;

    /** @param matrix the lower triangle, row after row; it is overwritten with the factor */
    Cholesky(double[][] matrix) {
        this.factor = matrix;
        for (int i = 0; i < matrix.length; i++) {
            double[] row = matrix[i];
            for (int j = 0; j < i; j++) {
                row[j] = (row[j] - dot(row, matrix[j], j)) / matrix[j][j];
            }
            double pivot = row[i] - dot(row, row, i);
            if (!(pivot > 0)) {
                throw new IllegalArgumentException("the matrix is not positive definite at row " + i);
            }
            row[i] = StrictMath.sqrt(pivot);
        }
    }

    /** Four sums in a fixed order: what one processor does at once, every processor adds up alike. */
    private static double dot(double[] a, double[] b, int length) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int k = 0;
        for (; k + 3 < length; k += 4) {
            s0 += a[k] * b[k];
            s1 += a[k + 1] * b[k + 1];
            s2 += a[k + 2] * b[k + 2];
            s3 += a[k + 3] * b[k + 3];
        }
        for (; k < length; k++) {
            s0 += a[k] * b[k];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** Overwrites the right-hand side with the solution. */
    void solve(double[] x) {
        int n = factor.length;
        for (int i = 0; i < n; i++) {
            x[i] = (x[i] - dot(factor[i], x, i)) / factor[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            x[i] /= factor[i][i];
            double value = x[i];
            double[] row = factor[i];
            for (int j = 0; j < i; j++) {
                x[j] -= row[j] * value;
            }
        }
    }
}
