package dev.tagrouter.lab.tagger;

import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.core.tagging.TaggerWeights;
import java.util.List;

/** The raw scores that calibration is fitted on: what the pruned, quantised weights really say. */
final class RawScores {
    private RawScores() {}

    static float[][] of(TaggerWeights weights, List<TaggedQuery> queries) {
        float[][] scores = new float[queries.size()][];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = EmbeddedTagger.rawScores(weights, queries.get(i).query());
        }
        return scores;
    }
}
