package dev.tagrouter.core.decision;

import dev.tagrouter.core.scoring.Candidate;
import dev.tagrouter.core.scoring.CandidatePool;
import java.util.List;

/** The model that answers where evidence does not decide. */
final class Fallback {
    private Fallback() {}

    /** The default model where it is a candidate; otherwise the best on average, the cheaper of equals. */
    static int index(CandidatePool pool, String defaultModel) {
        List<Candidate> candidates = pool.candidates();
        int best = 0;
        for (int m = 0; m < candidates.size(); m++) {
            if (candidates.get(m).model().equals(defaultModel)) {
                return m;
            }
            double gain = pool.meanQuality(m) - pool.meanQuality(best);
            if (gain > 0
                    || (gain == 0
                            && candidates.get(m).price().sum()
                                    < candidates.get(best).price().sum())) {
                best = m;
            }
        }
        return best;
    }
}
