package dev.tagrouter.client;

import dev.tagrouter.core.tagging.Tags;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a query came by its tags.
 *
 * @param tags over the vocabulary
 * @param unknown what the model wrote that is no tag of the vocabulary
 * @param fallback why the other tagger had to answer, or null where the model's tags are these
 * @param detail a line more about that, or empty
 */
public record LlmTagging(
        Tags tags, List<String> unknown, @Nullable Fallback fallback, String detail) {
    public LlmTagging {
        unknown = List.copyOf(unknown);
    }

    /** Why the model's tags could not be had. */
    public enum Fallback {
        /** No complete answer by the deadline. */
        TIMED_OUT,
        /** No connection, an error status, a rate limit. */
        SERVER_FAILED,
        /** An answer without usable tags. */
        NO_TAGS,
        /** Tags, none of which the vocabulary knows. */
        UNKNOWN_TAGS,
        /** As many requests under way as are allowed. */
        BUSY,
        /** It failed so often in a row that it is left alone for a moment. */
        RESTING;

        /** As headers and metrics name it. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
