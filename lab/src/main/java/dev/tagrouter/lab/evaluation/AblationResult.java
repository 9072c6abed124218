package dev.tagrouter.lab.evaluation;

import java.util.List;

/**
 * An ablation as far as it has come.
 *
 * @param pools what routing was tried on
 * @param queries how many queries each pool has
 * @param untagged how many queries of the pools' set no teacher tagged: rows of the teacher route them without tags
 * @param rows the standard first, in the order they were run
 */
public record AblationResult(List<Pool> pools, int queries, int untagged, List<AblationRow> rows) {
    public AblationResult {
        pools = List.copyOf(pools);
        rows = List.copyOf(rows);
    }

    /** The standard: what every row is compared with. */
    public AblationRow standard() {
        return rows.getFirst();
    }

    /** How much more than the standard a row gains by a method. */
    public Gain difference(AblationRow row, String method) {
        return row.gain(method).minus(standard().gain(method));
    }

    /** Which share of a row's gain the standard student has; above 1 where it gains more. */
    public Gain kept(AblationRow row, String method) {
        return standard().gain(method).over(row.gain(method));
    }
}
