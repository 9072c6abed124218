package dev.tagrouter.learning;

import java.util.Arrays;

/**
 * How far held-out scores are from the truth about who does how much better than whom on a query: the squared error of
 * both, less their means over the models judged on the query. What is too high for all models alike costs nothing.
 */
final class RelativeError {
    private double sum;

    /**
     * Adds one query.
     *
     * @param present the models judged on it
     * @param truths of all models
     * @param scores of all models
     */
    void add(int[] present, double[] truths, double[] scores) {
        double shift = Arrays.stream(present)
                .mapToDouble(m -> scores[m] - truths[m])
                .average()
                .orElse(0);
        for (int m : present) {
            double error = scores[m] - truths[m] - shift;
            sum += error * error;
        }
    }

    /** The sum over queries and models. */
    double sum() {
        return sum;
    }
}
