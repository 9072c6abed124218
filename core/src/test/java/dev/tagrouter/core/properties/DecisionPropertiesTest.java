package dev.tagrouter.core.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.core.Router;
import dev.tagrouter.core.Routing;
import dev.tagrouter.core.decision.Decision;
import dev.tagrouter.core.decision.Reason;
import dev.tagrouter.core.decision.TradeOffCurve;
import dev.tagrouter.core.profile.Manifest.ScorerKind;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.Scores;
import dev.tagrouter.core.tagging.Query;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.jspecify.annotations.Nullable;

/** What holds of decisions for every profile, every query and every theta. */
class DecisionPropertiesTest {
    private static final double STEP = 1e-7;

    @Provide
    Arbitrary<Profile> profiles() {
        return Profiles.any();
    }

    @Provide
    Arbitrary<TradeOffCurve> curves() {
        return Profiles.curves();
    }

    @Provide
    Arbitrary<String> texts() {
        return Profiles.texts();
    }

    /** Where the default model answers instead of the evidence, theta does not choose. */
    @Property(tries = 500, seed = "1")
    void expectedCostNeverFallsAsThetaRises(@ForAll("profiles") Profile profile, @ForAll("texts") String text) {
        Router router = Router.of(profile);
        double previous = 0;
        for (int step = -64; step <= 64; step++) {
            Routing routing = router.route(Query.of(text), step / 64.0);
            if (routing.decision() instanceof Decision.Chosen chosen
                    && chosen.reason() == Reason.ROUTED
                    && routing.scores() != null) {
                double cost = cost(routing.scores(), chosen.model(), routing.inputTokens());
                assertThat(cost).isGreaterThanOrEqualTo(previous);
                previous = cost;
            }
        }
    }

    private static double cost(Scores scores, String model, long inputTokens) {
        for (int m = 0; m < scores.size(); m++) {
            if (scores.pool().candidates().get(m).model().equals(model)) {
                return scores.costUsd(m, inputTokens);
            }
        }
        throw new AssertionError(model);
    }

    @Property(tries = 1000, seed = "2")
    void flipThetaReallyFlips(
            @ForAll("profiles") Profile profile,
            @ForAll("texts") String text,
            @ForAll @DoubleRange(min = -1, max = 1) double theta,
            @ForAll boolean cheapest) {
        Router router = Router.of(profile);
        double asked = cheapest ? -1 : theta;
        Decision.Chosen chosen = chosen(router, text, asked);
        if (chosen == null) {
            return;
        }
        Double flip = chosen.flipTheta();
        if (flip == null) {
            if (chosen.reason() == Reason.ROUTED) {
                for (double other : List.of(-1 + STEP, -0.5, 0.0, 0.5, 1.0)) {
                    assertThat(model(router, text, other)).isEqualTo(chosen.model());
                }
            }
            return;
        }
        assertThat(flip).isBetween(-1.0, 1.0);
        String above = model(router, text, Math.min(1, flip + STEP));
        String below = model(router, text, Math.max(-1, flip - STEP));
        assertThat(List.of(above, below))
                .as("around " + flip + " from " + asked)
                .anyMatch(m -> !m.equals(chosen.model()));
        double towards = asked + (flip - asked) * 0.999;
        if (Math.abs(flip - asked) > 1e-5) {
            assertThat(model(router, text, towards)).isEqualTo(chosen.model());
        }
    }

    @Property(tries = 500, seed = "3")
    void flipThetaOfThePublishedRuleReallyFlips(
            @ForAll("profiles") Profile profile,
            @ForAll("texts") String text,
            @ForAll @DoubleRange(min = -300, max = 300) double theta) {
        Router router = Router.of(profile.withScorer(ScorerKind.PAPER));
        Decision.Chosen chosen = chosen(router, text, theta);
        if (chosen == null || chosen.flipTheta() == null) {
            return;
        }
        double flip = chosen.flipTheta();
        List<String> around = List.of(model(router, text, flip - STEP), model(router, text, flip + STEP));
        assertThat(around).anyMatch(m -> !m.equals(chosen.model()));
        assertThat(chosen.uncertainty()).isNotNegative();
    }

    @Property(tries = 500, seed = "5")
    void theRankingBeginsWithTheDecisionAndHoldsEveryCandidateOnce(
            @ForAll("profiles") Profile profile,
            @ForAll("texts") String text,
            @ForAll @DoubleRange(min = -1, max = 1) double theta,
            @ForAll ScorerKind kind) {
        Router router = Router.of(profile.withScorer(kind));
        Routing routing = router.route(Query.of(text), theta);
        List<String> ranking = router.ranking(routing);
        if (!(routing.decision() instanceof Decision.Chosen chosen)) {
            assertThat(ranking).isEmpty();
            return;
        }
        assertThat(ranking).startsWith(chosen.model()).doesNotHaveDuplicates();
        Scores scores = routing.scores();
        if (scores == null) {
            assertThat(ranking).hasSize(1);
            return;
        }
        scores.pool().candidates().forEach(candidate -> assertThat(ranking).contains(candidate.model()));
        if (kind == ScorerKind.JOINT) {
            assertThat(ranking.size() > 1 ? ranking.get(1) : null).isEqualTo(chosen.runnerUp());
        }
    }

    @Property(tries = 1000, seed = "4")
    void theInverseOfTheCurveComesBack(
            @ForAll("curves") TradeOffCurve curve, @ForAll @DoubleRange(min = -0.99, max = 1) double theta) {
        double weight = curve.qualityPerUsd(theta);
        assertThat(weight).isNotNegative();
        double back = curve.theta(weight);
        assertThat(back).isBetween(-1.0, 1.0);
        // Where the curve is flat many thetas have this weight; the one given back is the first of them.
        assertThat(back).isLessThanOrEqualTo(theta + 1e-9);
        assertThat(curve.qualityPerUsd(back)).isCloseTo(weight, within(1e-9 * Math.max(1, weight)));
    }

    @Property(tries = 500, seed = "5")
    void aDecisionNamesARunnerUpThatIsAnotherCandidate(
            @ForAll("profiles") Profile profile,
            @ForAll("texts") String text,
            @ForAll @DoubleRange(min = -1, max = 1) double theta) {
        Router router = Router.of(profile);
        Decision.Chosen chosen = chosen(router, text, theta);
        if (chosen != null) {
            assertThat(chosen.uncertainty()).isNotNegative();
            assertThat(chosen.runnerUp()).isNotEqualTo(chosen.model());
            assertThat(chosen.theta()).isEqualTo(theta);
        }
    }

    private static Decision.@Nullable Chosen chosen(Router router, String text, double theta) {
        return router.route(Query.of(text), theta).decision() instanceof Decision.Chosen chosen ? chosen : null;
    }

    private static String model(Router router, String text, double theta) {
        Decision.Chosen chosen = chosen(router, text, theta);
        return chosen == null ? "nobody" : chosen.model();
    }
}
