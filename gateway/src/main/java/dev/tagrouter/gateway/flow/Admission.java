package dev.tagrouter.gateway.flow;

import dev.tagrouter.core.decision.Constraints;
import dev.tagrouter.gateway.config.Ability;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may answer one request: who is not excluded by it and can take what it needs.
 *
 * @param excluded names of models
 * @param promptTokens how long the prompt is expected to be
 */
record Admission(Catalog catalog, Set<String> excluded, Needs needs, long promptTokens) implements Constraints.Gate {
    /** Clients know models by the names that they are served under. */
    @Override
    public String named(String candidate) {
        return catalog.nameOf(candidate);
    }

    @Override
    public @Nullable String refusal(String candidate) {
        Served model = catalog.find(catalog.nameOf(candidate));
        if (model == null) {
            return null;
        }
        if (excluded.contains(model.name())) {
            return "is excluded by the request";
        }
        for (Ability ability : needs.abilities()) {
            if (!model.abilities().can().contains(ability)) {
                return ability.lack();
            }
        }
        Integer context = model.abilities().contextTokens();
        long tokens = promptTokens + needs.answerTokens();
        return context == null || tokens <= context
                ? null
                : "has room for " + context + " tokens, and this takes about " + tokens;
    }
}
