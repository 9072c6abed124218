package dev.tagrouter.lab.evaluation;

import dev.tagrouter.lab.metric.Outcomes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The choices along a method's curve, from the cheapest to the dearest.
 *
 * <p>Every fold is swept by its own settings, and what costs the same share of the way from the fold's cheapest choices to
 * its dearest stands together: a setting need not mean the same for values that were learned from different queries, whether
 * they are moved against each other (see {@link Choice#standing}) or stretched. Costs alone are looked at, never qualities.
 */
final class Sweep {
    private static final int LEVELS = 100;

    private Sweep() {}

    /** A fold's choices at one setting. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Step(int[] chosen, double costUsd) {}

    /** @param truth what the queries' answers cost, in the order of the values */
    static List<int[]> of(Choice choice, Values values, Outcomes truth) {
        int[] folds = values.folds();
        if (folds.length == 1) {
            return Arrays.stream(choice.knobs(values))
                    .mapToObj(knob -> choice.choose(values, knob))
                    .toList();
        }
        List<int[]> levels = new ArrayList<>();
        for (int level = 0; level <= LEVELS; level++) {
            levels.add(new int[values.count()]);
        }
        for (int fold : folds) {
            int[] positions = values.positions(fold);
            List<Step> steps = steps(choice, values.at(positions), positions, truth);
            double low = steps.getFirst().costUsd();
            double high = steps.getLast().costUsd();
            int at = 0;
            for (int level = 0; level <= LEVELS; level++) {
                double most = level == LEVELS ? high : low + (high - low) * level / LEVELS;
                while (at + 1 < steps.size() && steps.get(at + 1).costUsd() <= most) {
                    at++;
                }
                int[] chosen = steps.get(at).chosen();
                for (int i = 0; i < positions.length; i++) {
                    levels.get(level)[positions[i]] = chosen[i];
                }
            }
        }
        return levels;
    }

    private static List<Step> steps(Choice choice, Values own, int[] positions, Outcomes truth) {
        return Arrays.stream(choice.knobs(own))
                .mapToObj(knob -> choice.choose(own, knob))
                .map(chosen -> new Step(
                        chosen,
                        IntStream.range(0, chosen.length)
                                .mapToDouble(i -> truth.costUsd(positions[i], chosen[i]))
                                .average()
                                .orElse(0)))
                .sorted(Comparator.comparingDouble(Step::costUsd))
                .toList();
    }
}
