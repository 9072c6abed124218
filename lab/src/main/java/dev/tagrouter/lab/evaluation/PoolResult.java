package dev.tagrouter.lab.evaluation;

import java.util.List;

/**
 * One pool's table.
 *
 * @param pool the candidates
 * @param queries how many queries were tested, each once
 * @param leftOut how many were left out because a candidate was not judged on them
 * @param bestSingle the best single model: by AR for two candidates, else by quality
 * @param scores reference lines first, then the methods in the order asked for
 */
public record PoolResult(Pool pool, int queries, int leftOut, String bestSingle, List<Score> scores) {
    public PoolResult {
        scores = List.copyOf(scores);
    }

    /** Whether methods are compared by the curve over the share of the large model, not by the cost-quality area. */
    public boolean hasTwoModels() {
        return pool.models().size() == 2;
    }

    /** The line of a method or of a reference that stands in every table. */
    public Score score(String method) {
        return scores.stream()
                .filter(score -> score.method().equals(method))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("pool " + pool.name() + " has no line '" + method + "'"));
    }

    /** How far a method's area lies above that of a random router. */
    public double gainOverRandom(String method) {
        return score(method).area() - score("random").area();
    }
}
