package dev.tagrouter.core.scoring;

import dev.tagrouter.core.tagging.Vocabulary;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All evidence of a profile: how each model does on each tag, set by set.
 *
 * @param vocabulary the tags
 * @param sets the sets of models judged together, names unique
 */
public record CapabilityTable(Vocabulary vocabulary, List<EvidenceSet> sets) {
    public CapabilityTable {
        sets = List.copyOf(sets);
        if (sets.isEmpty()) {
            throw new IllegalArgumentException("a capability table needs at least one set of judged models");
        }
        Set<String> names = new HashSet<>();
        for (EvidenceSet set : sets) {
            if (!names.add(set.name())) {
                throw new IllegalArgumentException("set '" + set.name() + "' stands twice in the table");
            }
        }
    }

    /** Every model with evidence, in the order of the sets, and what it costs (the first price found). */
    public Map<String, Optional<Price>> models() {
        Map<String, Optional<Price>> models = new LinkedHashMap<>();
        for (EvidenceSet set : sets) {
            for (Capability capability : set.capabilities()) {
                models.merge(
                        capability.model(),
                        Optional.ofNullable(capability.summary().price()),
                        (first, second) -> first.or(() -> second));
            }
        }
        return models;
    }
}
