package dev.tagrouter.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Tag;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.core.testing.TinyProfile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The statistics are exact sums, and the joint estimate solves the ridge problem it claims to. */
class StatisticsTest {
    private static final Likeness ALL_APART = Likeness.of(TinyProfile.vocabulary(), 100);

    private final EmbeddedTagger tagger = TinyProfile.tagger(TinyProfile.vocabulary());

    @Test
    void theEstimateSolvesTheNormalEquations() {
        MadeUpSet set = MadeUpSet.of(300, 0.3);
        double penalty = 5;
        JointEstimate estimate = JointEstimate.solve(statistics(set.judged()), ALL_APART, penalty);
        for (int m = 0; m < 3; m++) {
            double residualSum = 0;
            double[] gradient = new double[3];
            double[] mass = new double[3];
            int n = 0;
            for (JudgedSet.Judged judged : set.judged()) {
                double quality = judged.quality().get(m);
                if (!Double.isNaN(quality)) {
                    Tags tags = tagger.tag(judged.query());
                    double expected = estimate.baseline[m];
                    for (int k = 0; k < tags.size(); k++) {
                        expected += tags.confidence(k) * estimate.effect[m][tags.index(k)];
                    }
                    residualSum += quality - expected;
                    for (int k = 0; k < tags.size(); k++) {
                        gradient[tags.index(k)] += tags.confidence(k) * (quality - expected);
                        mass[tags.index(k)] += tags.confidence(k);
                    }
                    n++;
                }
            }
            assertThat(residualSum / n).isCloseTo(0, within(1e-5));
            for (int t = 0; t < 3; t++) {
                double centred = gradient[t] - mass[t] * residualSum / n;
                double expected = penalty * estimate.effect[m][t];
                assertThat(centred).isCloseTo(expected, within(1e-2));
            }
        }
    }

    @Test
    void sumsAreTheSameToTheLastBitInAnyOrderAndGrouping() {
        List<JudgedSet.Judged> judged = new ArrayList<>(MadeUpSet.of(200, 0.2).judged());
        JointEstimate whole = JointEstimate.solve(statistics(judged), ALL_APART, 3);
        Collections.shuffle(judged, new Random(3));
        SetStatistics parts = SetStatistics.sum(List.of(
                statistics(judged.subList(0, 11)),
                statistics(judged.subList(11, 150)),
                statistics(judged.subList(150, 200))));
        JointEstimate summed = JointEstimate.solve(parts, ALL_APART, 3);
        assertThat(summed.baseline).isEqualTo(whole.baseline);
        assertThat(summed.effect).isDeepEqualTo(whole.effect);
        assertThat(summed.tokens).isDeepEqualTo(whole.tokens);
    }

    @Test
    void modelsJudgedOnTheSameQueriesShareOneGram() {
        assertThat(statistics(MadeUpSet.of(50, 0).judged()).groupCount()).isEqualTo(1);
        SetStatistics withGaps = statistics(MadeUpSet.of(50, 0.2).judged());
        assertThat(withGaps.groupCount()).isEqualTo(2);
        assertThat(withGaps.group(0)).isEqualTo(withGaps.group(2)).isNotEqualTo(withGaps.group(1));
        assertThat(withGaps.gram(0).queries()).isEqualTo(50);
        assertThat(withGaps.gram(1).queries())
                .isEqualTo(withGaps.model(1).quality.count())
                .isLessThan(50);
    }

    @Test
    void winsTiesAndLossesAreCountedAgainstTheReferenceWithinTheMargin() {
        SetStatistics statistics = new SetStatistics(3, 2, 1, 0.05);
        Tags sql = Tags.of(tagger.vocabulary(), List.of(new Tag("sql", 0.9)));
        for (double quality : new double[] {0.9, 0.56, 0.55, 0.45, 0.44, 0.1, Double.NaN}) {
            statistics.add(sql, new JudgedSet.Judged(Query.of("x"), List.of(quality, 0.5), List.of(1.0, 1.0)));
        }
        SetStatistics.Model model = statistics.model(0);
        assertThat(model.win[2]).isEqualTo(2);
        assertThat(model.tie[2]).isEqualTo(2);
        assertThat(model.loss[2]).isEqualTo(2);
        assertThat(statistics.model(1).tie[2]).isEqualTo(7);
    }

    private SetStatistics statistics(List<JudgedSet.Judged> judged) {
        SetStatistics statistics = new SetStatistics(3, 3, 2, 0.05);
        for (JudgedSet.Judged query : judged) {
            statistics.add(tagger.tag(query.query()), query);
        }
        return statistics;
    }
}
