package dev.tagrouter.core.tagging;

/**
 * Reads a query and writes its tags (the TagGenerator of the paper, section 3.1).
 *
 * <p>Implementations are safe for use by many threads at once, give the same tags for the same query, and answer every
 * query: one with nothing to tag gets {@linkplain Tags#isEmpty() no tags}.
 */
public interface Tagger {
    /** The query's tags, sorted by confidence (highest first), then by name. */
    Tags tag(Query query);

    /** The vocabulary that every tag of this tagger belongs to. */
    Vocabulary vocabulary();
}
