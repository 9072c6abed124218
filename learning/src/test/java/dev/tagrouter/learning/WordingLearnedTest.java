package dev.tagrouter.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.testing.WordingTagger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** All queries have the same tag; only their words tell which of two models answers well. */
class WordingLearnedTest {
    private static final int QUERIES = 400;
    private static final Price PRICE = new Price(1, 1);

    private final EmbeddedTagger tagger = WordingTagger.tagger();

    private EvidenceSet learned() throws IOException {
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
        return new SetLearner(tagger, Progress.silent()).evidence(new JudgedSet() {
            @Override
            public Description description() {
                return description;
            }

            @Override
            public void read(Sink sink) throws IOException {
                for (Judged query : judged) {
                    sink.accept(query);
                }
            }
        });
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

    /** Half of the queries lie at -0.5 along the first axis, half at 1.5. */
    @Test
    void theMassOfAnAxisIsTheSumOfItsSquares() throws IOException {
        Capability painter = Objects.requireNonNull(learned().find("painter"));
        assertThat(painter.row(1).mass()).isCloseTo(QUERIES / 2 * (0.25 + 2.25), within(0.5));
        assertThat(painter.row(1).win()).isZero();
    }
}
