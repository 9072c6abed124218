package dev.tagrouter.core.decision;

import org.jspecify.annotations.Nullable;

/**
 * What the choice for one request has to keep to beside theta: what it may cost, who may answer at all, and who
 * answered the conversation so far.
 *
 * @param maxCostUsd the most that the answer may be expected to cost, in USD, 0 or more; infinite where it may cost
 *     anything
 * @param gate who may answer
 * @param held the model that answered before, or null
 */
public record Constraints(
        double maxCostUsd, Gate gate, @Nullable Held held) {
    /** Anybody may answer, at any cost. */
    public static final Constraints NONE = new Constraints(Double.POSITIVE_INFINITY, model -> null, null);

    public Constraints {
        if (!(maxCostUsd >= 0)) {
            throw new IllegalArgumentException("the highest cost is " + maxCostUsd + "; give USD, 0 or more");
        }
    }

    /** Whether a model may answer of which neither quality nor cost is known: nothing shows that it keeps to a cost. */
    public boolean admitsUnknown(String model) {
        return Double.isInfinite(maxCostUsd) && gate.refusal(model) == null;
    }

    /** The same in no conversation. */
    Constraints free() {
        return held == null ? this : new Constraints(maxCostUsd, gate, null);
    }

    /** Tells who may not answer. */
    public interface Gate {
        /** Why a candidate may not answer, as the end of a sentence that begins with its name; null where it may. */
        @Nullable
        String refusal(String model);

        /** What whoever reads a refusal knows the candidate by. */
        default String named(String model) {
            return model;
        }
    }

    /**
     * The model that answered a conversation so far. Nobody weaker answers its next turn: nobody of lower average
     * quality, nor of a lower score for that turn. Where nobody else is left, somebody weaker does.
     *
     * @param model its name
     * @param savedUsd what staying with it saves, because its server still has the conversation; 0 or more
     */
    public record Held(String model, double savedUsd) {
        public Held {
            if (!(savedUsd >= 0 && Double.isFinite(savedUsd))) {
                throw new IllegalArgumentException(
                        "staying with " + model + " saves " + savedUsd + "; give USD, 0 or more");
            }
        }
    }
}
