package dev.tagrouter.core.scoring;

import dev.tagrouter.core.tagging.PlainName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Models that were judged on the same queries: only within such a set do scores compare.
 *
 * @param name the set's name, unique in a profile: no white space
 * @param queries how many queries were judged
 * @param meanInputTokens mean input tokens of a query, 0 or more
 * @param reference the model that wins, ties and losses are counted against (paper, section 3.2)
 * @param tieMargin qualities that differ by no more than this tie, 0 or more
 * @param penalty the ridge penalty of the joint estimate, in units of tag mass, positive
 * @param minimumCoverage coverage below this goes to the default model, in [0, 1]
 * @param capabilities a column for each model, at least one, names unique
 */
public record EvidenceSet(
        String name,
        long queries,
        double meanInputTokens,
        String reference,
        double tieMargin,
        double penalty,
        double minimumCoverage,
        List<Capability> capabilities) {
    /** What makes other models of a set a model's peers: they were judged on more than so many times its queries. */
    public static final int PEERS_HAVE = 2;

    public EvidenceSet {
        capabilities = List.copyOf(capabilities);
        if (name.isBlank() || name.chars().anyMatch(Character::isWhitespace) || !PlainName.is(name)) {
            throw new IllegalArgumentException("set name '" + PlainName.shown(name)
                    + "' is blank or holds white space or a control character; rename the set");
        }
        if (queries < 1
                || !(meanInputTokens >= 0)
                || !Double.isFinite(meanInputTokens)
                || !(tieMargin >= 0)
                || !Double.isFinite(tieMargin)
                || !(penalty > 0)
                || !Double.isFinite(penalty)
                || !(minimumCoverage >= 0 && minimumCoverage <= 1)) {
            throw new IllegalArgumentException("set '" + name + "' has an impossible figure: queries " + queries
                    + ", mean input tokens " + meanInputTokens + ", tie margin " + tieMargin + ", penalty " + penalty
                    + ", minimum coverage " + minimumCoverage);
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

    /** The same set with other columns. */
    public EvidenceSet with(List<Capability> others) {
        return new EvidenceSet(name, queries, meanInputTokens, reference, tieMargin, penalty, minimumCoverage, others);
    }

    /** The same set with another lower bound of coverage. */
    public EvidenceSet withMinimumCoverage(double other) {
        return new EvidenceSet(name, queries, meanInputTokens, reference, tieMargin, penalty, other, capabilities);
    }

    /** What a query of the set costs on average, in USD, when this priced model answers all of them. */
    public double meanCostUsd(Capability capability) {
        Price price = capability.summary().price();
        if (price == null) {
            throw new IllegalArgumentException("model '" + capability.model() + "' has no price");
        }
        return price.usd(meanInputTokens, capability.summary().meanTokens());
    }

    /**
     * The models that a model of the set leans on: those judged on more than {@value #PEERS_HAVE} times its queries.
     *
     * @return in the set's order; empty where the model stands for itself
     */
    List<Capability> peers(Capability capability) {
        double most = PEERS_HAVE * (double) capability.summary().judged();
        return capabilities.stream()
                .filter(other -> other.summary().judged() > most)
                .toList();
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
