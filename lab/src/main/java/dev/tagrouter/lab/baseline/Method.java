package dev.tagrouter.lab.baseline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A way to route: learns from judged queries how to value the candidates on a query it has not seen. Adding a method
 * is one class and one line in {@link Methods}.
 */
public interface Method {
    /** A method has at most this many trials: the same budget for all, ours included. */
    int MAX_TRIALS = 10;

    /** The name in every table: lower case, no white space. */
    String name();

    /** One line for people: what it does and where it is from. */
    String description();

    /** How many settings of its hyper-parameters are tried on validation queries, 1 to {@value #MAX_TRIALS}. */
    default int trials() {
        return 1;
    }

    /** The setting of one trial, for the results. */
    default String setting(int trial) {
        return "";
    }

    /** Whether examples must carry sentence embeddings. */
    default boolean needsEmbeddings() {
        return false;
    }

    /** Whether it reads the examples' tags; where it does not, a decision's time is without tagging. */
    default boolean needsTags() {
        return !needsEmbeddings();
    }

    /** Whether it routes between two candidates only, whatever the pool: marked {@code 2m} in tables. */
    default boolean playsTwoModels() {
        return rule() == Rule.TWO_MODELS;
    }

    /** Whether {@link #fit} takes lessons in which a candidate was not judged on every example. */
    default boolean learnsFromMissing() {
        return false;
    }

    /** Which rule turns values into a choice. */
    default Rule rule() {
        return Rule.UTILITY;
    }

    /**
     * Learns.
     *
     * @param trial from 0 to {@link #trials()} - 1
     */
    Valuer fit(Lesson lesson, int trial) throws IOException;

    /**
     * Learns at every setting, in order of the trials; for methods whose trials share work.
     *
     * <p>Gives what {@link #fit} gives for each of them.
     */
    default List<Valuer> fitAll(Lesson lesson) throws IOException {
        List<Valuer> all = new ArrayList<>();
        for (int trial = 0; trial < trials(); trial++) {
            all.add(fit(lesson, trial));
        }
        return all;
    }

    /** How values become a choice, and what is swept. */
    enum Rule {
        /** The highest {@code value - weight * expected cost}; the weight is swept. */
        UTILITY,
        /**
         * The published rule: the cheapest model whose value lies theta or more above the highest value of all dearer
         * ones, else the dearest; theta is swept.
         */
        THRESHOLD,
        /**
         * The published rule between the two candidates whose value is 0 or more; the others, whose value is below 0,
         * take no part. Where only one takes part, it is chosen.
         */
        TWO_MODELS,
        /**
         * A cascade of at most three: candidates whose value is 0 or more are called, the cheapest first, each call
         * charged, until one's value reaches the budget, a number from 0 to 1 that is swept; the last one called is
         * accepted in any case. Candidates whose value is below 0 are never called.
         */
        CASCADE
    }

    /** What was learned; safe for use by many threads. */
    @FunctionalInterface
    interface Valuer {
        /**
         * Values the candidates on one query.
         *
         * @param value receives what each candidate is worth: expected quality, or any score that grows with it
         * @param costUsd receives what each candidate is expected to cost
         */
        void value(Example example, double[] value, double[] costUsd);

        /**
         * Values the candidates on many queries, several at once; for methods that do so faster together.
         *
         * <p>Gives what {@link #value} gives for each of them.
         *
         * @param value receives what each candidate is worth, by query
         * @param costUsd receives what each candidate is expected to cost, by query
         */
        default void valueAll(List<Example> examples, double[][] value, double[][] costUsd) {
            IntStream.range(0, examples.size()).parallel().forEach(q -> value(examples.get(q), value[q], costUsd[q]));
        }
    }
}
