package dev.tagrouter.lab.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * Quality over cost along a sweep of choices, for any sample of the queries. Immutable.
 *
 * <p>Neighbouring settings choose the same for most queries. So only the first setting's outcomes are kept whole, and of
 * each next one what it changes: a sample is then measured in about one pass over the queries, however long the sweep.
 */
public final class SweptCurve {
    private final double[] quality;
    private final double[] costUsd;
    /** What each setting after the first changes. */
    private final List<Changes> changes = new ArrayList<>();

    /** @param sweep the choices at each setting, at least one */
    public SweptCurve(Outcomes outcomes, List<int[]> sweep) {
        int[] first = sweep.getFirst();
        this.quality = new double[first.length];
        this.costUsd = new double[first.length];
        for (int q = 0; q < first.length; q++) {
            quality[q] = outcomes.quality(q, first[q]);
            costUsd[q] = outcomes.costUsd(q, first[q]);
        }
        for (int i = 1; i < sweep.size(); i++) {
            Changes next = Changes.between(outcomes, sweep.get(i - 1), sweep.get(i));
            if (next.query.length > 0) {
                changes.add(next);
            }
        }
    }

    /** The queries for which a setting chooses other than the one before, and by how much that is better and dearer. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Changes(int[] query, double[] quality, double[] costUsd) {
        static Changes between(Outcomes outcomes, int[] before, int[] after) {
            int count = 0;
            for (int q = 0; q < after.length; q++) {
                count += after[q] == before[q] ? 0 : 1;
            }
            Changes changes = new Changes(new int[count], new double[count], new double[count]);
            int at = 0;
            for (int q = 0; q < after.length; q++) {
                if (after[q] != before[q]) {
                    changes.query[at] = q;
                    changes.quality[at] = outcomes.quality(q, after[q]) - outcomes.quality(q, before[q]);
                    changes.costUsd[at] = outcomes.costUsd(q, after[q]) - outcomes.costUsd(q, before[q]);
                    at++;
                }
            }
            return changes;
        }
    }

    /**
     * The points of the curve: the first setting's, then one for each setting that chooses other than the one before. Sums
     * go from point to point, so that a figure may differ in its last digits from that of a {@link Point}.
     *
     * @param weights how often each query counts; all sum to more than 0
     * @return mean cost in USD and mean quality of each, in the order of the sweep
     */
    public double[][] points(int[] weights) {
        long total = 0;
        double better = 0;
        double dearer = 0;
        for (int q = 0; q < weights.length; q++) {
            total += weights[q];
            better += weights[q] * quality[q];
            dearer += weights[q] * costUsd[q];
        }
        double[][] points = new double[changes.size() + 1][];
        points[0] = new double[] {dearer / total, better / total};
        for (int i = 1; i < points.length; i++) {
            Changes next = changes.get(i - 1);
            for (int k = 0; k < next.query.length; k++) {
                int weight = weights[next.query[k]];
                better += weight * next.quality[k];
                dearer += weight * next.costUsd[k];
            }
            points[i] = new double[] {dearer / total, better / total};
        }
        return points;
    }
}
