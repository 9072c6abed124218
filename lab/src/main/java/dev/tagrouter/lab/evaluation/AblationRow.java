package dev.tagrouter.lab.evaluation;

import java.util.List;
import java.util.Map;

/**
 * What one variant came to.
 *
 * @param name of the variant
 * @param description the same in a few words
 * @param kind what was changed
 * @param f1 of cross-fitted students, each judged on the tagged queries of its own fold: exact match between the tags
 *     stated and the teacher's, mean over queries; NaN for the other kinds
 * @param canonicalF1 the same with the tags of both sides brought onto the standard vocabulary first
 * @param byPool the gain of each method that was run on each pool, by method, in the order of the pools
 */
public record AblationRow(
        String name, String description, Kind kind, double f1, double canonicalF1, Map<String, List<Gain>> byPool) {
    /** What was changed. */
    public enum Kind {
        /** How the student was trained. */
        STUDENT,
        /** Who tags: the teacher instead of the student. */
        TEACHER,
        /** What a tie is worth to the published method. */
        TIE_VALUE
    }

    public AblationRow {
        byPool = Map.copyOf(byPool);
    }

    /** Whether a method was run. */
    public boolean has(String method) {
        return byPool.containsKey(method);
    }

    /** The mean over pools of a method that was run. */
    public Gain gain(String method) {
        List<Gain> gains = byPool.get(method);
        if (gains == null) {
            throw new IllegalArgumentException("row " + name + " has no method '" + method + "'");
        }
        return Gain.mean(gains);
    }
}
