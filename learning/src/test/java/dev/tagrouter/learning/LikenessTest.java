package dev.tagrouter.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.core.tagging.Topics;
import dev.tagrouter.core.tagging.Vocabulary;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The penalty matrix is the inverse of the covariance it claims, and that of ordinary ridge without topics. */
class LikenessTest {
    private static final List<Vocabulary.Entry> ENTRIES = List.of(
            new Vocabulary.Entry("a", 1, List.of()),
            new Vocabulary.Entry("b", 1, List.of()),
            new Vocabulary.Entry("c", 1, List.of()));

    @Test
    void thePenaltyIsTheInverseOfTheCovarianceOfTheActiveTerms() {
        float[][] places = {{1, 0}, {0.6f, 0.8f}, {0, 1}};
        Vocabulary vocabulary = new Vocabulary(ENTRIES)
                .with(Topics.of(List.of("topic: x"), new float[][] {{1, 0}}, places))
                .withAxes(2);
        int[] active = {0, 1, 3, 5};
        double[][] matrix = {{0}, {0, 0}, {0, 0, 0}, {0, 0, 0, 0}};

        Likeness.of(vocabulary, 100).penalise(matrix, active, 3);

        double alike = 0.7 * 0.6;
        double[][] covariance = {{1.7, alike, 0, 0}, {alike, 1.7, 0, 0}, {0, 0, 2.25, 0}, {0, 0, 0, 1}};
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                double sum = 0;
                for (int k = 0; k < 4; k++) {
                    sum += matrix[Math.max(i, k)][Math.min(i, k)] * covariance[k][j];
                }
                assertThat(sum).isCloseTo(i == j ? 3 : 0, within(1e-6));
            }
        }
    }

    @Test
    void withoutTopicsItIsThatOfOrdinaryRidge() {
        double[][] matrix = {{1}, {2, 3}};
        Likeness.of(new Vocabulary(ENTRIES), 100).penalise(matrix, new int[] {0, 2}, 5);
        assertThat(matrix).isDeepEqualTo(new double[][] {{6}, {2, 8}});
    }
}
