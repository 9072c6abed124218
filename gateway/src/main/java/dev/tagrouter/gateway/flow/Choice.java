package dev.tagrouter.gateway.flow;

import dev.tagrouter.core.Routing;
import org.jspecify.annotations.Nullable;

/**
 * Who answers a request, and why.
 *
 * @param model who answers
 * @param reason the decision's reason, or {@value #REQUESTED}
 * @param routing how it was routed, or null where the client named the model
 * @param tagging where its tags came from, or null where the profile's own tagger was asked as always
 * @param expectedCostUsd what the answer is expected to cost, or null where that is not known
 */
record Choice(
        Served model,
        String reason,
        @Nullable Routing routing,
        @Nullable Tagging tagging,
        @Nullable Double expectedCostUsd) {
    /** The client named the model. */
    static final String REQUESTED = "requested";
}
