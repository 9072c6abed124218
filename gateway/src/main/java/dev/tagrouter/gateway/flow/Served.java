package dev.tagrouter.gateway.flow;

import dev.tagrouter.core.scoring.Candidate;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.gateway.config.Abilities;
import dev.tagrouter.gateway.config.ModelUpstream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model as it is served.
 *
 * @param name what clients call it
 * @param upstreams the upstreams that serve it, at least one
 * @param column its column in the profile, or null: served by name, never chosen by evidence
 * @param price what a call costs, or null where nobody says
 * @param cachedInputUsdPerMillionTokens what a million input tokens cost that its server still has, or null where as much
 *     as others
 * @param meanOutputTokens how long its answers are on average, or null where that is not known
 * @param abilities what it can take
 * @param fallbacks names of models that answer in its place where the client named it, in order
 */
public record Served(
        String name,
        List<ModelUpstream> upstreams,
        @Nullable String column,
        @Nullable Price price,
        @Nullable Double cachedInputUsdPerMillionTokens,
        @Nullable Double meanOutputTokens,
        Abilities abilities,
        List<String> fallbacks) {
    private static final Price UNKNOWN = new Price(0, 0);

    /** The name of its first upstream. */
    public String upstream() {
        return upstreams.getFirst().upstream();
    }

    /** What core knows it by; without a column its own name, which then is no column either. */
    String candidateName() {
        return column == null ? name : column;
    }

    /** The candidate in core; without a column it has no evidence, so that its price is never read. */
    Candidate candidate() {
        return new Candidate(candidateName(), price == null ? UNKNOWN : price);
    }

    /** How much less an input token costs that its server still has than another, in USD. */
    double cachedSavesUsdPerToken() {
        return price == null || cachedInputUsdPerMillionTokens == null
                ? 0
                : (price.inputUsdPerMillionTokens() - cachedInputUsdPerMillionTokens) / 1e6;
    }

    /** Expected cost in USD before anything is known of the query, or null where the price is not known. */
    @Nullable
    Double expectedCostUsd(long inputTokens) {
        return price == null || meanOutputTokens == null ? null : price.usd((double) inputTokens, meanOutputTokens);
    }
}
