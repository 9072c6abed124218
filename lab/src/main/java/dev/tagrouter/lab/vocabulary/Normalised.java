package dev.tagrouter.lab.vocabulary;

import dev.tagrouter.core.tagging.Vocabulary;
import java.util.List;

/**
 * What normalisation made of free tags.
 *
 * @param vocabulary the canonical tags; frequencies are of all their spellings, once a query
 * @param merges every alias, by canonical name, then by frequency
 * @param counts how many were left after each step
 * @param embedder the id of the embedder, or empty where steps by meaning were left out
 */
public record Normalised(Vocabulary vocabulary, List<Merge> merges, Counts counts, String embedder) {
    public Normalised {
        merges = List.copyOf(merges);
    }

    /**
     * How many distinct tags there were after each step.
     *
     * @param raw as written
     * @param unusable of these, those that no vocabulary can hold (a comma, a control character, no letter or digit)
     * @param afterRules after spelling rules
     * @param afterCut of these, carried by enough queries
     * @param afterClusters after near ones were merged
     * @param rareAttached of those cut, how many became aliases
     * @param occurrences how often any tag stands in a query
     * @param covered how many of these the vocabulary knows, as name or alias
     */
    public record Counts(
            int raw,
            int unusable,
            int afterRules,
            int afterCut,
            int afterClusters,
            int rareAttached,
            long occurrences,
            long covered) {}
}
