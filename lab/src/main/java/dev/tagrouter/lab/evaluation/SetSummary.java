package dev.tagrouter.lab.evaluation;

import dev.tagrouter.lab.baseline.Methods;
import dev.tagrouter.lab.metric.Resampled;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The mean over a set's pools of two candidates.
 *
 * @param data the set
 * @param pools how many pools the means are of
 * @param contest ours against all other methods, by the p-values of the means
 * @param rows a row for each method, in the order asked for
 * @param changes what tags and embeddings bring, on the means
 */
public record SetSummary(String data, int pools, Contest contest, List<Row> rows, List<Change> changes) {
    /**
     * One method's means.
     *
     * @param method the method's name
     * @param gain mean gain of AUC over a random router
     * @param interval 95 % interval of that mean, over queries
     * @param lead our mean gain less this one; 0 for ours
     * @param leadInterval 95 % interval of that
     * @param pauc mean PAUC
     * @param uplift mean uplift of AR of the deployable decisions over the best single model
     * @param costSaving mean saving of the same
     * @param pValueVsOurs one-sided, of "our mean gain is higher"; NaN for ours
     */
    public record Row(
            String method,
            double gain,
            Resampled.Interval interval,
            double lead,
            Resampled.Interval leadInterval,
            double pauc,
            double uplift,
            double costSaving,
            double pValueVsOurs) {}

    public SetSummary {
        rows = List.copyOf(rows);
        changes = List.copyOf(changes);
    }

    /** A summary of each set that has two pools or more of two candidates, judged on the same queries. */
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
                                        .mapToInt(PoolResult::whichQueries)
                                        .distinct()
                                        .count()
                                == 1)
                .map(set -> of(set.getKey(), set.getValue()))
                .toList();
    }

    private static SetSummary of(String data, List<PoolResult> pools) {
        List<Row> rows = rows(pools);
        Map<String, Double> pValues = new LinkedHashMap<>();
        rows.forEach(row -> pValues.put(row.method(), row.pValueVsOurs()));
        return new SetSummary(data, pools.size(), Contest.of(pValues), rows, Change.of(pools));
    }

    private static List<Row> rows(List<PoolResult> pools) {
        Resampled ours = Change.gains(pools, Methods.OURS);
        double ourGain = mean(pools, pool -> pool.gainOverRandom(Methods.OURS));
        return pools.getFirst().scores().stream()
                .filter(score -> score.gain() != null)
                .map(Score::method)
                .map(method -> {
                    Resampled gains = Change.gains(pools, method);
                    double gain = mean(pools, pool -> pool.gainOverRandom(method));
                    return new Row(
                            method,
                            gain,
                            gains.interval(),
                            ourGain - gain,
                            ours.minus(gains).interval(),
                            mean(pools, pool -> pool.score(method).pauc()),
                            mean(pools, pool -> pool.score(method).point().uplift()),
                            mean(pools, pool -> pool.score(method).point().costSaving()),
                            method.equals(Methods.OURS) ? Double.NaN : ours.pValueOver(gains));
                })
                .toList();
    }

    private static double mean(List<PoolResult> pools, ToDoubleFunction<PoolResult> figure) {
        return pools.stream().mapToDouble(figure).average().orElseThrow();
    }
}
