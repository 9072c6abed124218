package dev.tagrouter.lab.metric;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The area under a swept curve of quality over cost: points joined by straight lines, made non-decreasing from the
 * cheapest on, cost normalised to [cheapest, dearest single model], extended flat at both ends.
 */
public final class CostQualityArea {
    /** Costs that were added up in another order are still the same. */
    private static final double ROUNDING = 1e-12;

    private CostQualityArea() {}

    /**
     * @param points cost in USD and quality of each point of the sweep, in any order; at least one
     * @param fromUsd mean cost of the cheapest single model
     * @param toUsd mean cost of the dearest single model
     * @return mean quality over the range of costs; where both costs are equal, the best quality that costs no more
     */
    public static double of(double[][] points, double fromUsd, double toUsd) {
        double[][] sorted = points.clone();
        Arrays.sort(sorted, Comparator.<double[]>comparingDouble(p -> p[0]).thenComparingDouble(p -> p[1]));
        if (!(toUsd > fromUsd)) {
            double best = sorted[0][1];
            for (double[] point : sorted) {
                best = point[0] <= toUsd * (1 + ROUNDING) ? Math.max(best, point[1]) : best;
            }
            return best;
        }
        double area = 0;
        double at = fromUsd;
        double height = sorted[0][1];
        double previousCost = sorted[0][0];
        for (double[] point : sorted) {
            double next = Math.max(height, point[1]);
            if (point[0] > at) {
                // Rising pieces are straight lines; a piece that begins before the range is cut at its start.
                double begin = point[0] > previousCost && previousCost < at
                        ? height + (next - height) * (at - previousCost) / (point[0] - previousCost)
                        : height;
                double end = Math.min(point[0], toUsd);
                double reached = begin + (next - begin) * (end - at) / (point[0] - at);
                area += (end - at) * (begin + reached) / 2;
                at = end;
            }
            height = next;
            previousCost = point[0];
            if (at >= toUsd) {
                return area / (toUsd - fromUsd);
            }
        }
        return (area + (toUsd - at) * height) / (toUsd - fromUsd);
    }
}
