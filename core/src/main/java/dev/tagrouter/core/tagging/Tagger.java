package dev.tagrouter.core.tagging;

/**
 * Reads a query and writes its tags (the TagGenerator of the paper, section 3.1).
 *
 * <p>Implementations are safe for use by many threads at once and answer every query: one in which they find nothing to
 * tag gets {@linkplain Tags#isEmpty() no tags}, and what fails on the way to an answer is theirs to mend. The same query
 * gets the same tags, as long as what the tagger depends on answers the same.
 */
public interface Tagger {
    /**
     * The query's tags, sorted by confidence (highest first), then by name.
     *
     * @throws IllegalStateException when what the tagger was made from contradicts itself, as a file that somebody made up may
     */
    Tags tag(Query query);

    /** The vocabulary that every tag of this tagger belongs to. */
    Vocabulary vocabulary();
}
