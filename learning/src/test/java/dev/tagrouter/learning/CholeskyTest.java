package dev.tagrouter.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Solutions put back into the system give its right-hand side, whatever rows are left over from four at once. */
class CholeskyTest {
    /** A positive definite matrix, all of it. */
    private static double[][] matrix(int n) {
        SplittableRandom random = new SplittableRandom(n);
        double[][] root = new double[n][n];
        for (double[] row : root) {
            for (int j = 0; j < n; j++) {
                row[j] = random.nextGaussian();
            }
        }
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                matrix[i][j] = i == j ? 1 : 0;
                for (int k = 0; k < n; k++) {
                    matrix[i][j] += root[i][k] * root[j][k];
                }
            }
        }
        return matrix;
    }

    private static double[][] lower(double[][] matrix) {
        double[][] lower = new double[matrix.length][];
        for (int i = 0; i < matrix.length; i++) {
            lower[i] = Arrays.copyOf(matrix[i], i + 1);
        }
        return lower;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 50, 131})
    void solves(int n) {
        double[][] matrix = matrix(n);
        double[] right = new SplittableRandom(7).doubles(n).toArray();
        double[] x = right.clone();
        new Cholesky(lower(matrix)).solve(x);
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += matrix[i][j] * x[j];
            }
            assertThat(sum).isEqualTo(right[i], within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4, 6})
    void refusesWhatIsNotPositiveDefinite(int row) {
        double[][] matrix = matrix(7);
        matrix[row][row] = -1;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cholesky(lower(matrix)))
                .withMessageContaining("row " + row);
    }
}
