package dev.tagrouter.core.decision;

import dev.tagrouter.core.scoring.Candidate;
import dev.tagrouter.core.scoring.CandidatePool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who answers where evidence does not decide.
 *
 * @param model the default model where it is among those asked for, with evidence or without; otherwise the candidate
 *     that is best on average, the cheaper of equals
 * @param index its position among the candidates, or -1 if it has no evidence
 */
record Fallback(String model, int index) {
    static Fallback of(CandidatePool pool, String defaultModel) {
        List<Candidate> candidates = pool.candidates();
        int best = 0;
        for (int m = 0; m < candidates.size(); m++) {
            if (candidates.get(m).model().equals(defaultModel)) {
                return new Fallback(defaultModel, m);
            }
            double gain = pool.meanQuality(m) - pool.meanQuality(best);
            if (gain > 0
                    || (gain == 0
                            && candidates.get(m).price().sum()
                                    < candidates.get(best).price().sum())) {
                best = m;
            }
        }
        return pool.withoutEvidence().contains(defaultModel)
                ? new Fallback(defaultModel, -1)
                : new Fallback(candidates.get(best).model(), best);
    }

    /**
     * Who answers a query that evidence does not decide: the default model if it may, else who answered before, else the
     * best on average of those who may; null where nobody may. A default model without evidence may not where a cost or
     * an earlier model is to be kept to, because neither its cost nor its quality is known.
     */
    @Nullable
    String among(Field field, Constraints constraints) {
        Constraints.Held held = constraints.held();
        int before = held == null ? -1 : field.indexOf(held.model());
        if (index >= 0 ? field.isOpen(index) : before < 0 && constraints.admitsUnknown(model)) {
            return model;
        }
        int instead = before >= 0 && field.isOpen(before) ? before : field.bestOnAverage();
        return instead < 0 ? null : field.name(instead);
    }
}
