package dev.tagrouter.learning;

import dev.tagrouter.core.tagging.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Cross-validation of one set: the estimates of all folds but one, for every fold and penalty. */
final class HeldOut {
    private final double[] penalties;
    /** By penalty and fold. */
    private final JointEstimate[][] estimates;

    private final SetStatistics total;

    /**
     * @param folds the sums of each fold
     * @param likeness of the effects of the vocabulary's terms
     * @param penalties to choose among
     * @param solved told of each estimate that is ready, by several threads
     */
    HeldOut(List<SetStatistics> folds, Likeness likeness, double[] penalties, Runnable solved) {
        this.penalties = penalties.clone();
        this.total = SetStatistics.sum(folds);
        this.estimates = new JointEstimate[penalties.length][folds.size()];
        for (int f = 0; f < folds.size(); f++) {
            int fold = f;
            List<SetStatistics> others = new ArrayList<>(folds);
            others.remove(fold);
            SetStatistics rest = SetStatistics.sum(others);
            IntStream.range(0, penalties.length).parallel().forEach(p -> {
                estimates[p][fold] = JointEstimate.solve(rest, likeness, penalties[p]);
                solved.run();
            });
        }
    }

    int penalties() {
        return penalties.length;
    }

    double penalty(int penalty) {
        return penalties[penalty];
    }

    /** The sums of all folds. */
    SetStatistics total() {
        return total;
    }

    /** The score of each model on a query of a fold, from the other folds, not bent. */
    double[] scores(Tags tags, int penalty, int fold) {
        JointEstimate estimate = estimates[penalty][fold];
        return sums(tags, estimate.baseline, estimate.effect);
    }

    /** The output tokens expected of each model on a query of a fold, from the other folds; can be below 1. */
    double[] tokens(Tags tags, int penalty, int fold) {
        JointEstimate estimate = estimates[penalty][fold];
        return sums(tags, estimate.baselineTokens, estimate.tokens);
    }

    private static double[] sums(Tags tags, double[] baseline, double[][] effect) {
        double[] sum = baseline.clone();
        for (int k = 0; k < tags.termCount(); k++) {
            double confidence = tags.confidence(k);
            int term = tags.index(k);
            for (int m = 0; m < sum.length; m++) {
                sum[m] += confidence * effect[m][term];
            }
        }
        return sum;
    }
}
