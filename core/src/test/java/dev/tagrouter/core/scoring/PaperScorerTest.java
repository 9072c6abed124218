package dev.tagrouter.core.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.core.decision.Decision;
import dev.tagrouter.core.decision.PaperDecider;
import dev.tagrouter.core.profile.Manifest.ScorerKind;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.tagging.Tag;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.core.testing.TinyProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The published formula, checked by hand against the counts of {@link TinyProfile}. */
class PaperScorerTest {
    private final Profile profile = TinyProfile.create().withScorer(ScorerKind.PAPER);
    private final CandidatePool pool = CandidatePool.over(profile.table(), profile.candidates());
    private final Scorer scorer = profile.scorer(pool);

    @Test
    void sumsWinsTiesAndLossesOverStatedTags() {
        Scores scores = scorer.score(tags("sql"));
        // small on sql: 2 wins, 5 ties, 23 losses; coder: 20, 5, 5; the reference, strong, is 0.
        assertThat(scores.score(0)).isCloseTo(2 + 5 * 0.15 - 23, within(1e-12));
        assertThat(scores.score(1)).isCloseTo(20 + 5 * 0.15 - 5, within(1e-12));
        assertThat(scores.score(2)).isZero();
        Scores both = scorer.score(tags("sql", "greeting"));
        // greeting: 10 wins, 20 ties, 10 losses for everyone but the reference.
        assertThat(both.score(0)).isCloseTo(-20.25 + 3, within(1e-12));
    }

    @Test
    void theCheapestThatBeatsAllDearerByThetaAnswers() {
        Scores scores = scorer.score(tags("sql"));
        PaperDecider decider = new PaperDecider(pool, "strong");
        // deltas: small -20.25 - max(15.75, 0) = -36; coder 15.75 - 0 = 15.75
        assertThat(decider.decide(scores, 0, 10).model()).isEqualTo("coder");
        assertThat(decider.decide(scores, 15.75, 10).model()).isEqualTo("coder");
        assertThat(decider.decide(scores, 15.76, 10).model()).isEqualTo("strong");
        assertThat(decider.decide(scores, -36, 10).model()).isEqualTo("small");
        Decision.Chosen atZero = decider.decide(scores, 0, 10);
        assertThat(atZero.flipTheta()).isCloseTo(15.75, within(1e-12));
        assertThat(atZero.runnerUp()).isEqualTo("strong");
    }

    @Test
    void theRankingAppliesTheRuleAgainToThoseLeft() {
        Scores scores = scorer.score(tags("sql"));
        PaperDecider decider = new PaperDecider(pool, "strong");
        assertThat(decider.ranking(scores, 0, 10)).containsExactly("coder", "strong", "small");
        assertThat(decider.ranking(scores, 100, 10)).containsExactly("strong", "coder", "small");
        assertThat(decider.ranking(scores, -36, 10)).containsExactly("small", "coder", "strong");
        assertThat(decider.ranking(scorer.score(tags()), 0, 10)).containsExactly("strong", "small", "coder");
    }

    @Test
    void ofEqualPricesTheFirstListedIsTheLargeOne() {
        Price price = new Price(1, 1);
        CandidatePool equal = CandidatePool.over(
                profile.table(), List.of(new Candidate("strong", price), new Candidate("coder", price)));
        Scores scores = profile.scorer(equal).score(tags("sql"));
        PaperDecider decider = new PaperDecider(equal, "strong");
        assertThat(decider.decide(scores, 0, 1).model()).isEqualTo("coder");
        assertThat(decider.decide(scores, 100, 1).model()).isEqualTo("strong");
    }

    private Tags tags(String... names) {
        return Tags.of(
                profile.table().vocabulary(),
                List.of(names).stream().map(name -> new Tag(name, 0.9)).toList());
    }
}
