package dev.tagrouter.core.scoring;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Models that were judged on the same queries: only within such a set do scores compare.
 *
 * @param name the set's name, unique in a profile: no white space
 * @param queries how many queries were judged
 * @param reference the model that wins, ties and losses are counted against (paper, section 3.2)
 * @param tieMargin qualities that differ by no more than this tie, 0 or more
 * @param penalty the ridge penalty of the joint estimate, in units of tag mass, positive
 * @param capabilities a column for each model, at least one, names unique
 */
public record EvidenceSet(
        String name, long queries, String reference, double tieMargin, double penalty, List<Capability> capabilities) {
    public EvidenceSet {
        capabilities = List.copyOf(capabilities);
        if (name.isBlank() || name.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("set name '" + name + "' is blank or holds white space");
        }
        if (queries < 1 || !(tieMargin >= 0) || !(penalty > 0) || !Double.isFinite(penalty)) {
            throw new IllegalArgumentException("set '" + name + "' has an impossible figure: queries " + queries
                    + ", tie margin " + tieMargin + ", penalty " + penalty);
        }
        Set<String> models = new HashSet<>();
        for (Capability capability : capabilities) {
            if (!models.add(capability.model())) {
                throw new IllegalArgumentException(
                        "model '" + capability.model() + "' stands twice in set '" + name + "'");
            }
        }
        if (!models.contains(reference)) {
            throw new IllegalArgumentException("reference '" + reference + "' of set '" + name + "' has no column");
        }
    }

    /** The column of a model, or null. */
    public @Nullable Capability find(String model) {
        for (Capability capability : capabilities) {
            if (capability.model().equals(model)) {
                return capability;
            }
        }
        return null;
    }
}
