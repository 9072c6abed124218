package dev.tagrouter.core.decision;

import dev.tagrouter.core.scoring.Scores;
import java.util.List;

/** Decides under a cost threshold (the TagDecider of the paper, section 3.3). Immutable. */
public interface Decider {
    /**
     * Chooses one candidate.
     *
     * @param scores the candidates' scores, at least one
     * @param theta the cost threshold: lower is cheaper; outside the implementation's range it is refused
     * @param inputTokens expected tokens of the prompt, for the expected cost
     */
    Decision.Chosen decide(Scores scores, double theta, long inputTokens);

    /**
     * All who may answer, in the order in which each would be chosen if those before it could not: the model that
     * {@link #decide} chooses, its runner-up where evidence decided, and so on. Takes longer than deciding; meant for
     * when the chosen model fails.
     *
     * @param scores the candidates' scores, at least one
     * @param theta the cost threshold
     * @param inputTokens expected tokens of the prompt
     * @return names, each once
     */
    List<String> ranking(Scores scores, double theta, long inputTokens);
}
