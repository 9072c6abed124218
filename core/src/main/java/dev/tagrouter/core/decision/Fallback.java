package dev.tagrouter.core.decision;

import dev.tagrouter.core.scoring.Candidate;
import dev.tagrouter.core.scoring.CandidatePool;
import java.util.List;

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
}
