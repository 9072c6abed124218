package dev.tagrouter.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.core.decision.Decision;
import dev.tagrouter.core.decision.Reason;
import dev.tagrouter.core.profile.Manifest.ScorerKind;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.Candidate;
import dev.tagrouter.core.scoring.Contribution;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.scoring.Scores;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Tag;
import dev.tagrouter.core.testing.TinyProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouterTest {
    private final Profile profile = TinyProfile.create();
    private final Router router = Router.of(profile);

    @Test
    void goesToTheModelThatIsGoodAtTheTagAndWorthItsPrice() {
        assertThat(chosen("write sql", 0).model()).isEqualTo("coder");
        assertThat(chosen("write a poem", 0.9).model()).isEqualTo("strong");
        assertThat(chosen("hello", 0).model()).isEqualTo("small");
    }

    @Test
    void contributionsAddUpToTheScore() {
        Routing routing = router.route(Query.of("hello sql poem"));
        Scores scores = requireNonNull(routing.scores());
        for (int m = 0; m < scores.size(); m++) {
            double sum = 0;
            for (Contribution contribution : scores.contributions(m)) {
                sum += contribution.value();
            }
            assertThat(sum).isEqualTo(scores.score(m));
        }
        assertThat(routing.tags().stated())
                .extracting(Tag::name)
                .containsExactlyInAnyOrder("greeting", "poetry", "sql");
    }

    @Test
    void expectedCostNeverFallsAsThetaRises() {
        double previous = 0;
        for (double theta = -1; theta <= 1; theta += 0.0625) {
            Routing routing = router.route(Query.of("hello sql"), theta);
            String model = ((Decision.Chosen) routing.decision()).model();
            double cost = cost(routing, model);
            assertThat(cost).isGreaterThanOrEqualTo(previous);
            previous = cost;
        }
    }

    private static double cost(Routing routing, String model) {
        Scores scores = requireNonNull(routing.scores());
        for (int m = 0; m < scores.size(); m++) {
            if (scores.pool().candidates().get(m).model().equals(model)) {
                return scores.costUsd(m, routing.inputTokens());
            }
        }
        throw new AssertionError(model);
    }

    @Test
    void flipThetaIsWhereAnotherModelTakesOver() {
        Decision.Chosen chosen = chosen("write sql", 0);
        double flip = requireNonNull(chosen.flipTheta());
        double step = Math.signum(flip) * 1e-6;
        assertThat(chosen("write sql", flip - step).model()).isEqualTo("coder");
        assertThat(chosen("write sql", flip + step).model()).isNotEqualTo("coder");
    }

    @Test
    void untaggableInputGoesToTheDefaultModel() {
        assertThat(chosen("  \n ", 0))
                .extracting(Decision.Chosen::model, Decision.Chosen::reason)
                .containsExactly("strong", Reason.NO_TAGS);
        assertThat(chosen("🙂🙂", 0))
                .extracting(Decision.Chosen::model, Decision.Chosen::reason)
                .containsExactly("strong", Reason.NO_TAGS);
        assertThat(chosen("", -1).model()).isEqualTo("small");
    }

    @Test
    void modelsNeverJudgedTogetherAreNotCompared() {
        Price price = new Price(1, 1);
        Router across = Router.among(
                profile, List.of(new Candidate("small", price), new Candidate("stranger", price)), "strong");
        Decision decision = across.route(Query.of("sql")).decision();
        assertThat(decision).isInstanceOfSatisfying(Decision.NoEligibleModel.class, none -> {
            assertThat(none.reason()).isEqualTo(Reason.NO_EVIDENCE);
            assertThat(none.remedy()).contains("small", "stranger", "judged together");
        });
        Router withDefault = Router.among(
                profile, List.of(new Candidate("small", price), new Candidate("stranger", price)), "small");
        assertThat(withDefault.route(Query.of("sql")).decision())
                .isEqualTo(new Decision.Chosen("small", Reason.NO_EVIDENCE, 0, null, null, 0));
    }

    @Test
    void aDefaultModelWithoutEvidenceAnswersWhereEvidenceDoesNotDecide() {
        List<Candidate> candidates =
                List.of(new Candidate("small", new Price(1, 1)), new Candidate("mine", new Price(0, 0)));
        Router mine = Router.among(profile, candidates, "mine");
        assertThat(mine.route(Query.of(" ")).decision())
                .isEqualTo(new Decision.Chosen("mine", Reason.NO_TAGS, 0, null, "small", 0));
        assertThat(((Decision.Chosen) mine.route(Query.of("sql")).decision()).model())
                .isEqualTo("small");
    }

    @Test
    void thePublishedScorerComparesOnlyWithinOneSet() {
        Price price = new Price(1, 1);
        Router across = Router.among(
                profile.withScorer(ScorerKind.PAPER),
                List.of(new Candidate("small", price), new Candidate("stranger", price)),
                "strong");
        assertThat(across.route(Query.of("sql"), 3).decision()).isInstanceOf(Decision.NoEligibleModel.class);
    }

    @Test
    void aCandidateWithoutEvidenceIsNeverChosen() {
        Price free = new Price(0, 0);
        Router router = Router.among(
                profile, List.of(new Candidate("newcomer", free), new Candidate("small", new Price(1, 1))), "small");
        assertThat(router.pool().withoutEvidence()).containsExactly("newcomer");
        for (double theta : new double[] {-1, 0, 1}) {
            assertThat(((Decision.Chosen) router.route(Query.of("sql"), theta).decision()).model())
                    .isEqualTo("small");
        }
    }

    private Decision.Chosen chosen(String text, double theta) {
        return (Decision.Chosen) router.route(Query.of(text), theta).decision();
    }
}
