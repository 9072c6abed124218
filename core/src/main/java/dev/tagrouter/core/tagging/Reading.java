package dev.tagrouter.core.tagging;

/**
 * One of the looks an {@link EmbeddedTagger} takes at a query: what adds to the tags' raw scores, how these become
 * confidences, and from which confidence on a tag counts.
 *
 * @param weights what each feature of the text (first reading) or each tag of the first reading (second) adds, or that there are several turns (third)
 * @param calibration how a raw score becomes a confidence, the same for all tags
 * @param leastUnits tags of at least this confidence, in units of 1/{@value Tags#UNITS}, come out of the reading; from 1
 */
public record Reading(SparseWeights weights, Calibration calibration, int leastUnits) {
    public Reading {
        TaggerWeights.require(leastUnits >= 1 && leastUnits <= Tags.UNITS, "a cut-off is out of range: " + leastUnits);
    }
}
