package dev.tagrouter.lab.evaluation;

import java.util.HashSet;
import java.util.List;

/**
 * Candidates that results are reported on.
 *
 * @param name unique among the pools, no white space
 * @param data the data folder's name
 * @param models the candidates' columns, two or more, each once
 * @param tieMargin qualities that differ by no more tie, 0 or more
 */
public record Pool(String name, String data, List<String> models, double tieMargin) {
    public Pool {
        models = List.copyOf(models);
        if (name.isBlank() || name.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("a pool is named '" + name + "'; give a name without white space");
        }
        if (models.size() < 2 || new HashSet<>(models).size() != models.size()) {
            throw new IllegalArgumentException(
                    "pool " + name + " has the models " + models + "; give two or more, each once");
        }
        if (!(tieMargin >= 0 && tieMargin <= 1)) {
            throw new IllegalArgumentException(
                    "pool " + name + " has tie_margin " + tieMargin + "; give a number from 0 to 1");
        }
    }
}
