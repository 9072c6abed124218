package dev.tagrouter.core.scoring;

/**
 * One term of a score; a score is exactly the sum of its terms, added up in their order.
 *
 * @param term a tag's name, or {@link #BASELINE}
 * @param value in the unit of the score
 */
public record Contribution(String term, double value) {
    /** The term that does not depend on the query: what the model is worth on a query without tags. */
    public static final String BASELINE = "(baseline)";
}
