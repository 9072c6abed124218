package dev.tagrouter.learning;

import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.tagging.Query;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * A set of queries on which the same models were judged, read as a stream as often as learning needs.
 *
 * <p>Every read gives the same judgments in the same order.
 */
public interface JudgedSet {
    /** What the set is. */
    Description description();

    /** Hands every judged query to {@code sink}. */
    void read(Sink sink) throws IOException;

    /** Receives judged queries. */
    @FunctionalInterface
    interface Sink {
        void accept(Judged judged) throws IOException;
    }

    /**
     * One query and how each model did on it.
     *
     * @param query the query
     * @param quality of each model in the set's order, in [0, 1]; NaN where it was not judged
     * @param outputTokens of each model's answer, 0 or more; NaN where it was not judged
     */
    record Judged(Query query, List<Double> quality, List<Double> outputTokens) {
        public Judged {
            quality = List.copyOf(quality);
            outputTokens = List.copyOf(outputTokens);
            for (double q : quality) {
                if (!Double.isNaN(q) && !(q >= 0 && q <= 1)) {
                    throw new IllegalArgumentException("quality is " + q + "; it must lie in [0, 1]");
                }
            }
        }
    }

    /**
     * What a set is.
     *
     * @param name unique among the sets of a profile, no white space
     * @param models the judged models, names unique
     * @param prices of the models that have one
     * @param reference the model that wins, ties and losses are counted against
     * @param tieMargin qualities that differ by no more than this tie, 0 or more
     * @param origin where the judgments come from, and their licence
     */
    record Description(
            String name,
            List<String> models,
            Map<String, Price> prices,
            String reference,
            double tieMargin,
            String origin) {
        public Description {
            models = List.copyOf(models);
            prices = Map.copyOf(prices);
            if (new HashSet<>(models).size() != models.size() || models.isEmpty()) {
                throw new IllegalArgumentException("set '" + name + "' needs models, each named once: " + models);
            }
            if (!models.contains(reference)) {
                throw new IllegalArgumentException(
                        "reference '" + reference + "' is not a model of set '" + name + "'; name one of " + models);
            }
            if (!(tieMargin >= 0)) {
                throw new IllegalArgumentException("tie margin is " + tieMargin + "; give a number of 0 or more");
            }
        }
    }
}
