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
     * @param constraints what the choice has to keep to beside theta
     */
    Decision decide(Scores scores, double theta, long inputTokens, Constraints constraints);

    /** The same where anybody may answer, so that somebody does. */
    default Decision.Chosen decide(Scores scores, double theta, long inputTokens) {
        return switch (decide(scores, theta, inputTokens, Constraints.NONE)) {
            case Decision.Chosen chosen -> chosen;
            case Decision.NoEligibleModel none -> throw new IllegalStateException(none.remedy());
        };
    }

    /**
     * All who may answer, in the order in which each would be chosen if those before it could not: the model that
     * {@link #decide} chooses, its runner-up where evidence decided, and so on. Takes longer than deciding; meant for
     * when the chosen model fails.
     *
     * @param scores the candidates' scores, at least one
     * @param theta the cost threshold
     * @param inputTokens expected tokens of the prompt
     * @param constraints as for the decision; who is weaker than the model held comes last
     * @return names, each once; empty where nobody may answer
     */
    List<String> ranking(Scores scores, double theta, long inputTokens, Constraints constraints);

    /** The same where anybody may answer. */
    default List<String> ranking(Scores scores, double theta, long inputTokens) {
        return ranking(scores, theta, inputTokens, Constraints.NONE);
    }
}
