package dev.tagrouter.learning;

/**
 * Solves symmetric positive definite systems; plain doubles in a fixed order, so every machine gets the same bits.
 *
 * <p>The factor is kept as upper rows: whatever is left of a row is brought down by four finished rows at once, in loops
 * over neighbouring numbers that the JIT turns into vector instructions.
 */
final class Cholesky {
    private static final int AT_ONCE = 4;

    /** Row i from its diagonal on. */
    private final double[][] upper;

    /** @param matrix the lower triangle, row after row */
    Cholesky(double[][] matrix) {
        int n = matrix.length;
        this.upper = new double[n][];
        for (int i = 0; i < n; i++) {
            upper[i] = new double[n - i];
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                upper[j][i - j] = matrix[i][j];
            }
        }
        for (int first = 0; first < n; first += AT_ONCE) {
            int end = Math.min(first + AT_ONCE, n);
            for (int i = first; i < end; i++) {
                for (int k = first; k < i; k++) {
                    subtract(upper[k], i - k, upper[i]);
                }
                finish(i);
            }
            for (int i = end; i < n; i++) {
                subtractFour(first, i);
            }
        }
    }

    private void finish(int i) {
        double[] row = upper[i];
        if (!(row[0] > 0)) {
            throw new IllegalArgumentException("the matrix is not positive definite at row " + i);
        }
        double root = StrictMath.sqrt(row[0]);
        row[0] = root;
        for (int j = 1; j < row.length; j++) {
            row[j] /= root;
        }
    }

    /** What a finished row takes off a later one, which begins {@code at} further right. */
    private static void subtract(double[] finished, int at, double[] row) {
        double factor = finished[at];
        for (int j = 0; j < row.length; j++) {
            row[j] -= factor * finished[at + j];
        }
    }

    /** What the four finished rows from {@code first} on take off row i, one after the other. */
    private void subtractFour(int first, int i) {
        double[] a = upper[first];
        double[] b = upper[first + 1];
        double[] c = upper[first + 2];
        double[] d = upper[first + 3];
        double[] row = upper[i];
        int at = i - first;
        double fa = a[at];
        double fb = b[at - 1];
        double fc = c[at - 2];
        double fd = d[at - 3];
        for (int j = 0; j < row.length; j++) {
            row[j] = row[j] - fa * a[at + j] - fb * b[at - 1 + j] - fc * c[at - 2 + j] - fd * d[at - 3 + j];
        }
    }

    /** Overwrites the right-hand side with the solution. */
    void solve(double[] x) {
        int n = upper.length;
        for (int i = 0; i < n; i++) {
            double[] row = upper[i];
            double value = x[i] / row[0];
            x[i] = value;
            for (int j = 1; j < row.length; j++) {
                x[i + j] -= row[j] * value;
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            double[] row = upper[i];
            x[i] = (x[i] - dotAfter(row, x, i)) / row[0];
        }
    }

    /** A row's part right of its diagonal times what is solved: four sums in a fixed order, as everywhere. */
    private static double dotAfter(double[] row, double[] x, int i) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 1;
        for (; j + 3 < row.length; j += 4) {
            s0 += row[j] * x[i + j];
            s1 += row[j + 1] * x[i + j + 1];
            s2 += row[j + 2] * x[i + j + 2];
            s3 += row[j + 3] * x[i + j + 3];
        }
        for (; j < row.length; j++) {
            s0 += row[j] * x[i + j];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
