package dev.tagrouter.lab.baseline;

import dev.tagrouter.learning.Outcome;
import java.util.Arrays;

/**
 * One Elo rating for each candidate from battles of all pairs on every training query (K = 4, scale 400, begun at 1000, as
 * in Chatbot Arena's first rankings): a policy that knows nothing of the query but its length.
 */
final class Elo implements Method {
    private static final double K = 4;
    private static final double SCALE = 400;
    private static final double START = 1000;

    @Override
    public String name() {
        return "elo";
    }

    @Override
    public String description() {
        return "one Elo rating for each model, whatever the query";
    }

    /** Neither embeddings nor tags. */
    @Override
    public boolean needsTags() {
        return false;
    }

    @Override
    public Valuer fit(Lesson lesson, int trial) {
        double[] rating = new double[lesson.modelCount()];
        Arrays.fill(rating, START);
        for (int i = 0; i < lesson.examples().size(); i++) {
            for (int a = 0; a < rating.length; a++) {
                for (int b = a + 1; b < rating.length; b++) {
                    Outcome outcome = Outcome.of(lesson.quality(i, a) - lesson.quality(i, b), lesson.tieMargin());
                    double score = switch (outcome) {
                        case WIN -> 1;
                        case TIE -> 0.5;
                        case LOSS -> 0;
                    };
                    double change = K * (score - expected(rating[a] - rating[b]));
                    rating[a] += change;
                    rating[b] -= change;
                }
            }
        }
        double[] worth = Arrays.stream(rating).map(r -> expected(r - START)).toArray();
        ExpectedCost cost = new ExpectedCost(lesson);
        return (example, value, costUsd) -> {
            System.arraycopy(worth, 0, value, 0, value.length);
            cost.of(example.query(), costUsd);
        };
    }

    /** The expected score at a difference in rating. */
    static double expected(double difference) {
        return 1 / (1 + Math.pow(10, -difference / SCALE));
    }
}
