package dev.tagrouter.lab.tagger;

import dev.tagrouter.core.tagging.LikelyTags;
import dev.tagrouter.core.tagging.Reading;
import dev.tagrouter.core.tagging.StatedRule;
import dev.tagrouter.core.tagging.Tags;
import java.util.Arrays;
import java.util.List;

/**
 * Which tags would be stated of some queries, judged by F1 against the teacher's: finds the {@link StatedRule} that does
 * best.
 */
final class StatedFit {
    /** How much F1 a bound may cost: text that means nothing should not be told a tag for want of a better one. */
    private static final double WORTH_OF_A_BOUND = 0.003;

    private static final int STEP = Tags.UNITS / 64;

    /** Confidences of each query's likely tags, highest first. */
    private final short[][] units;
    /** Whether each of them is the teacher's. */
    private final boolean[][] right;

    private final List<TaggedQuery> queries;

    /**
     * @param scores raw scores of each query after the last reading
     * @param labels the right tags of each query, ascending
     */
    StatedFit(Reading reading, float[][] scores, int[][] labels, List<TaggedQuery> queries) {
        this.queries = queries;
        this.units = new short[scores.length][];
        this.right = new boolean[scores.length][];
        LikelyTags likely = new LikelyTags(reading);
        for (int i = 0; i < scores.length; i++) {
            likely.collect(scores[i]);
            long[] sorted = new long[likely.size()];
            for (int k = 0; k < sorted.length; k++) {
                sorted[k] = ((long) -likely.units(k, scores[i]) << 32) | likely.tag(k);
            }
            Arrays.sort(sorted);
            units[i] = new short[sorted.length];
            right[i] = new boolean[sorted.length];
            for (int k = 0; k < sorted.length; k++) {
                units[i][k] = (short) -(sorted[k] >> 32);
                right[i][k] = Arrays.binarySearch(labels[i], (int) sorted[k]) >= 0;
            }
        }
    }

    /** Mean F1 against the teacher's raw tags, of which those outside the vocabulary cannot be right. */
    double f1(StatedRule rule) {
        double sum = 0;
        for (int i = 0; i < units.length; i++) {
            int stated = rule.count(units[i]);
            int hits = 0;
            for (int k = 0; k < stated; k++) {
                hits += right[i][k] ? 1 : 0;
            }
            sum += hits == 0 ? 0 : 2.0 * hits / (stated + queries.get(i).tags().size());
        }
        return sum / units.length;
    }

    /** The number of unseen tags that does best, and the highest bound that costs next to nothing. */
    StatedRule best() {
        StatedRule best = new StatedRule(0, 0);
        for (int unseen = 0; unseen <= 2 * Tags.UNITS; unseen += Tags.UNITS / 8) {
            StatedRule rule = new StatedRule(0, unseen);
            best = f1(rule) > f1(best) ? rule : best;
        }
        double enough = f1(best) - WORTH_OF_A_BOUND;
        int bound = 0;
        while (bound + STEP <= Tags.UNITS && f1(new StatedRule(bound + STEP, best.unseenUnits())) >= enough) {
            bound += STEP;
        }
        return new StatedRule(bound, best.unseenUnits());
    }
}
