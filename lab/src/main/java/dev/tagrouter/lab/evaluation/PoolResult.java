package dev.tagrouter.lab.evaluation;

import dev.tagrouter.lab.baseline.Methods;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One pool's table.
 *
 * @param pool the candidates
 * @param queries how many queries were tested, each once
 * @param whichQueries the same number in two pools of a set where both were tested on the same queries
 * @param leftOut how many were left out because a candidate was not judged on them
 * @param assumedOutputShare the share of answers whose length was assumed, in [0, 1]; at 1 savings are price mix alone
 * @param bestSingle the best single model: by AR for two candidates, else by quality
 * @param singles what each candidate alone comes to, in the pool's order
 * @param tasks how many queries each task has, by name; empty where the data have no tasks
 * @param scores reference lines first, then the methods in the order asked for
 */
public record PoolResult(
        Pool pool,
        int queries,
        int whichQueries,
        int leftOut,
        double assumedOutputShare,
        String bestSingle,
        List<Score.Line> singles,
        Map<String, Integer> tasks,
        List<Score> scores) {
    public PoolResult {
        singles = List.copyOf(singles);
        tasks = Collections.unmodifiableMap(new TreeMap<>(tasks));
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

    /** Whether costs differ by price alone, because every answer was taken to be as long. */
    public boolean savingsArePriceMix() {
        return assumedOutputShare == 1;
    }

    /** Ours against all other methods. */
    public Contest contest() {
        Map<String, Double> pValues = new LinkedHashMap<>();
        scores.forEach(score -> pValues.put(score.method(), score.pValueVsOurs()));
        return Contest.of(pValues);
    }

    /** What tags and embeddings bring to methods here. */
    public List<Change> changes() {
        return Change.of(List.of(this));
    }

    /** Ours beside the best other method on each task, where ours loses most first; empty without tasks or others. */
    public List<TaskComparison> byTask() {
        Score ours = score(Methods.OURS);
        return tasks.entrySet().stream()
                .flatMap(task -> scores.stream()
                        .filter(score -> !Methods.isOurs(score.method())
                                && score.qualityByTask().containsKey(task.getKey()))
                        .max(Comparator.comparingDouble(
                                score -> score.qualityByTask().getOrDefault(task.getKey(), 0.0)))
                        .map(best -> new TaskComparison(
                                task.getKey(),
                                task.getValue(),
                                ours.qualityByTask().getOrDefault(task.getKey(), Double.NaN),
                                best.method(),
                                best.qualityByTask().getOrDefault(task.getKey(), Double.NaN)))
                        .stream())
                .sorted(Comparator.comparingDouble(TaskComparison::difference))
                .toList();
    }

    /** How far a method's area lies above that of a random router. */
    public double gainOverRandom(String method) {
        return score(method).area() - score("random").area();
    }
}
