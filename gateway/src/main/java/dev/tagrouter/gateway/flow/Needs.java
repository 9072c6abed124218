package dev.tagrouter.gateway.flow;

import dev.tagrouter.gateway.config.Ability;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a request needs of the model that answers it, as far as its body tells.
 *
 * @param abilities what the model has to be able to do; not changed after it was made
 * @param answerTokens how long the answer may become as far as the client says, 0 where it does not
 */
record Needs(Set<Ability> abilities, long answerTokens) {
    static final Needs NONE = new Needs(EnumSet.noneOf(Ability.class), 0);

    /** The same and some more. */
    Needs and(Set<Ability> more) {
        if (more.isEmpty()) {
            return this;
        }
        Set<Ability> all = EnumSet.copyOf(more);
        all.addAll(abilities);
        return new Needs(all, answerTokens);
    }
}
