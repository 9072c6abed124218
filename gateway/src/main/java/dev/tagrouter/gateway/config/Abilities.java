package dev.tagrouter.gateway.config;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a model can take.
 *
 * @param can what it can do
 * @param contextTokens how long prompt and answer may be together, or null where nobody says
 */
public record Abilities(Set<Ability> can, @Nullable Integer contextTokens) {
    /** Everything, of any length: what is taken of a model of which nothing is said. */
    public static final Abilities ALL = new Abilities(EnumSet.allOf(Ability.class), null);

    public Abilities {
        can = Collections.unmodifiableSet(can.isEmpty() ? EnumSet.noneOf(Ability.class) : EnumSet.copyOf(can));
        if (contextTokens != null && contextTokens < 1) {
            throw new IllegalArgumentException("the context is " + contextTokens + " tokens; give 1 or more");
        }
    }

    /** Whether some request may be too much for it. */
    public boolean isLimited() {
        return contextTokens != null || can.size() < Ability.values().length;
    }
}
