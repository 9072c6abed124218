package dev.tagrouter.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.core.testing.TinyProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** What is expected of a model judged on few queries, beside four that were judged on all. */
class PeerPriorTest {
    private static final List<String> WORDS = List.of("sql", "poem", "hello");
    /** By model and word; the last is the new one's. */
    private static final double[][] LIKE_THE_FIRST = {
        {0.9, 0.2, 0.6}, {0.2, 0.9, 0.6}, {0.7, 0.7, 0.7}, {0.4, 0.4, 0.5}, {0.9, 0.2, 0.6}
    };

    private static final double[][] WORSE_THAN_ALL = {
        {0.9, 0.7, 0.8}, {0.7, 0.9, 0.8}, {0.8, 0.8, 0.7}, {0.7, 0.8, 0.9}, {0.1, 0.1, 0.1}
    };
    private static final double[][] ALWAYS_RIGHT = {
        {0.9, 0.7, 0.8}, {0.7, 0.9, 0.8}, {0.8, 0.8, 0.7}, {0.7, 0.8, 0.9}, {1, 1, 1}
    };
    private static final int QUERIES = 3_000;
    private static final int NEW = 4;
    private static final double PENALTY = 5;

    private final EmbeddedTagger tagger = TinyProfile.tagger(TinyProfile.vocabulary());
    private final Likeness likeness = Likeness.of(tagger.vocabulary(), 100);

    /** Right or wrong by these chances; the new model is judged where {@code judged} says so. */
    private SetStatistics sums(double[][] chances, IntPredicate judged) {
        SetStatistics sums = new SetStatistics(tagger.vocabulary().termCount(), chances.length, -1, 0);
        Random random = new Random(3);
        for (int i = 0; i < QUERIES; i++) {
            List<Double> quality = new ArrayList<>();
            List<Double> tokens = new ArrayList<>();
            double luck = random.nextDouble();
            for (int m = 0; m < chances.length; m++) {
                // Half of what happens to one model happens to all.
                boolean right = (random.nextBoolean() ? luck : random.nextDouble()) < chances[m][i % 3];
                boolean known = m < NEW || judged.test(i);
                quality.add(known ? right ? 1.0 : 0.0 : Double.NaN);
                tokens.add(known ? 100.0 + 50 * m : Double.NaN);
            }
            Query query = Query.of("number " + i + " " + WORDS.get(i % 3));
            sums.add(tagger.tag(query), new JudgedSet.Judged(query, quality, tokens));
        }
        return sums;
    }

    private JointEstimate estimate(SetStatistics sums) {
        return JointEstimate.solve(sums, likeness, PENALTY);
    }

    private double expected(JointEstimate estimate, int model, String word) {
        Tags tags = tagger.tag(Query.of("number 1 " + word));
        double sum = estimate.baseline[model];
        for (int k = 0; k < tags.termCount(); k++) {
            sum += tags.confidence(k) * estimate.effect[model][tags.index(k)];
        }
        return sum;
    }

    private double expectedOfPeers(JointEstimate estimate, String word) {
        return DoubleStream.of(0, 1, 2, 3)
                .map(m -> expected(estimate, (int) m, word))
                .average()
                .orElseThrow();
    }

    @Test
    void theLuckOfAFewQueriesMovesItLittleFromTheMeanOfItsPeers() {
        SetStatistics sums = sums(ALWAYS_RIGHT, i -> i < 6);
        JointEstimate estimate = estimate(sums);
        assertThat(sums.model(NEW).quality.mean()).isEqualTo(1);
        for (String word : WORDS) {
            assertThat(expected(estimate, NEW, word))
                    .isGreaterThan(expectedOfPeers(estimate, word))
                    .isCloseTo(expectedOfPeers(estimate, word), within(0.05));
        }
    }

    @Test
    void whatIsTooMuchForLuckIsBelieved() {
        JointEstimate estimate = estimate(sums(WORSE_THAN_ALL, i -> i < 30));
        for (String word : WORDS) {
            assertThat(expected(estimate, NEW, word)).isLessThan(expectedOfPeers(estimate, word) - 0.4);
        }
        assertThat(estimate.baselineTokens[NEW]).isCloseTo(300, within(5.0));
    }

    @Test
    void manyMakeItWhatTheySay() {
        JointEstimate estimate = estimate(sums(WORSE_THAN_ALL, i -> i < QUERIES / 3));
        for (String word : WORDS) {
            assertThat(expected(estimate, NEW, word)).isCloseTo(0.1, within(0.1));
        }
    }

    @Test
    void whoDoesAsAPeerOnOneTagIsExpectedToDoAsThatPeerOnAnother() {
        JointEstimate estimate = estimate(sums(LIKE_THE_FIRST, i -> i < 600 && i % 3 == 0));
        assertThat(expected(estimate, NEW, "sql")).isGreaterThan(expectedOfPeers(estimate, "sql") + 0.15);
        assertThat(expected(estimate, NEW, "poem")).isLessThan(expectedOfPeers(estimate, "poem") - 0.05);
    }

    @Test
    void whoWasJudgedOnHalfOrMoreStandsForItself() {
        SetStatistics sums = sums(LIKE_THE_FIRST, i -> i % 2 == 0);
        SetStatistics alone = sums.without(0).without(0).without(0).without(0);
        assertThat(alone.modelCount()).isEqualTo(1);
        assertThat(estimate(sums).effect[NEW]).isEqualTo(estimate(alone).effect[0]);
        assertThat(estimate(sums).baseline[NEW]).isEqualTo(estimate(alone).baseline[0]);
    }

    @Test
    void itsPeersColumnsStayAsTheyWere() {
        SetStatistics sums = sums(LIKE_THE_FIRST, i -> i < 25);
        JointEstimate with = estimate(sums);
        JointEstimate without = estimate(sums.without(NEW));
        assertThat(Arrays.copyOf(with.effect, NEW)).isDeepEqualTo(without.effect);
        assertThat(Arrays.copyOf(with.baseline, NEW)).isEqualTo(without.baseline);
        assertThat(Arrays.copyOf(with.tokens, NEW)).isDeepEqualTo(without.tokens);
    }

    @Test
    void onePeerIsEnough() {
        SetStatistics sums =
                sums(WORSE_THAN_ALL, i -> i < 75).without(0).without(0).without(0);
        JointEstimate estimate = estimate(sums);
        assertThat(expected(estimate, 1, "sql")).isBetween(0.0, 0.3);
    }
}
