package dev.tagrouter.lab.evaluation;

import dev.tagrouter.lab.baseline.Methods;
import dev.tagrouter.lab.metric.Resampled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The mean over a set's pools of two candidates.
 *
 * @param data the set
 * @param pools how many pools the means are of
 * @param rows a row for each method, in the order asked for
 */
public record SetSummary(String data, int pools, List<Row> rows) {
    /**
     * One method's means.
     *
     * @param method the method's name
     * @param gain mean gain of AUC over a random router
     * @param interval 95 % interval of that mean, over queries
     * @param pauc mean PAUC
     * @param pValueVsOurs one-sided, of "our mean gain is higher"; NaN for ours
     */
    public record Row(String method, double gain, Resampled.Interval interval, double pauc, double pValueVsOurs) {}

    public SetSummary {
        rows = List.copyOf(rows);
    }

    /** A summary of each set that has two pools or more of two candidates, judged on as many queries. */
    public static List<SetSummary> of(List<PoolResult> results) {
        Map<String, List<PoolResult>> bySet = new TreeMap<>();
        for (PoolResult result : results) {
            if (result.hasTwoModels()) {
                bySet.computeIfAbsent(result.pool().data(), data -> new ArrayList<>())
                        .add(result);
            }
        }
        return bySet.entrySet().stream()
                .filter(set -> set.getValue().size() > 1
                        && set.getValue().stream()
                                        .mapToInt(PoolResult::queries)
                                        .distinct()
                                        .count()
                                == 1)
                .map(set -> new SetSummary(set.getKey(), set.getValue().size(), rows(set.getValue())))
                .toList();
    }

    private static List<Row> rows(List<PoolResult> pools) {
        Resampled ours = gains(pools, Methods.OURS);
        return pools.getFirst().scores().stream()
                .filter(score -> score.gain() != null)
                .map(Score::method)
                .map(method -> {
                    List<Score> scores =
                            pools.stream().map(pool -> pool.score(method)).toList();
                    Resampled gains = gains(pools, method);
                    return new Row(
                            method,
                            pools.stream()
                                    .mapToDouble(pool -> pool.gainOverRandom(method))
                                    .average()
                                    .orElseThrow(),
                            gains.interval(),
                            scores.stream().mapToDouble(Score::pauc).average().orElseThrow(),
                            method.equals(Methods.OURS) ? Double.NaN : ours.pValueOver(gains));
                })
                .toList();
    }

    private static Resampled gains(List<PoolResult> pools, String method) {
        return Resampled.mean(pools.stream()
                .map(pool -> Objects.requireNonNull(pool.score(method).gain()))
                .toList());
    }
}
