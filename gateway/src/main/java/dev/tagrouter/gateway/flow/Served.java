package dev.tagrouter.gateway.flow;

import dev.tagrouter.core.scoring.Candidate;
import dev.tagrouter.core.scoring.Price;
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
 * @param meanOutputTokens how long its answers are on average, or null where that is not known
 * @param fallbacks names of models that answer in its place where the client named it, in order
 */
public record Served(
        String name,
        List<ModelUpstream> upstreams,
        @Nullable String column,
        @Nullable Price price,
        @Nullable Double meanOutputTokens,
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

    /** Expected cost in USD before anything is known of the query, or null where the price is not known. */
    @Nullable
    Double expectedCostUsd(long inputTokens) {
        return price == null || meanOutputTokens == null ? null : price.usd((double) inputTokens, meanOutputTokens);
    }
}
