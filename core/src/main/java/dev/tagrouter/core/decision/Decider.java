package dev.tagrouter.core.decision;

import dev.tagrouter.core.scoring.Scores;

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
}
