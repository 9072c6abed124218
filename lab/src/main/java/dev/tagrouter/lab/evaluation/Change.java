package dev.tagrouter.lab.evaluation;

import dev.tagrouter.lab.baseline.Methods;
import dev.tagrouter.lab.baseline.Thirteen;
import dev.tagrouter.lab.metric.Resampled;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One method against another, both on the same resamples: what tags or embeddings bring to a method, and how ours with
 * embeddings stands to each of the thirteen.
 *
 * @param method the method with more to read
 * @param against the other
 * @param difference of the gains over a random router, the mean over the pools
 * @param interval 95 % interval of it, over queries
 * @param pValue one-sided, of "the method's gain is higher"
 */
public record Change(String method, String against, double difference, Resampled.Interval interval, double pValue) {
    /** Every such pair in the tables of some pools of the same queries. */
    static List<Change> of(List<PoolResult> pools) {
        List<String> methods = pools.getFirst().scores().stream()
                .filter(score -> score.gain() != null)
                .map(Score::method)
                .toList();
        List<Change> changes = new ArrayList<>();
        for (String method : methods) {
            for (String against : methods) {
                boolean rival = method.equals(Methods.WITH_EMBEDDING) && Thirteen.has(against);
                if (rival || against.equals(Methods.without(method))) {
                    changes.add(of(pools, method, against));
                }
            }
        }
        return List.copyOf(changes);
    }

    private static Change of(List<PoolResult> pools, String method, String against) {
        Resampled gains = gains(pools, method);
        Resampled others = gains(pools, against);
        return new Change(
                method,
                against,
                pools.stream()
                        .mapToDouble(pool -> pool.gainOverRandom(method) - pool.gainOverRandom(against))
                        .average()
                        .orElseThrow(),
                gains.minus(others).interval(),
                gains.pValueOver(others));
    }

    /** The mean gain of a method over some pools of the same queries, on each resample. */
    static Resampled gains(List<PoolResult> pools, String method) {
        return Resampled.mean(pools.stream()
                .map(pool -> Objects.requireNonNull(pool.score(method).gain()))
                .toList());
    }

    /** Ours with embeddings against the thirteen, among some changes; of none where it took no part. */
    public static Contest withEmbedding(List<Change> changes) {
        Map<String, Double> pValues = new LinkedHashMap<>();
        changes.stream()
                .filter(change -> change.method().equals(Methods.WITH_EMBEDDING))
                .forEach(change -> pValues.put(change.against(), change.pValue()));
        return Contest.of(pValues);
    }
}
