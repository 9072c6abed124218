package dev.tagrouter.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.Candidate;
import dev.tagrouter.core.scoring.CandidatePool;
import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.CapabilityTable;
import dev.tagrouter.core.scoring.Contribution;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.scoring.JointScorer;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.scoring.Scores;
import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.core.tagging.Layout;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Topics;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.core.testing.WordingTagger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All queries have the same tag; only their words tell which of two models answers well. */
class WordingLearnedTest {
    private static final int QUERIES = 400;
    private static final Price PRICE = new Price(1, 1);

    private final EmbeddedTagger tagger = WordingTagger.tagger();

    private EvidenceSet learned() throws IOException {
        return new SetLearner(tagger, Progress.silent()).evidence(judgments());
    }

    private static JudgedSet judgments() {
        List<JudgedSet.Judged> judged = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            boolean red = i % 2 == 0;
            judged.add(new JudgedSet.Judged(
                    Query.of((red ? "red" : "blue") + " number " + i),
                    List.of(red ? 0.9 : 0.1, red ? 0.2 : 0.8),
                    List.of(100.0, 100.0)));
        }
        JudgedSet.Description description = new JudgedSet.Description(
                "colours",
                List.of("painter", "sailor"),
                Map.of("painter", PRICE, "sailor", PRICE),
                "sailor",
                0,
                "test");
        return new MadeUpSet(judged, description);
    }

    @Test
    void whatTheWordsTellIsOneTermAndTheTermsAddUp() throws IOException {
        EvidenceSet set = learned();
        CapabilityTable table = new CapabilityTable(tagger.vocabulary(), List.of(set));
        JointScorer scorer = new JointScorer(
                CandidatePool.over(table, List.of(new Candidate("painter", PRICE), new Candidate("sailor", PRICE))));

        Scores red = scorer.score(tagger.tag(Query.of("red")));
        assertThat(red.score(0)).isCloseTo(0.9, within(0.05));
        assertThat(red.score(1)).isCloseTo(0.2, within(0.05));
        Scores blue = scorer.score(tagger.tag(Query.of("blue")));
        assertThat(blue.score(0)).isCloseTo(0.1, within(0.05));
        assertThat(blue.score(1)).isCloseTo(0.8, within(0.05));
        assertThat(red.contributions(0))
                .extracting(Contribution::term)
                .containsExactly(Contribution.BASELINE, "colour", Contribution.WORDING);
        double sum = 0;
        for (Contribution contribution : red.contributions(0)) {
            sum += contribution.value();
        }
        assertThat(sum).isEqualTo(red.score(0));
    }

    @Test
    void topicsComeBeforeTheWording() throws IOException {
        Vocabulary vocabulary =
                tagger.vocabulary().with(Topics.of(List.of("topic: x"), new float[][] {{1}}, new float[][] {{1}}));
        EmbeddedTagger withTopics = new EmbeddedTagger(vocabulary, WordingTagger.weights());
        EvidenceSet set = new SetLearner(withTopics, Progress.silent()).evidence(judgments());
        JointScorer scorer = new JointScorer(CandidatePool.over(
                new CapabilityTable(vocabulary, List.of(set)),
                List.of(new Candidate("painter", PRICE), new Candidate("sailor", PRICE))));

        Scores blue = scorer.score(withTopics.tag(Query.of("blue")));
        assertThat(blue.score(1) - blue.score(0)).isCloseTo(0.7, within(0.1));
        List<Contribution> contributions = blue.contributions(1);
        assertThat(contributions)
                .extracting(Contribution::term)
                .containsExactly(Contribution.BASELINE, "colour", Contribution.TOPICS, Contribution.WORDING);
        double sum = 0;
        for (Contribution contribution : contributions) {
            sum += contribution.value();
        }
        assertThat(sum).isEqualTo(blue.score(1));
        assertThat(Math.abs(contributions.get(3).value())).isGreaterThan(0.1);
        assertThat(contributions.get(2).value()).isCloseTo(0, within(1e-6));
    }

    @Test
    void aProfileAndItsStatisticsKeepTheAxes(@TempDir Path folder) throws IOException {
        Learner.Learned learned = new Learner(tagger, Progress.silent())
                .learnWithStatistics(
                        List.of(judgments()),
                        new Learner.Settings("colours", "Apache-2.0", Instant.parse("2026-01-01T00:00:00Z"), "test"));
        learned.profile().write(folder.resolve("profile"));
        Profile read = Profile.read(folder.resolve("profile"));

        assertThat(read.id()).isEqualTo(learned.profile().id());
        assertThat(read.table().vocabulary().axes()).isEqualTo(2 + Layout.AXES);
        Capability painter = painter(read);
        assertThat(painter.row(1)).isEqualTo(painter(learned.profile()).row(1));
        assertThat(painter.row(2).score()).isLessThan(-0.05);
        byte[] kept = StatisticsFormat.encode(learned.statistics());
        assertThat(StatisticsFormat.encode(StatisticsFormat.decode(kept, tagger.vocabulary())))
                .isEqualTo(kept);
    }

    /** Long questions are hard for the painter; many judgments tell that, and few are not asked. */
    @Test
    void howAQueryIsLaidOutIsLearnedFromManyJudgments() throws IOException {
        Scores many = scoresOfLongAndShort(9_000);
        assertThat(many.score(0)).isCloseTo(0.2, within(0.05));
        assertThat(many.score(1)).isCloseTo(0.8, within(0.05));
        Scores few = scoresOfLongAndShort(6_900);
        assertThat(few.score(0)).isCloseTo(0.5, within(0.05));
        assertThat(few.score(1)).isCloseTo(0.5, within(0.05));
    }

    /** A newcomer that was judged on few queries of a large set, and does just as the painter does, is expected to. */
    @Test
    void oneThatLeansOnOthersTakesWhatTheyKnowOfTheLayoutOnce() throws IOException {
        List<JudgedSet.Judged> judged = new ArrayList<>();
        for (int i = 0; i < 9_000; i++) {
            boolean isLong = i % 4 != 0;
            double painter = isLong ? 0.2 : 0.8;
            judged.add(new JudgedSet.Judged(
                    Query.of(text(isLong, i)),
                    List.of(painter, isLong ? 0.4 : 0.9, i < 300 ? painter : Double.NaN),
                    List.of(100.0, 100.0, i < 300 ? 100.0 : Double.NaN)));
        }
        JudgedSet.Description description = new JudgedSet.Description(
                "colours", List.of("painter", "sailor", "newcomer"), Map.of(), "sailor", 0, "test");
        EvidenceSet set = new SetLearner(tagger, Progress.silent()).evidence(new MadeUpSet(judged, description));
        Capability.Summary painter = painter(set).summary();
        Capability.Summary newcomer =
                Objects.requireNonNull(set.find("newcomer")).summary();
        assertThat(newcomer.judged()).isEqualTo(300);
        assertThat(newcomer.meanQuality()).isCloseTo(painter.meanQuality(), within(0.02));
        assertThat(newcomer.baseline()).isCloseTo(painter.baseline(), within(0.03));
    }

    /** Held out, a fifth of these is not seen, and fewer than the bound are left: the set decides, not the fold. */
    @Test
    void theWholeSetDecidesWhetherTheLayoutIsLearned() throws IOException {
        Scores scores = scoresOfLongAndShort(7_100);
        assertThat(scores.score(0)).isCloseTo(0.2, within(0.05));
        assertThat(scores.contributions(0).getLast().term()).isEqualTo(Contribution.BEND);
        assertThat(Math.abs(scores.contributions(0).getLast().value())).isLessThan(0.02);
    }

    @Test
    void whatIsNotLearnedOfTheLayoutHasNoRowAndNoDoubt() throws IOException {
        Capability painter = painter(learned());
        int layout = tagger.vocabulary().termCount() - Layout.AXES;
        assertThat(painter.row(layout).isNone()).isTrue();
        assertThat(painter.row(layout - 1).isNone()).isFalse();
        JointScorer scorer = new JointScorer(CandidatePool.over(
                new CapabilityTable(tagger.vocabulary(), List.of(learned())),
                List.of(new Candidate("painter", PRICE), new Candidate("sailor", PRICE))));
        assertThat(scorer.score(tagger.tag(Query.of("red\n\n\n" + "x".repeat(3_000))))
                        .uncertainty(0, 1))
                .isCloseTo(
                        scorer.score(tagger.tag(Query.of("red " + "x".repeat(3))))
                                .uncertainty(0, 1),
                        within(1e-9));
    }

    private Scores scoresOfLongAndShort(int queries) throws IOException {
        List<JudgedSet.Judged> judged = new ArrayList<>();
        for (int i = 0; i < queries; i++) {
            boolean isLong = i % 2 == 0;
            judged.add(new JudgedSet.Judged(
                    Query.of(text(isLong, i)), List.of(isLong ? 0.2 : 0.8, isLong ? 0.8 : 0.2), List.of(100.0, 100.0)));
        }
        EvidenceSet set = new SetLearner(tagger, Progress.silent())
                .evidence(new MadeUpSet(judged, judgments().description()));
        JointScorer scorer = new JointScorer(CandidatePool.over(
                new CapabilityTable(tagger.vocabulary(), List.of(set)),
                List.of(new Candidate("painter", PRICE), new Candidate("sailor", PRICE))));
        return scorer.score(tagger.tag(Query.of(text(true, queries))));
    }

    private static String text(boolean isLong, int number) {
        return "red number " + number + (isLong ? " " + "x".repeat(400) : "");
    }

    private static Capability painter(Profile profile) {
        return painter(profile.table().sets().getFirst());
    }

    private static Capability painter(EvidenceSet set) {
        return Objects.requireNonNull(set.find("painter"));
    }

    /** Half of the queries lie at -0.5 along the first axis, half at 1.5. */
    @Test
    void theMassOfAnAxisIsTheSumOfItsSquares() throws IOException {
        Capability painter = Objects.requireNonNull(learned().find("painter"));
        assertThat(painter.row(1).mass()).isCloseTo(QUERIES / 2 * (0.25 + 2.25), within(0.5));
        assertThat(painter.row(1).win()).isZero();
    }
}
