package dev.tagrouter.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.core.scoring.Bend;
import org.junit.jupiter.api.Test;

/** A known bend is found again, and none is made up of few queries or scores that are all alike. */
class BendFitTest {
    private static BendFit fit(int queries, double centre) {
        BendFit fit = new BendFit(centre);
        for (int i = 0; i < queries; i++) {
            double score = 0.3 + 0.4 * (i % 100) / 99;
            fit.add(score, truth(score));
        }
        return fit;
    }

    private static double truth(double score) {
        return score + 0.02 - 0.1 * (score - 0.45) + 0.8 * (score - 0.45) * (score - 0.45);
    }

    @Test
    void aParabolaIsFoundAgainWhateverTheCentre() {
        for (double centre : new double[] {0.45, 0.5, 0.3}) {
            Bend bend = fit(8_000, centre).bend();
            for (double score = 0.3; score <= 0.7; score += 0.05) {
                assertThat(score + bend.at(score)).isCloseTo(truth(score), within(5e-4));
            }
            assertThat(bend.at(2)).isCloseTo(bend.at(1.5), within(1e-9));
        }
    }

    @Test
    void fewQueriesTellNothing() {
        assertThat(fit((int) Many.QUERIES - 1, 0.5).bend()).isEqualTo(Bend.NONE);
        assertThat(fit((int) Many.QUERIES, 0.5).bend()).isNotEqualTo(Bend.NONE);
        assertThat(new BendFit(0.5).bend()).isEqualTo(Bend.NONE);
    }

    @Test
    void scoresThatAreAllAlikeTellNothing() {
        BendFit fit = new BendFit(0.5);
        for (int i = 0; i < 8_000; i++) {
            fit.add(0.5, i % 2);
        }
        assertThat(fit.bend()).isEqualTo(Bend.NONE);
    }

    @Test
    void twoValuesOfTheScoreAreBroughtToTheirMeans() {
        BendFit fit = new BendFit(0.5);
        for (int i = 0; i < 8_000; i++) {
            double score = i % 2 == 0 ? 0.4 : 0.6;
            fit.add(score, score + (i % 2 == 0 ? 0.05 : -0.01));
        }
        Bend bend = fit.bend();
        assertThat(bend.at(0.4)).isCloseTo(0.05, within(1e-3));
        assertThat(bend.at(0.6)).isCloseTo(-0.01, within(1e-3));
    }
}
