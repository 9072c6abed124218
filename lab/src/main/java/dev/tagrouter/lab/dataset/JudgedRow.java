package dev.tagrouter.lab.dataset;

import dev.tagrouter.learning.JudgedSet.Judged;

/**
 * One row of a judged set, with what only an evaluation looks at.
 *
 * @param id the query's id; in a CSV without the column {@code id}, its line
 * @param task the source's own label, for the task oracle only, or an empty text where there is none
 * @param split the source's own split, or an empty text; the protocol does not look at it
 * @param judged the query and how each model did on it
 */
public record JudgedRow(String id, String task, String split, Judged judged) {
    /** The query's text. */
    public String text() {
        return judged.query().turns().getFirst();
    }
}
