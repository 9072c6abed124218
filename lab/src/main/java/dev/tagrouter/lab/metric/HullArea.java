package dev.tagrouter.lab.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * RouterBench's AIQ (arXiv 2403.12031, section 3): the area under the non-decreasing convex hull of quality over cost,
 * divided by the range of costs. Two points of a sweep can be mixed at random, so that everything below the line
 * between them can be had.
 */
public final class HullArea {
    private HullArea() {}

    /**
     * The area. Towards lower costs the hull goes to RouterBench's null router, which answers nothing for nothing;
     * towards higher costs it is flat.
     *
     * @param points cost in USD, 0 or more, and quality of each point of the sweep, in any order; at least one
     * @param fromUsd mean cost of the cheapest single model
     * @param toUsd mean cost of the dearest single model
     * @return mean height of the hull over the range of costs; where both costs are equal, its height there
     */
    public static double of(double[][] points, double fromUsd, double toUsd) {
        List<double[]> hull = hull(points);
        if (!(toUsd > fromUsd)) {
            return height(hull, toUsd);
        }
        double area = 0;
        double at = fromUsd;
        for (double[] corner : hull) {
            double end = Math.min(corner[0], toUsd);
            if (end > at) {
                area += (end - at) * (height(hull, at) + height(hull, end)) / 2;
                at = end;
            }
        }
        return (area + (toUsd - at) * hull.getLast()[1]) / (toUsd - fromUsd);
    }

    /** The corners from the null router to the best point, of equally good ones the cheapest; each steeper than the next. */
    private static List<double[]> hull(double[][] points) {
        double[][] sorted = points.clone();
        Arrays.sort(sorted, Comparator.<double[]>comparingDouble(p -> p[0]).thenComparingDouble(p -> p[1]));
        List<double[]> hull = new ArrayList<>();
        hull.add(new double[] {0, 0});
        for (double[] point : sorted) {
            if (point[1] > hull.getLast()[1]) {
                while (hull.size() > 1
                        && slope(hull.get(hull.size() - 2), hull.getLast()) <= slope(hull.getLast(), point)) {
                    hull.removeLast();
                }
                hull.add(point);
            }
        }
        return hull;
    }

    private static double slope(double[] from, double[] to) {
        return to[0] > from[0] ? (to[1] - from[1]) / (to[0] - from[0]) : Double.POSITIVE_INFINITY;
    }

    private static double height(List<double[]> hull, double cost) {
        for (int i = hull.size() - 1; i >= 0; i--) {
            double[] corner = hull.get(i);
            if (corner[0] <= cost) {
                return i == hull.size() - 1
                        ? corner[1]
                        : corner[1] + slope(corner, hull.get(i + 1)) * (cost - corner[0]);
            }
        }
        return 0;
    }
}
