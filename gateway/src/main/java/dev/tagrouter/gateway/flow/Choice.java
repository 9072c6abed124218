package dev.tagrouter.gateway.flow;

import dev.tagrouter.core.Router;
import dev.tagrouter.core.Routing;
import dev.tagrouter.core.decision.Constraints;
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
 * @param gate who may answer in its place
 * @param session what is to be remembered once somebody answers, or null
 * @param expectedCostUsd what the answer is expected to cost, or null where that is not known
 */
record Choice(
        Served model,
        String reason,
        @Nullable Routing routing,
        @Nullable Tagging tagging,
        @Nullable Router router,
        Constraints.Gate gate,
        @Nullable Session session,
        @Nullable Double expectedCostUsd) {
    /** The client named the model. */
    static final String REQUESTED = "requested";

    /** A conversation whose turn is being answered. */
    record Session(Sessions sessions, Conversation conversation, long inputTokens) {
        void answeredBy(Served model, String upstream) {
            sessions.answered(conversation, model, upstream, inputTokens);
        }
    }

    /** The upstream that still has the conversation's last prompt, or null where none is better than another. */
    @Nullable
    String upstreamBefore() {
        return session == null || model.upstreams().size() == 1
                ? null
                : session.sessions().upstreamBefore(session.conversation(), model);
    }

    /** The same request answered by another model, because the one before it cannot; the reason stays. */
    Choice insteadBy(Served other, @Nullable Double usualCostUsd) {
        Double cost = routing == null ? null : costUsd(routing, other.candidateName());
        return new Choice(other, reason, routing, tagging, router, gate, session, cost != null ? cost : usualCostUsd);
    }

    /** What an answer of a candidate is expected to cost, or null where that is not known. */
    static @Nullable Double costUsd(Routing routing, String candidate) {
        Scores scores = routing.scores();
        for (int m = 0; scores != null && m < scores.size(); m++) {
            if (scores.pool().candidates().get(m).model().equals(candidate)) {
                return routing.costUsd(m);
            }
        }
        return null;
    }
}
