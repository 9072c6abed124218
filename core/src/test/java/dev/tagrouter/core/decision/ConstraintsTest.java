package dev.tagrouter.core.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tagrouter.core.Router;
import dev.tagrouter.core.Routing;
import dev.tagrouter.core.decision.Constraints.Held;
import dev.tagrouter.core.profile.Manifest.ScorerKind;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.Candidate;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.testing.TinyProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConstraintsTest {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private final Router router = Router.of(TinyProfile.create());

    @Test
    void whoIsShutOutIsNotChosen() {
        assertThat(model("sql", 0, Constraints.NONE)).isEqualTo("coder");
        assertThat(model("sql", 0, new Constraints(ANY, without("coder"), null)))
                .isIn("small", "strong");
        assertThat(model("nothing known", 0, Constraints.NONE)).isEqualTo("strong");
        assertThat(model("nothing known", 0, new Constraints(ANY, without("strong"), null)))
                .as("the best on average of those left")
                .isEqualTo("coder");
    }

    @Test
    void theHighestCostIsKeptTo() {
        Constraints cheap = new Constraints(0.0001, model -> null, null);
        assertThat(model("poem", 1, Constraints.NONE)).isEqualTo("strong");
        assertThat(model("poem", 1, cheap)).isEqualTo("small");
        assertThat(route("poem", 1, new Constraints(0, model -> null, null)).decision())
                .isInstanceOfSatisfying(
                        Decision.NoEligibleModel.class,
                        none -> assertThat(none.remedy()).contains("small is expected to cost", "USD, more than 0"));
    }

    @Test
    void nobodyLeftSaysWhyOfEach() {
        Routing routing = route("sql", 0, new Constraints(ANY, without("small", "coder", "strong"), null));
        assertThat(routing.decision()).isInstanceOfSatisfying(Decision.NoEligibleModel.class, none -> {
            assertThat(none.reason()).isEqualTo(Reason.CONSTRAINTS);
            assertThat(none.remedy()).contains("small takes no images; coder takes no images; strong takes no images");
        });
        assertThat(router.ranking(routing)).isEmpty();
    }

    @Test
    void aFollowUpStaysOrRises() {
        Constraints afterStrong = new Constraints(ANY, model -> null, new Held("strong", 0));
        Routing stays = route("sql", -1, afterStrong);
        assertThat(stays.decision()).isInstanceOfSatisfying(Decision.Chosen.class, chosen -> {
            assertThat(chosen.model()).isEqualTo("strong");
            assertThat(chosen.reason()).isEqualTo(Reason.SESSION);
        });
        Constraints afterSmall = new Constraints(ANY, model -> null, new Held("small", 0));
        assertThat(model("sql", 0, afterSmall)).isEqualTo("coder");
        assertThat(model("poem", 1, afterSmall)).isEqualTo("strong");
        assertThat(route("hello", 0, afterSmall).decision().reason())
                .as("small is chosen anyhow")
                .isEqualTo(Reason.ROUTED);
    }

    @Test
    void whereTheModelOfTheConversationIsGoneSomebodyWeakerAnswers() {
        Constraints gone = new Constraints(ANY, without("strong"), new Held("strong", 0));
        assertThat(model("sql", 0, gone)).isEqualTo("coder");
        Constraints held = new Constraints(ANY, model -> null, new Held("strong", 0));
        Routing routing = route("sql", 0, held);
        assertThat(router.ranking(routing)).containsExactly("strong", "coder", "small");
    }

    @Test
    void whatStayingSavesCounts() {
        // At theta 0 a point of quality is worth 0.01 USD; on poems nothing but its price speaks for small.
        assertThat(model("hello", 0, new Constraints(ANY, model -> null, new Held("coder", 0))))
                .isEqualTo("coder");
        Router paper = Router.of(TinyProfile.create().withScorer(ScorerKind.PAPER));
        assertThat(paper.route(Query.of("sql"), -1e6, new Constraints(ANY, without("small"), null))
                        .decision())
                .isInstanceOfSatisfying(
                        Decision.Chosen.class,
                        chosen -> assertThat(chosen.model()).isEqualTo("coder"));
        double cost = costOf("strong");
        Constraints saves = new Constraints(cost / 2, model -> null, new Held("strong", cost * 0.6));
        assertThat(model("poem", 1, saves))
                .as("within its limit thanks to the cache")
                .isEqualTo("strong");
        Constraints savesNothing = new Constraints(cost / 2, model -> null, new Held("strong", 0));
        assertThat(model("poem", 1, savesNothing)).isNotEqualTo("strong");
    }

    /** A default model that nobody judged: the operator's word, where no cost and no earlier model is to be kept to. */
    @Test
    void aDefaultModelWithoutEvidenceKeepsItsOwnConversation() {
        for (ScorerKind kind : ScorerKind.values()) {
            Profile profile = TinyProfile.create().withScorer(kind);
            List<Candidate> candidates = new ArrayList<>(profile.candidates());
            candidates.add(new Candidate("newcomer", new Price(0, 0)));
            Router open = Router.among(profile, candidates, "newcomer");
            Constraints.Gate all = model -> null;
            assertThat(whoAnswers(open, Constraints.NONE)).isEqualTo("newcomer");
            assertThat(whoAnswers(open, new Constraints(ANY, all, null))).isEqualTo("newcomer");
            assertThat(whoAnswers(open, new Constraints(ANY, without("small"), null)))
                    .isEqualTo("newcomer");
            assertThat(whoAnswers(open, new Constraints(ANY, all, new Held("newcomer", 0))))
                    .isEqualTo("newcomer");
            assertThat(whoAnswers(open, new Constraints(ANY, all, new Held("coder", 0))))
                    .isEqualTo("coder");
            assertThat(whoAnswers(open, new Constraints(1, all, null))).isNotEqualTo("newcomer");
            Router alone = Router.among(profile, List.of(new Candidate("newcomer", new Price(0, 0))), "newcomer");
            assertThat(whoAnswers(alone, Constraints.NONE)).isEqualTo("newcomer");
            assertThat(alone.route(Query.of(""), 0, new Constraints(1, all, null))
                            .decision())
                    .isInstanceOfSatisfying(
                            Decision.NoEligibleModel.class,
                            none -> assertThat(none.remedy()).contains("newcomer has no expected cost"));
        }
    }

    private static @Nullable String whoAnswers(Router router, Constraints constraints) {
        return router.route(Query.of("nothing known"), 0, constraints).decision() instanceof Decision.Chosen chosen
                ? chosen.model()
                : null;
    }

    @Test
    void refusesWhatIsNoConstraint() {
        assertThatThrownBy(() -> new Constraints(-1, model -> null, null)).hasMessageContaining("highest cost is -1");
        assertThatThrownBy(() -> new Constraints(Double.NaN, model -> null, null))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Held("a", -0.1)).hasMessageContaining("saves -0.1");
    }

    private double costOf(String model) {
        Routing routing = route("poem", 1, Constraints.NONE);
        for (int m = 0; routing.scores() != null && m < routing.scores().size(); m++) {
            if (router.pool().candidates().get(m).model().equals(model)) {
                return routing.scores().costUsd(m, routing.inputTokens());
            }
        }
        throw new AssertionError(model);
    }

    private static Constraints.Gate without(String... models) {
        Set<String> shut = Set.of(models);
        return model -> shut.contains(model) ? "takes no images" : null;
    }

    private Routing route(String text, double theta, Constraints constraints) {
        return router.route(Query.of(text), theta, constraints);
    }

    private @Nullable String model(String text, double theta, Constraints constraints) {
        return route(text, theta, constraints).decision() instanceof Decision.Chosen chosen ? chosen.model() : null;
    }
}
