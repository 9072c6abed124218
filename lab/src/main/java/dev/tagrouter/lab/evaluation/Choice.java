package dev.tagrouter.lab.evaluation;

import dev.tagrouter.core.decision.UtilityDecider;
import dev.tagrouter.lab.baseline.Method.Rule;
import dev.tagrouter.lab.metric.Calls;
import dev.tagrouter.lab.metric.Outcomes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How a method's values become a choice at one setting of its knob, and which settings a sweep goes through.
 *
 * <p>Two candidates are always chosen between by the published rule; the utility rule is the same there up to how much
 * dearer the dear one is on the query. A cascade stays one.
 */
final class Choice {
    private static final int QUANTILES = 100;
    private static final int STEPS_PER_DECADE = 10;
    private static final int LEAST_DECADE = -2;
    private static final int MOST_DECADE = 9;

    private final Rule rule;
    private final int[] cheapestFirst;

    Choice(Rule rule, Outcomes training) {
        this.rule = training.models() == 2 && rule != Rule.CASCADE ? Rule.THRESHOLD : rule;
        this.cheapestFirst = training.cheapestFirst();
    }

    int smallModel() {
        return cheapestFirst[0];
    }

    /**
     * The settings to try, from the cheapest to the dearest choices.
     *
     * @param values of some queries; the published rule tries the quantiles of the differences that it compares
     */
    double[] knobs(Values values) {
        return switch (rule) {
            case UTILITY -> weights();
            case THRESHOLD -> quantiles(margins(values));
            case TWO_MODELS -> quantiles(deltas(values));
            case CASCADE ->
                IntStream.rangeClosed(0, QUANTILES)
                        .mapToDouble(i -> i / (double) QUANTILES)
                        .toArray();
        };
    }

    private static double[] weights() {
        int steps = (MOST_DECADE - LEAST_DECADE) * STEPS_PER_DECADE;
        double[] weights = new double[steps + 3];
        weights[0] = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= steps; i++) {
            weights[i + 1] = Math.pow(10, MOST_DECADE - i / (double) STEPS_PER_DECADE);
        }
        return weights;
    }

    private double[] margins(Values values) {
        double[] margins = new double[values.count() * (cheapestFirst.length - 1)];
        int n = 0;
        for (int q = 0; q < values.count(); q++) {
            for (int i = 0; i < cheapestFirst.length - 1; i++) {
                margins[n++] = margin(values, q, i);
            }
        }
        return margins;
    }

    private static double[] quantiles(double[] margins) {
        Arrays.sort(margins);
        double[] knobs = new double[QUANTILES + 2];
        knobs[0] = Double.NEGATIVE_INFINITY;
        knobs[QUANTILES + 1] = Double.POSITIVE_INFINITY;
        for (int i = 1; i <= QUANTILES; i++) {
            int at = (int) ((long) i * (margins.length - 1) / (QUANTILES + 1));
            knobs[i] = (margins[at] + margins[Math.min(at + 1, margins.length - 1)]) / 2;
        }
        return knobs;
    }

    /** S_M - max S over dearer candidates, for the candidate at a position from the cheapest on. */
    private double margin(Values values, int query, int position) {
        double dearer = Double.NEGATIVE_INFINITY;
        for (int i = position + 1; i < cheapestFirst.length; i++) {
            dearer = Math.max(dearer, values.value(query, cheapestFirst[i]));
        }
        return values.value(query, cheapestFirst[position]) - dearer;
    }

    /** The choice for each query at one setting. */
    int[] choose(Values values, double knob) {
        int[] chosen = new int[values.count()];
        for (int q = 0; q < chosen.length; q++) {
            chosen[q] = choose(values, q, knob);
        }
        return chosen;
    }

    /** The choice for one query at one setting. */
    int choose(Values values, int query, double knob) {
        return switch (rule) {
            case UTILITY -> byUtility(values, query, knob);
            case THRESHOLD -> byThreshold(values, query, knob);
            case TWO_MODELS -> betweenTwo(values, query, knob);
            case CASCADE -> byCascade(values, query, knob);
        };
    }

    private int byUtility(Values values, int query, double weight) {
        int best = cheapestFirst[0];
        for (int i = 1; i < cheapestFirst.length; i++) {
            int m = cheapestFirst[i];
            double gain = values.value(query, m) - values.value(query, best);
            double extraCost = values.costUsd(query, m) - values.costUsd(query, best);
            best = UtilityDecider.beats(gain, extraCost, weight) ? m : best;
        }
        return best;
    }

    private int byThreshold(Values values, int query, double theta) {
        for (int i = 0; i < cheapestFirst.length - 1; i++) {
            if (margin(values, query, i) >= theta) {
                return cheapestFirst[i];
            }
        }
        return cheapestFirst[cheapestFirst.length - 1];
    }

    /** The cheapest (of equals the first) candidate at or after a position from the cheapest on that takes part. */
    private int player(Values values, int query, int from) {
        for (int i = from; i < cheapestFirst.length; i++) {
            if (values.value(query, cheapestFirst[i]) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private int betweenTwo(Values values, int query, double theta) {
        int small = player(values, query, 0);
        int large = player(values, query, small + 1);
        return cheapestFirst[large < 0 || delta(values, query) >= theta ? small : large];
    }

    private int byCascade(Values values, int query, double budget) {
        int at = player(values, query, 0);
        int choice = cheapestFirst[at];
        while (values.value(query, cheapestFirst[at]) < budget) {
            at = player(values, query, at + 1);
            if (at < 0) {
                break;
            }
            choice = Calls.then(choice, cheapestFirst[at]);
        }
        return choice;
    }

    /** S_small - S_large of each query. */
    double[] deltas(Values values) {
        double[] deltas = new double[values.count()];
        for (int q = 0; q < deltas.length; q++) {
            deltas[q] = delta(values, q);
        }
        return deltas;
    }

    /**
     * Where each query's delta stands among those of its fold, in (0, 1); equal ones stand together. Values of different
     * folds come from different training queries: what these were worth on average moves all values of a fold against
     * those of the others, and just the other way than the fold's own queries, which were left out of it. Ordered across
     * folds, a constant would seem to route worse than chance.
     */
    double[] standing(Values values) {
        double[] delta = deltas(values);
        double[] standing = new double[delta.length];
        Map<Integer, List<Integer>> folds = IntStream.range(0, delta.length)
                .boxed()
                .sorted(Comparator.comparingDouble(q -> delta[q]))
                .collect(Collectors.groupingBy(values::fold));
        for (List<Integer> rising : folds.values()) {
            int n = rising.size();
            int from = 0;
            while (from < n) {
                int to = from + 1;
                while (to < n && delta[rising.get(to)] == delta[rising.get(from)]) {
                    to++;
                }
                for (int i = from; i < to; i++) {
                    standing[rising.get(i)] = (from + to) / (2.0 * n);
                }
                from = to;
            }
        }
        return standing;
    }

    private double delta(Values values, int query) {
        return switch (rule) {
            case UTILITY, THRESHOLD -> values.value(query, cheapestFirst[0]) - values.value(query, cheapestFirst[1]);
            case TWO_MODELS -> {
                int small = player(values, query, 0);
                int large = player(values, query, small + 1);
                yield large < 0
                        ? 0
                        : values.value(query, cheapestFirst[small]) - values.value(query, cheapestFirst[large]);
            }
            // Whether the large one is called depends on the small one's value alone.
            case CASCADE -> values.value(query, cheapestFirst[0]);
        };
    }
}
