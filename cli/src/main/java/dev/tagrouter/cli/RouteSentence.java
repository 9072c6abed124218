package dev.tagrouter.cli;

import dev.tagrouter.core.Router;
import dev.tagrouter.core.Routing;
import dev.tagrouter.core.decision.Decider;
import dev.tagrouter.core.decision.Decision;
import dev.tagrouter.core.profile.Manifest.ScorerKind;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.Scores;
import org.jspecify.annotations.Nullable;

/** A decision in one sentence. */
final class RouteSentence {
    private static final double THETA_STEP = 1e-6;

    private final Profile profile;
    private final Router router;
    private final Routing routing;
    private final Decision.Chosen chosen;
    private final ScorerKind kind;

    RouteSentence(Router router, Routing routing, Decision.Chosen chosen) {
        this.profile = router.profile();
        this.router = router;
        this.routing = routing;
        this.chosen = chosen;
        this.kind = profile.manifest().scorer();
    }

    String text() {
        Scores scores = routing.scores();
        String why = switch (chosen.reason()) {
            case ROUTED -> scores == null ? "" : routed(scores);
            case NO_TAGS -> fallback() + ": the query has no tags to go by";
            case LOW_COVERAGE ->
                fallback()
                        + (routing.tags().statedCount() == 0
                                ? ": no tag is sure enough to go by"
                                : ": the evidence covers "
                                        + Figures.percent(scores == null ? 0 : scores.coverage())
                                        + " of what the query is about, less than the "
                                        + Figures.percent(router.pool().base().minimumCoverage()) + " needed");
            case NO_EVIDENCE -> fallback() + ": no evidence compares the candidates";
            case SESSION -> ", which answered the conversation before";
            case CONSTRAINTS -> throw new IllegalArgumentException("nobody is chosen for that reason");
        };
        return "Chose " + chosen.model() + why + ". Reason: " + chosen.reason().label() + ".";
    }

    private String fallback() {
        String usual = profile.manifest().defaultModel();
        return chosen.model().equals(usual)
                ? ", the default model"
                : ", the best on average (the default model, " + usual + ", is no candidate)";
    }

    private String routed(Scores scores) {
        int first = RouteReport.position(scores, chosen.model());
        StringBuilder out = new StringBuilder();
        out.append(kind == ScorerKind.JOINT ? ": expected quality " : ": net wins ")
                .append(Figures.score(kind, scores.score(first)));
        String runnerUp = chosen.runnerUp();
        if (runnerUp == null) {
            return out.append(", the only candidate").toString();
        }
        int second = RouteReport.position(scores, runnerUp);
        out.append(", ").append(gain(scores, first, second)).append(price(scores, first, second, runnerUp));
        if (kind == ScorerKind.JOINT && chosen.theta() == -1) {
            out.append("; theta -1 always takes the cheapest");
        }
        return out.append("; ").append(flip(scores)).toString();
    }

    /** How the score compares to the runner-up's, with its standard error. */
    private String gain(Scores scores, int first, int second) {
        double gain = scores.score(first) - scores.score(second);
        String amount = Figures.score(kind, Math.abs(gain));
        String error = Figures.score(kind, chosen.uncertainty());
        return (gain == 0 ? "as high as " : amount + (gain > 0 ? " above " : " below ")) + chosen.runnerUp()
                + " (standard error " + error + ")";
    }

    private String price(Scores scores, int first, int second, String runnerUp) {
        double own = scores.costUsd(first, routing.inputTokens());
        double other = scores.costUsd(second, routing.inputTokens());
        if (own == other) {
            return ", at the same cost";
        }
        if (own == 0 || other == 0) {
            return own == 0 ? ", free" : ", not free as " + runnerUp + " is";
        }
        return own < other
                ? ", " + Figures.times(other / own) + " times cheaper"
                : ", " + Figures.times(own / other) + " times as expensive";
    }

    private String flip(Scores scores) {
        Double flip = chosen.flipTheta();
        if (flip == null) {
            return "no other theta would change that";
        }
        String above = modelAt(scores, flip + THETA_STEP);
        String below = modelAt(scores, flip - THETA_STEP);
        boolean rising = flip > chosen.theta()
                || (flip == chosen.theta() && !chosen.model().equals(above));
        String other = rising ? above : below;
        if (other == null || other.equals(chosen.model())) {
            other = "another model";
        }
        return (rising ? "from theta " : "below theta ") + Figures.flip(flip) + (rising ? " on, " : ", ") + other
                + " would be chosen";
    }

    /** Who would be chosen at another theta, or null outside its range. */
    private @Nullable String modelAt(Scores scores, double theta) {
        Decider decider = profile.decider(router.pool(), profile.manifest().defaultModel());
        if (kind == ScorerKind.JOINT && !(theta >= -1 && theta <= 1)) {
            return null;
        }
        return decider.decide(scores, theta, routing.inputTokens()).model();
    }
}
