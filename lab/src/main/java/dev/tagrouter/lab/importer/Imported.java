package dev.tagrouter.lab.importer;

import java.util.List;

/**
 * What an import came to.
 *
 * @param queries how many queries were written
 * @param models the columns written
 * @param cells how many cells have a judgment
 * @param repeated how many judgments were of a cell that had one already; the mean was written
 * @param unjudged how many rows said nothing about quality
 * @param answerLengths whether answer lengths were known, so that {@code output_chars.csv} was written
 */
public record Imported(
        int queries, List<String> models, long cells, long repeated, long unjudged, boolean answerLengths) {
    public Imported {
        models = List.copyOf(models);
    }

    /** The share of cells without a judgment, in [0, 1]. */
    public double missing() {
        return 1 - cells / ((double) queries * models.size());
    }
}
