package dev.tagrouter.lab.tagger;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;

/**
 * The eigenvectors of the largest eigenvalues of a symmetric operator, by subspace iteration from seeded random vectors and a
 * Rayleigh-Ritz step: of a thousand rows a full decomposition would take minutes. The same seed gives the same vectors.
 */
final class LeadingEigenvectors {
    private static final int EXTRA = 25;
    private static final int ITERATIONS = 40;

    private final double[] values;
    private final double[][] vectors;

    /**
     * Of a matrix.
     *
     * @param wanted how many, at most half of the rows
     */
    LeadingEigenvectors(double[][] matrix, int wanted, long seed) {
        this(vector -> times(matrix, vector), matrix.length, wanted, ITERATIONS, seed);
    }

    /**
     * @param operator the image of a vector, as a new one; safe for many threads
     * @param n how many coordinates vectors have
     * @param wanted how many, at most half of them
     * @param iterations many make neighbours among the eigenvectors distinct; few do for the space that they span together
     */
    LeadingEigenvectors(UnaryOperator<double[]> operator, int n, int wanted, int iterations, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] basis = new double[Math.min(n, wanted + EXTRA)][n];
        for (double[] vector : basis) {
            Arrays.setAll(vector, i -> random.nextDouble() - 0.5);
        }
        orthonormalise(basis);
        for (int i = 0; i < iterations; i++) {
            basis = images(operator, basis);
            orthonormalise(basis);
        }
        double[][] images = images(operator, basis);
        double[][] projected = new double[basis.length][basis.length];
        for (int a = 0; a < basis.length; a++) {
            for (int b = 0; b <= a; b++) {
                projected[a][b] = dot(basis[a], images[b]);
                projected[b][a] = projected[a][b];
            }
        }
        EigenDecomposition small = new EigenDecomposition(MatrixUtils.createRealMatrix(projected));
        int[] order = IntStream.range(0, basis.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -small.getRealEigenvalue(i)))
                .limit(wanted)
                .mapToInt(Integer::intValue)
                .toArray();
        this.values = Arrays.stream(order).mapToDouble(small::getRealEigenvalue).toArray();
        this.vectors = new double[order.length][n];
        for (int v = 0; v < order.length; v++) {
            for (int a = 0; a < basis.length; a++) {
                double weight = small.getEigenvector(order[v]).getEntry(a);
                for (int i = 0; i < n; i++) {
                    vectors[v][i] += weight * basis[a][i];
                }
            }
        }
    }

    private static double[][] images(UnaryOperator<double[]> operator, double[][] basis) {
        double[][] images = new double[basis.length][];
        IntStream.range(0, basis.length).parallel().forEach(v -> images[v] = operator.apply(basis[v]));
        return images;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            product[i] = dot(matrix[i], vector);
        }
        return product;
    }

    /** Modified Gram-Schmidt, each vector twice: once leaves rounding behind where vectors are nearly parallel. */
    private static void orthonormalise(double[][] basis) {
        for (int v = 0; v < basis.length; v++) {
            for (int u = 0; u < 2 * v; u++) {
                double[] other = basis[u % v];
                double along = dot(basis[v], other);
                for (int i = 0; i < other.length; i++) {
                    basis[v][i] -= along * other[i];
                }
            }
            double length = Math.sqrt(dot(basis[v], basis[v]));
            for (int i = 0; i < basis[v].length && length > 0; i++) {
                basis[v][i] /= length;
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** The eigenvalue at a position, largest first. */
    double value(int position) {
        return values[position];
    }

    /** The eigenvector of {@link #value}, of unit length; not a copy. */
    double[] vector(int position) {
        return vectors[position];
    }
}
