package dev.tagrouter.core.scoring;

/**
 * One term of a score; a score is exactly the sum of its terms, added up in their order.
 *
 * @param term a tag's name, {@link #BASELINE}, {@link #TOPICS}, {@link #WORDING} or {@link #BEND}
 * @param value in the unit of the score
 */
public record Contribution(String term, double value) {
    /** The term that does not depend on the query: what the model is worth on a query without tags. */
    public static final String BASELINE = "(baseline)";

    /** The term of all topics together: what the tags have in common with other tags says of the model. */
    public static final String TOPICS = "(topics)";

    /** What the axes of the wording and the layout come to together. */
    public static final String WORDING = "(wording)";

    /** What the sum of the other terms is off by. */
    public static final String BEND = "(bend)";
}
