package dev.tagrouter.gateway.flow;

import dev.tagrouter.client.LlmTagging;
import dev.tagrouter.core.tagging.AlignedTags;
import dev.tagrouter.core.tagging.Aligner;
import dev.tagrouter.core.tagging.Tags;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tags that did not come from the profile's own tagger as always, and how they came about.
 *
 * @param tags over the profile's vocabulary
 * @param source who wrote them
 * @param unknown what was written and is no tag of the vocabulary
 * @param fallback why the model's tags could not be had, in a word, or null
 * @param detail a few words more about that, or empty
 * @param nanos how long it took
 */
public record Tagging(
        Tags tags,
        Source source,
        List<String> unknown,
        @Nullable String fallback,
        String detail,
        long nanos) {
    /** Who wrote the tags. */
    public enum Source {
        /** The client. */
        GIVEN("given"),
        /** The configured model. */
        MODEL("model"),
        /** The profile's own tagger, because the model did not. */
        EMBEDDED("embedded");

        private final String label;

        Source(String label) {
            this.label = label;
        }

        /** As headers and JSON name it. */
        public String label() {
            return label;
        }
    }

    public Tagging {
        unknown = List.copyOf(unknown);
    }

    /** Tags that the caller gives, aligned. */
    public static Tagging given(Aligner aligner, List<String> names) {
        long start = System.nanoTime();
        AlignedTags aligned = aligner.align(names);
        return new Tagging(aligned.tags(), Source.GIVEN, aligned.unknown(), null, "", System.nanoTime() - start);
    }

    static Tagging of(LlmTagging tagging, long nanos) {
        LlmTagging.Fallback fallback = tagging.fallback();
        return new Tagging(
                tagging.tags(),
                fallback == null ? Source.MODEL : Source.EMBEDDED,
                tagging.unknown(),
                fallback == null ? null : fallback.label(),
                tagging.detail(),
                nanos);
    }
}
