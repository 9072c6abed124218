package dev.tagrouter.core.properties;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.core.Router;
import dev.tagrouter.core.Routing;
import dev.tagrouter.core.decision.Constraints;
import dev.tagrouter.core.decision.Decision;
import dev.tagrouter.core.decision.Reason;
import dev.tagrouter.core.profile.Manifest.ScorerKind;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.Candidate;
import dev.tagrouter.core.scoring.Scores;
import dev.tagrouter.core.tagging.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

/** What holds of constrained decisions for every profile, query and theta. */
class ConstraintPropertiesTest {
    @Provide
    Arbitrary<Profile> profiles() {
        return Profiles.any();
    }

    @Provide
    Arbitrary<String> texts() {
        return Profiles.texts();
    }

    @Property(tries = 1000, seed = "11")
    void nobodyAnswersWhomTheGateOrTheCostRefuses(
            @ForAll("profiles") Profile profile,
            @ForAll("texts") String text,
            @ForAll @DoubleRange(min = -1, max = 1) double theta,
            @ForAll ScorerKind kind,
            @ForAll long seed) {
        Router router = Router.of(profile.withScorer(kind));
        Random random = new Random(seed);
        Set<String> shut = someOf(router, random);
        double most = random.nextBoolean() ? Double.POSITIVE_INFINITY : random.nextDouble() * 0.01;
        Constraints constraints = new Constraints(most, model -> shut.contains(model) ? "is shut" : null, null);
        Routing routing = router.route(Query.of(text), theta, constraints);
        List<String> ranking = router.ranking(routing);
        Scores scores = routing.scores();
        switch (routing.decision()) {
            case Decision.Chosen chosen -> {
                assertThat(ranking).startsWith(chosen.model()).doesNotHaveDuplicates();
                assertThat(chosen.runnerUp()).isNotEqualTo(chosen.model());
            }
            case Decision.NoEligibleModel none -> {
                assertThat(ranking).isEmpty();
                assertThat(none.remedy()).isNotBlank();
            }
        }
        assertThat(ranking).noneMatch(shut::contains);
        if (scores != null) {
            List<String> may = new ArrayList<>();
            for (int m = 0; m < scores.size(); m++) {
                String name = router.pool().candidates().get(m).model();
                if (!shut.contains(name) && scores.costUsd(m, routing.inputTokens()) <= most) {
                    may.add(name);
                }
            }
            ranking.stream()
                    .filter(name -> position(router, name) >= 0)
                    .forEach(name -> assertThat(may).contains(name));
            assertThat(ranking).containsAll(may);
        }
    }

    @Property(tries = 1000, seed = "12")
    void aFollowUpIsNeverAnsweredBySomebodyWeaker(
            @ForAll("profiles") Profile profile,
            @ForAll("texts") String text,
            @ForAll @DoubleRange(min = -1, max = 1) double theta,
            @ForAll ScorerKind kind,
            @ForAll long seed) {
        Router router = Router.of(profile.withScorer(kind));
        Random random = new Random(seed);
        List<Candidate> candidates = router.pool().candidates();
        if (candidates.isEmpty()) {
            return;
        }
        int before = random.nextInt(candidates.size());
        String held = candidates.get(before).model();
        Constraints constraints = new Constraints(
                Double.POSITIVE_INFINITY, model -> null, new Constraints.Held(held, random.nextDouble() * 0.001));
        Routing routing = router.route(Query.of(text), theta, constraints);
        Scores scores = routing.scores();
        if (scores == null || !(routing.decision() instanceof Decision.Chosen chosen)) {
            return;
        }
        int now = position(router, chosen.model());
        assertThat(now)
                .as("nobody without evidence in the middle of a conversation")
                .isNotNegative();
        assertThat(scores.score(now)).isGreaterThanOrEqualTo(scores.score(before));
        assertThat(router.pool().meanQuality(now))
                .isGreaterThanOrEqualTo(router.pool().meanQuality(before));
        if (chosen.reason() == Reason.SESSION) {
            assertThat(chosen.model()).isEqualTo(held);
        }
    }

    @Property(tries = 500, seed = "13")
    void constraintsThatRefuseNobodyChangeNothing(
            @ForAll("profiles") Profile profile,
            @ForAll("texts") String text,
            @ForAll @DoubleRange(min = -1, max = 1) double theta,
            @ForAll ScorerKind kind) {
        Router router = Router.of(profile.withScorer(kind));
        Routing free = router.route(Query.of(text), theta);
        Routing open =
                router.route(Query.of(text), theta, new Constraints(Double.POSITIVE_INFINITY, model -> null, null));
        assertThat(open.decision()).isEqualTo(free.decision());
        assertThat(router.ranking(open)).isEqualTo(router.ranking(free));
    }

    private static Set<String> someOf(Router router, Random random) {
        return router.pool().candidates().stream()
                .map(Candidate::model)
                .filter(model -> random.nextInt(3) > 0)
                .collect(Collectors.toSet());
    }

    private static int position(Router router, String model) {
        List<Candidate> candidates = router.pool().candidates();
        for (int m = 0; m < candidates.size(); m++) {
            if (candidates.get(m).model().equals(model)) {
                return m;
            }
        }
        return -1;
    }
}
