package dev.tagrouter.learning;

import dev.tagrouter.core.scoring.Bend;
import dev.tagrouter.core.tagging.Tags;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What held-out scores tell of a set: which penalty to take, by how well scores say how much better a model does than its rivals
 * ({@link RelativeError}), and how each model's scores are bent ({@link BendFit}).
 */
final class Choice {
    private final HeldOut heldOut;
    private final RelativeError[] error;
    /** By penalty and model. */
    private final BendFit[][] bends;

    Choice(HeldOut heldOut) {
        this.heldOut = heldOut;
        this.error = new RelativeError[heldOut.penalties()];
        this.bends = new BendFit[heldOut.penalties()][];
        for (int p = 0; p < error.length; p++) {
            error[p] = new RelativeError();
            bends[p] = IntStream.range(0, heldOut.total().modelCount())
                    .mapToObj(m -> new BendFit(heldOut.total().model(m).quality.mean()))
                    .toArray(BendFit[]::new);
        }
    }

    /** Adds one query that is in {@code fold}, for the models that were judged on it. */
    void add(Tags tags, JudgedSet.Judged judged, int fold) {
        double[] truth =
                judged.quality().stream().mapToDouble(Double::doubleValue).toArray();
        int[] present = IntStream.range(0, truth.length)
                .filter(m -> !Double.isNaN(truth[m]))
                .toArray();
        for (int p = 0; p < error.length; p++) {
            double[] score = heldOut.scores(tags, p, fold);
            error[p].add(present, truth, score);
            for (int m : present) {
                bends[p][m].add(score[m], truth[m]);
            }
        }
    }

    /** The position of the penalty of the smallest error, of equals the largest; the largest, where nothing was held out. */
    int penalty() {
        int best = error.length - 1;
        for (int p = best - 1; p >= 0; p--) {
            best = error[p].sum() < error[best].sum() ? p : best;
        }
        return best;
    }

    /** The bend of each model at that penalty. */
    List<Bend> bends() {
        return Arrays.stream(bends[penalty()]).map(BendFit::bend).toList();
    }
}
