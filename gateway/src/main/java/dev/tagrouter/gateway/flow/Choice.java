package dev.tagrouter.gateway.flow;

import dev.tagrouter.core.Router;
import dev.tagrouter.core.Routing;
import dev.tagrouter.core.scoring.Scores;
import org.jspecify.annotations.Nullable;

/**
 * Who answers a request, and why.
 *
 * @param model who answers
 * @param reason the decision's reason, or {@value #REQUESTED}
 * @param routing how it was routed, or null where the client named the model
 * @param tagging where its tags came from, or null where the profile's own tagger was asked as always
 * @param router by which it was routed, or null where the client named the model
 * @param expectedCostUsd what the answer is expected to cost, or null where that is not known
 */
record Choice(
        Served model,
        String reason,
        @Nullable Routing routing,
        @Nullable Tagging tagging,
        @Nullable Router router,
        @Nullable Double expectedCostUsd) {
    /** The client named the model. */
    static final String REQUESTED = "requested";

    /** The same request answered by another model, because the one before it cannot; the reason stays. */
    Choice insteadBy(Served other) {
        return new Choice(other, reason, routing, tagging, router, routing == null ? null : costUsd(routing, other));
    }

    private static @Nullable Double costUsd(Routing routing, Served model) {
        Scores scores = routing.scores();
        return scores == null ? null : costUsd(scores, model.candidateName(), routing.inputTokens());
    }

    /** What an answer of a candidate is expected to cost, or null where it is none. */
    static @Nullable Double costUsd(Scores scores, String candidate, long inputTokens) {
        for (int m = 0; m < scores.size(); m++) {
            if (scores.pool().candidates().get(m).model().equals(candidate)) {
                return scores.costUsd(m, inputTokens);
            }
        }
        return null;
    }
}
