package dev.tagrouter.lab.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A chain of models and, for each of {@value #LEVELS} budgets, the thresholds that each but the last must clear. They never
 * fall as the budget rises, so that a model's estimated quality can be told as the greatest budget at which it is
 * accepted.
 */
final class CascadePlan {
    private static final int LEVELS = 50;
    /** How many quantiles of estimated quality are tried as a threshold, by how many models have one. */
    private static final int[] GRID = {1, 50, 12};

    private static final double NEVER = -1;

    private final int[] chain;
    /** By position in the chain and level; level 0 accepts the first answer. */
    private final double[][] threshold;

    private final double area;

    private CascadePlan(int[] chain, double[][] threshold, double area) {
        this.chain = chain;
        this.threshold = threshold;
        this.area = area;
    }

    /**
     * The chain whose mean quality over all budgets is greatest.
     *
     * @param tuned the examples of the lesson that it is chosen on
     * @param g the estimated quality of each of them, by candidate
     * @param most how many models at most, 1 to 3
     */
    static CascadePlan best(Lesson lesson, int[] tuned, double[][] g, int most) {
        double[] meanCostUsd = lesson.meanCostUsd();
        int[] cheapestFirst = IntStream.range(0, meanCostUsd.length)
                .boxed()
                .sorted(Comparator.comparingDouble(m -> meanCostUsd[m]))
                .mapToInt(Integer::intValue)
                .toArray();
        double dearestUsd = meanCostUsd[cheapestFirst[cheapestFirst.length - 1]];
        double cheapestUsd = meanCostUsd[cheapestFirst[0]];
        List<int[]> chains = new ArrayList<>();
        extend(new int[0], 0, cheapestFirst, most, chains);
        CascadePlan best = new CascadePlan(new int[0], new double[0][], Double.NEGATIVE_INFINITY);
        for (int[] chain : chains) {
            CascadePlan plan = plan(lesson, tuned, g, chain, cheapestUsd, dearestUsd);
            best = plan.area > best.area ? plan : best;
        }
        return best;
    }

    private static void extend(int[] chain, int from, int[] cheapestFirst, int most, List<int[]> chains) {
        for (int i = from; i < cheapestFirst.length; i++) {
            int[] longer = Arrays.copyOf(chain, chain.length + 1);
            longer[chain.length] = cheapestFirst[i];
            chains.add(longer);
            if (longer.length < most) {
                extend(longer, i + 1, cheapestFirst, most, chains);
            }
        }
    }

    private static CascadePlan plan(
            Lesson lesson, int[] tuned, double[][] g, int[] chain, double cheapestUsd, double dearestUsd) {
        List<double[]> grid = grid(g, chain);
        double[][] outcome = new double[grid.size()][];
        for (int s = 0; s < outcome.length; s++) {
            outcome[s] = outcome(lesson, tuned, g, chain, grid.get(s));
        }
        double[][] threshold = new double[chain.length - 1][LEVELS + 1];
        int at = 0;
        double area = 0;
        for (int level = 0; level <= LEVELS; level++) {
            double budgetUsd = cheapestUsd + (dearestUsd - cheapestUsd) * level / LEVELS;
            for (int s = 0; s < outcome.length; s++) {
                boolean allowed = outcome[s][1] <= budgetUsd && noLower(grid.get(s), grid.get(at));
                at = allowed && outcome[s][0] > outcome[at][0] ? s : at;
            }
            for (int p = 0; p < threshold.length; p++) {
                threshold[p][level] = grid.get(at)[p];
            }
            // A chain that costs more than the budget from its first call on earns nothing by it.
            area += outcome[at][1] <= budgetUsd ? outcome[at][0] : 0;
        }
        return new CascadePlan(chain, threshold, area);
    }

    /** Thresholds to try: all quantiles of each model but the last, the ones that accept everything first. */
    private static List<double[]> grid(double[][] g, int[] chain) {
        List<double[]> settings = List.of(new double[0]);
        int steps = GRID[chain.length - 1];
        for (int p = 0; p < chain.length - 1; p++) {
            int model = chain[p];
            double[] sorted =
                    Arrays.stream(g).mapToDouble(row -> row[model]).sorted().toArray();
            List<double[]> longer = new ArrayList<>();
            for (double[] setting : settings) {
                for (int s = 0; s <= steps; s++) {
                    double[] each = Arrays.copyOf(setting, p + 1);
                    int rank = (int) ((long) s * sorted.length / steps);
                    each[p] = s == 0 ? Double.NEGATIVE_INFINITY : rank == sorted.length ? 1 : sorted[rank];
                    longer.add(each);
                }
            }
            settings = longer;
        }
        return settings;
    }

    private static boolean noLower(double[] threshold, double[] than) {
        for (int p = 0; p < threshold.length; p++) {
            if (threshold[p] < than[p]) {
                return false;
            }
        }
        return true;
    }

    /** Mean quality and mean cost of all calls under some thresholds. */
    private static double[] outcome(Lesson lesson, int[] tuned, double[][] g, int[] chain, double[] threshold) {
        double quality = 0;
        double costUsd = 0;
        for (int i = 0; i < tuned.length; i++) {
            int p = 0;
            costUsd += lesson.costUsd(tuned[i], chain[0]);
            while (p < threshold.length && g[i][chain[p]] < threshold[p]) {
                p++;
                costUsd += lesson.costUsd(tuned[i], chain[p]);
            }
            quality += lesson.quality(tuned[i], chain[p]);
        }
        return new double[] {quality / tuned.length, costUsd / tuned.length};
    }

    /**
     * The greatest budget, from 0 to 1, at which each model's answer is accepted; below 0 for models that are not called.
     *
     * @param g the estimated quality, by candidate
     * @param value receives it
     */
    void value(double[] g, double[] value) {
        Arrays.fill(value, NEVER);
        for (int p = 0; p < threshold.length; p++) {
            double[] own = threshold[p];
            double estimated = g[chain[p]];
            int level = 0;
            while (level < LEVELS && estimated >= own[level + 1]) {
                level++;
            }
            // Between two levels by where g lies between their thresholds, so that queries keep their order.
            double width = level < LEVELS ? own[level + 1] - own[level] : 0;
            double part = width > 0 && width < 2 ? Math.min(0.999, (estimated - own[level]) / width) : 0;
            value[chain[p]] = (level + part) / LEVELS;
        }
        value[chain[chain.length - 1]] = 1;
    }
}
