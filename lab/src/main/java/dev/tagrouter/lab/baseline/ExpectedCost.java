package dev.tagrouter.lab.baseline;

import dev.tagrouter.core.tagging.Query;

/** The cost every method without an idea of its own expects: mean output tokens of the training queries, own input. */
final class ExpectedCost {
    private final Lesson lesson;
    private final double[] outputTokens;

    ExpectedCost(Lesson lesson) {
        this.lesson = lesson;
        this.outputTokens = lesson.meanOutputTokens();
    }

    void of(Query query, double[] costUsd) {
        double inputTokens = (double) query.inputTokens();
        for (int m = 0; m < costUsd.length; m++) {
            costUsd[m] = lesson.prices().get(m).usd(inputTokens, outputTokens[m]);
        }
    }
}
