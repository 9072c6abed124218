package dev.tagrouter.lab.tagger;

import dev.tagrouter.core.tagging.Query;
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
    private static final String LABEL = "User: ";
    private static final String SEPARATOR = " " + LABEL;

    public TaggedQuery {
        tags = List.copyOf(tags);
    }

    /** Where the query comes from: the id up to its first colon. */
    public String source() {
        return source(id);
    }

    /** The same of an id. */
    public static String source(String id) {
        int colon = id.indexOf(':');
        return colon < 0 ? id : id.substring(0, colon);
    }

    /**
     * The text as what was asked. One that begins with {@code "User: "} holds the user's turns of a conversation, each
     * further one after {@code " User: "} on the same line (so wrote the sources mt_bench and mt_bench_101). Any other
     * text is one turn, whatever it quotes.
     */
    public Query query() {
        List<String> turns =
                text.startsWith(LABEL) ? List.of(text.substring(LABEL.length()).split(SEPARATOR, -1)) : List.of(text);
        return new Query(turns, text.length());
    }
}
