package dev.tagrouter.lab.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.core.embedding.Embedding;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.baseline.Example;
import dev.tagrouter.lab.baseline.Method.Rule;
import dev.tagrouter.lab.metric.Calls;
import dev.tagrouter.lab.metric.Outcomes;
import dev.tagrouter.lab.metric.Point;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules by which some candidates play and others do not, worked out by hand. */
class ChoiceTest {
    /** The second candidate is the cheapest, the first the dearest. */
    private static final Outcomes TRUTH = new Outcomes(
            new double[][] {{0.9, 0.2, 0.5}, {0.9, 0.2, 0.5}, {0.9, 0.2, 0.5}},
            new double[][] {{9, 1, 3}, {9, 1, 3}, {9, 1, 3}},
            0);

    private static final int[] ONCE = {1, 1, 1};

    private static Values values(double[][] rows) throws LabException {
        List<Example> examples = IntStream.range(0, rows.length)
                .mapToObj(q -> new Example(
                        Query.of(Integer.toString(q)), Tags.none(new Vocabulary(List.of())), Embedding.NONE))
                .toList();
        return Values.of(
                "fixed",
                (example, value, costUsd) -> {
                    double[] row = rows[Integer.parseInt(example.query().turns().getFirst())];
                    System.arraycopy(row, 0, value, 0, row.length);
                },
                examples,
                rows[0].length);
    }

    @Test
    void twoPlayAndTheOthersTakeNoPart() throws LabException {
        Choice choice = new Choice(Rule.TWO_MODELS, TRUTH);
        Values values = values(new double[][] {{0.6, 0.4, -1}, {0.1, 0.9, -1}, {1, -1, -1}});

        assertThat(choice.choose(values, 0)).containsExactly(0, 1, 0);
        assertThat(choice.choose(values, -0.5)).containsExactly(1, 1, 0);
        assertThat(choice.choose(values, Double.POSITIVE_INFINITY)).containsExactly(0, 0, 0);
        assertThat(choice.knobs(values)).isSorted();
    }

    @Test
    void aPairIsJudgedByAcceptRateUnlessByQuality() {
        Outcomes pair = new Outcomes(new double[][] {{0.5, 1}, {1, 0.9}}, new double[][] {{1, 9}, {1, 9}}, 0);
        Yardstick usual = new Yardstick(pair);
        Yardstick byQuality = Yardstick.byQuality(pair);
        Point dearest = Point.of(pair, pair.always(1), usual.once());

        assertThat(usual.headline(dearest)).isEqualTo(0.5);
        assertThat(usual.bestSingle()).isZero();
        assertThat(usual.randomArea(usual.once())).isEqualTo(0.5, within(1e-12));
        assertThat(byQuality.headline(dearest)).isEqualTo(0.95, within(1e-12));
        assertThat(byQuality.bestSingle()).isEqualTo(1);
        assertThat(byQuality.randomArea(usual.once())).isEqualTo(0.85, within(1e-12));
    }

    @Test
    void aCascadeCallsTheCheapestFirstAndChargesEveryCall() throws LabException {
        Choice choice = new Choice(Rule.CASCADE, TRUTH);
        Values values = values(new double[][] {{1, 0.3, 0.6}, {1, 0.7, 0.2}, {1, 0.4, -1}});
        int[] chosen = choice.choose(values, 0.5);

        assertThat(chosen)
                .containsExactly(
                        // The cheapest is called in vain, the next one is accepted.
                        Calls.then(1, 2),
                        // The cheapest is accepted.
                        1,
                        // The one in the middle is no part of the chain.
                        Calls.then(1, 0));
        Point point = Point.of(TRUTH, chosen, ONCE);
        assertThat(point.costUsd()).isEqualTo((4 + 1 + 10) / 3.0, within(1e-12));
        assertThat(point.quality()).isEqualTo((0.5 + 0.2 + 0.9) / 3, within(1e-12));
        assertThat(choice.choose(values, 0)).containsExactly(1, 1, 1);
        assertThat(Point.of(TRUTH, choice.choose(values, 1), ONCE).costUsd())
                .isEqualTo((13 + 13 + 10) / 3.0, within(1e-12));
    }

    @Test
    void aCascadeOfTwoStaysOneAndIsOrderedByTheSmallOne() throws LabException {
        Outcomes two = new Outcomes(new double[][] {{0.5, 1}, {1, 0.5}}, new double[][] {{1, 9}, {1, 9}}, 0);
        Choice choice = new Choice(Rule.CASCADE, two);
        Values values = values(new double[][] {{0.2, 1}, {0.8, 1}});

        assertThat(choice.choose(values, 0.5)).containsExactly(Calls.then(0, 1), 0);
        assertThat(choice.deltas(values)).containsExactly(0.2, 0.8);
    }

    @Test
    void queriesStandAmongThoseOfTheirFold() throws LabException {
        Outcomes two = new Outcomes(new double[4][2], new double[][] {{1, 9}, {1, 9}, {1, 9}, {1, 9}}, 0);
        Values values = Values.empty(4, 2);
        values.put(0, new int[] {0, 2}, values(new double[][] {{0.9, 0.1}, {0.8, 0.1}}));
        values.put(1, new int[] {1, 3}, values(new double[][] {{0.3, 0.5}, {0.3, 0.5}}));

        assertThat(new Choice(Rule.UTILITY, two).standing(values)).containsExactly(0.75, 0.5, 0.25, 0.5);
    }

    @Test
    void betweenTwoCandidatesTheOtherRulesAreThePublishedOne() throws LabException {
        Outcomes two = new Outcomes(new double[][] {{0.5, 1}, {1, 0.5}}, new double[][] {{1, 9}, {1, 9}}, 0);
        Values values = values(new double[][] {{0.2, 0.8}, {0.7, 0.3}});

        for (Rule rule : List.of(Rule.UTILITY, Rule.THRESHOLD, Rule.TWO_MODELS)) {
            assertThat(new Choice(rule, two).choose(values, 0)).containsExactly(1, 0);
        }
    }

    /** Of six queries in two folds the dear model answers the first of each fold well, and is valued the higher there. */
    private static final Outcomes TWO = new Outcomes(
            new double[][] {{0, 1}, {1, 0}, {1, 0}, {0, 1}, {1, 0}, {1, 0}},
            new double[][] {{1, 3}, {1, 3}, {1, 3}, {1, 3}, {1, 3}, {1, 3}},
            0);

    /** @param moved added to the cheap model's values in the second fold */
    private static Values ofTwoFolds(double[][] rows, double moved, double stretched) throws LabException {
        Values all = Values.empty(rows.length, rows[0].length);
        double[][] second = new double[3][];
        for (int i = 0; i < 3; i++) {
            second[i] = new double[] {stretched * rows[3 + i][0] + moved, stretched * rows[3 + i][1]};
        }
        all.put(0, new int[] {0, 1, 2}, values(new double[][] {rows[0], rows[1], rows[2]}));
        all.put(1, new int[] {3, 4, 5}, values(second));
        return all;
    }

    private static List<Double> curve(Values values) {
        int[] once = {1, 1, 1, 1, 1, 1};
        return Sweep.of(new Choice(Rule.UTILITY, TWO), values, TWO).stream()
                .map(chosen -> Point.of(TWO, chosen, once))
                .flatMap(point -> Stream.of(point.costUsd(), point.quality()))
                .toList();
    }

    @Test
    void aCurveDoesNotDependOnHowFoldsAreMovedOrStretched() throws LabException {
        double[][] good = {{0.1, 0.9}, {0.5, 0.4}, {0.6, 0.3}, {0.1, 0.9}, {0.5, 0.4}, {0.6, 0.3}};

        List<Double> plain = curve(ofTwoFolds(good, 0, 1));

        assertThat(curve(ofTwoFolds(good, 3, 1))).isEqualTo(plain);
        assertThat(curve(ofTwoFolds(good, -1, 20))).isEqualTo(plain);
        assertThat(plain).containsSequence(10 / 6.0, 1.0);
    }

    @Test
    void theCurveOfAConstantIsTheChordBetweenBothModels() throws LabException {
        double[][] constant = {{0.5, 0.4}, {0.5, 0.4}, {0.5, 0.4}, {0.5, 0.4}, {0.5, 0.4}, {0.5, 0.4}};

        assertThat(curve(ofTwoFolds(constant, -0.3, 1)).stream().distinct())
                .containsExactlyInAnyOrder(1.0, 2 / 3.0, 3.0, 1 / 3.0);
    }
}
