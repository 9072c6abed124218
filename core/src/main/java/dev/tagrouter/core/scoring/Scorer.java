package dev.tagrouter.core.scoring;

import dev.tagrouter.core.tagging.Tags;

/**
 * Looks up what the candidates are good at (the TagScorer of the paper, section 3.2).
 *
 * <p>A scorer is made for one pool of candidates, is immutable, and gives the same scores for the same tags, bit for
 * bit. Removing a model from the pool changes no other model's score, bit for bit, while the base set stays the same:
 * a candidate of a linked set is moved along all models that the sets share, candidates or not. Without the removed
 * model another set may become the base, and then all scores are on that set's scale.
 */
public interface Scorer {
    /** One score for each candidate of the pool. */
    Scores score(Tags tags);

    /** The candidates this scorer was made for; always comparable. */
    CandidatePool pool();
}
