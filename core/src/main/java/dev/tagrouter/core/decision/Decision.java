package dev.tagrouter.core.decision;

import org.jspecify.annotations.Nullable;

/** The outcome for one query: a model, or the reason why none is eligible. */
public sealed interface Decision {
    /** Why. */
    Reason reason();

    /** The theta that was used. */
    double theta();

    /**
     * A model was chosen.
     *
     * @param model the model that answers
     * @param reason why
     * @param theta the theta that was used
     * @param flipTheta the theta nearest to it from which on another model would be chosen, or null if none would
     * @param runnerUp the model next in line at this theta, or null if there is no other
     * @param uncertainty the standard error of the score difference between the model and the runner-up, in the
     *     score's unit; 0 without a runner-up or without evidence
     */
    record Chosen(
            String model,
            Reason reason,
            double theta,
            @Nullable Double flipTheta,
            @Nullable String runnerUp,
            double uncertainty)
            implements Decision {
        /** The same choice for another reason. */
        Chosen because(Reason other) {
            return new Chosen(model, other, theta, flipTheta, runnerUp, uncertainty);
        }
    }

    /**
     * No candidate may answer.
     *
     * @param reason why
     * @param theta the theta that was asked for
     * @param remedy one sentence that names the candidates and what to do
     */
    record NoEligibleModel(Reason reason, double theta, String remedy) implements Decision {}
}
