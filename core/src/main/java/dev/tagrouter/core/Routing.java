package dev.tagrouter.core;

import dev.tagrouter.core.decision.Constraints;
import dev.tagrouter.core.decision.Decision;
import dev.tagrouter.core.scoring.Scores;
import dev.tagrouter.core.tagging.Tags;
import org.jspecify.annotations.Nullable;

/**
 * Everything about how one query was routed.
 *
 * @param tags the query's tags
 * @param scores the candidates' scores, or null where the candidates do not compare
 * @param decision what was decided
 * @param inputTokens expected tokens of the prompt
 * @param constraints what the decision had to keep to beside theta
 * @param tagNanos time spent tagging
 * @param scoreNanos time spent scoring
 * @param decideNanos time spent deciding
 */
public record Routing(
        Tags tags,
        @Nullable Scores scores,
        Decision decision,
        long inputTokens,
        Constraints constraints,
        long tagNanos,
        long scoreNanos,
        long decideNanos) {
    /**
     * Expected cost in USD if a candidate answers, less what staying with it saves; 0 where nothing was scored.
     *
     * @param candidate its position among the scores
     */
    public double costUsd(int candidate) {
        if (scores == null) {
            return 0;
        }
        Constraints.Held held = constraints.held();
        String name = scores.pool().candidates().get(candidate).model();
        double saved = held != null && held.model().equals(name) ? held.savedUsd() : 0;
        return Math.max(0, scores.costUsd(candidate, inputTokens) - saved);
    }
}
