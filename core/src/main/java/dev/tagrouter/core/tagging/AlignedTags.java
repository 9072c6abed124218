package dev.tagrouter.core.tagging;

import java.util.List;

/**
 * Free tags brought onto a vocabulary by an {@link Aligner}.
 *
 * @param tags those that are known, each once: with confidence 1 where the spelling is known, since whoever wrote it was
 *     sure, else with the similarity to what was written
 * @param unknown the others as they were written, each once, in their order
 */
public record AlignedTags(Tags tags, List<String> unknown) {
    public AlignedTags {
        unknown = List.copyOf(unknown);
    }
}
