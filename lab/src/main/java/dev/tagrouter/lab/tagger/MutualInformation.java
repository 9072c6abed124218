package dev.tagrouter.lab.tagger;

import dev.tagrouter.core.tagging.Tags;
import java.util.List;

/**
 * How much more often tags occur together than by chance: pointwise mutual information of soft tags, log(p(s, t) / (p(s)
 * p(t))), where p counts products of confidences.
 */
final class MutualInformation {
    private final double[][] together;

    MutualInformation(int tags, List<Tags> queries) {
        this.together = new double[tags][tags];
        for (Tags query : queries) {
            for (int k = 0; k < query.size(); k++) {
                double[] row = together[query.index(k)];
                for (int l = 0; l < query.size(); l++) {
                    row[query.index(l)] += query.confidence(k) * query.confidence(l);
                }
            }
        }
    }

    /** What is positive of it, 0 elsewhere: symmetric, by tag and tag. */
    double[][] positive() {
        int tags = together.length;
        double[] sums = new double[tags];
        double whole = 0;
        for (int t = 0; t < tags; t++) {
            for (double x : together[t]) {
                sums[t] += x;
            }
            whole += sums[t];
        }
        double[][] positive = new double[tags][tags];
        for (int s = 0; s < tags; s++) {
            for (int t = 0; t < tags; t++) {
                if (together[s][t] > 0) {
                    positive[s][t] = Math.max(0, StrictMath.log(together[s][t] * whole / (sums[s] * sums[t])));
                }
            }
        }
        return positive;
    }
}
