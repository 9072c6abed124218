package dev.tagrouter.lab.vocabulary;

import java.util.Locale;

/**
 * A spelling that became an alias.
 *
 * @param alias the spelling
 * @param frequency how many training queries carry it
 * @param canonical the tag that it means
 * @param step what joined them
 * @param cosine between the embeddings of both; NaN where spelling rules joined them
 */
public record Merge(String alias, long frequency, String canonical, Step step, double cosine) {
    /** What joins two spellings. */
    public enum Step {
        /** They have one {@linkplain dev.tagrouter.core.tagging.Spelling#key key}. */
        RULE,
        /** Both are frequent, and near by meaning. */
        CLUSTER,
        /** It is too rare to be a tag of its own, and very near to one. */
        RARE;

        /** As the report names it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
