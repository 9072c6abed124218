package dev.tagrouter.lab.tagger;

import java.util.List;

/**
 * A query with the tags a teacher wrote.
 *
 * @param id unique; the part before the first colon names the source
 * @param language "en" or "zh"
 * @param test whether it is kept for measuring only
 * @param text the query
 * @param tags the teacher's tags, as written
 */
public record TaggedQuery(String id, String language, boolean test, String text, List<String> tags) {
    public TaggedQuery {
        tags = List.copyOf(tags);
    }

    /** Where the query comes from: the id up to its first colon. */
    public String source() {
        int colon = id.indexOf(':');
        return colon < 0 ? id : id.substring(0, colon);
    }
}
