package dev.tagrouter.lab.evaluation;

import dev.tagrouter.lab.baseline.Method;
import dev.tagrouter.lab.metric.Point;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Data efficiency: the protocol with a share of the judgments of training and validation folds alike, drawn by a hash of
 * the texts so that a smaller share is part of a larger one. Every query is tested whatever the share; taggers are those
 * of the full protocol, since they learn from no judgment.
 */
public final class DataStudy {
    /** The shares that are tried, the last of which the others are compared with. */
    public static final List<Double> SHARES = List.of(0.1, 0.25, 0.5, 1.0);

    private final Evaluation.Plan plan;
    private final Progress progress;

    public DataStudy(Evaluation.Plan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * One method at one share of the judgments.
     *
     * @param pool the pool's name, or the set's where the row is the mean over its pools of two candidates
     * @param pools how many pools the figures are of
     * @param method the method's name
     * @param share of the judgments, in (0, 1]
     * @param judged how many queries one fold under test was learned from, on average
     * @param area what methods are compared by
     * @param gain the area less that of a random router
     * @param loss the area less that with all judgments
     * @param headline of the deployable decisions: AR for two candidates, else quality
     * @param costUsd mean cost of a query by them
     */
    public record Row(
            String pool,
            int pools,
            String method,
            double share,
            double judged,
            Gain area,
            Gain gain,
            Gain loss,
            Gain headline,
            double costUsd) {}

    /** Runs every method at every share on every pool: rows by pool, then method, then share; then the means. */
    public List<Row> run() throws IOException {
        Ground ground = Ground.of(plan, progress);
        List<Row> rows = new ArrayList<>();
        long total = (long) plan.wanted().size() * plan.methods().size() * SHARES.size();
        Map<String, List<PoolData>> pairs = new TreeMap<>();
        for (Pool pool : plan.wanted()) {
            PoolData data = ground.data(pool);
            Measure measure = new Measure(data, plan.resamples(), plan.seed());
            for (Method method : plan.methods()) {
                progress.report("learning from fewer judgments", rows.size(), total);
                rows.addAll(rows(method, data, ground.features(pool), measure));
            }
            if (pool.models().size() == 2) {
                pairs.computeIfAbsent(pool.data(), set -> new ArrayList<>()).add(data);
            }
        }
        List<Row> all = new ArrayList<>(rows);
        pairs.forEach((set, pools) -> all.addAll(means(set, pools, rows)));
        return all;
    }

    private List<Row> rows(Method method, PoolData data, SetFeatures features, Measure measure) throws IOException {
        Map<Double, Gain> areas = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        for (double share : SHARES.reversed()) {
            PoolData sampled = share < 1 ? data.sampled(share) : data;
            MethodRun run = Ground.tested(method, sampled, features);
            Gain area = measure.area(run.last().choice(), run.values());
            areas.put(share, area);
            Yardstick yardstick = measure.yardstick();
            rows.addFirst(new Row(
                    data.pool().name(),
                    1,
                    method.name(),
                    share,
                    judged(sampled, features.folds()),
                    area,
                    measure.overRandom(area),
                    area.minus(areas.getOrDefault(1.0, area)),
                    measure.headline(run.chosen()),
                    Point.of(yardstick.truth(), run.chosen(), yardstick.once()).costUsd()));
        }
        return rows;
    }

    private static double judged(PoolData data, int folds) {
        double judged = 0;
        for (int tested = 0; tested < folds; tested++) {
            for (int fold = 0; fold < folds; fold++) {
                judged += fold == tested ? 0 : data.learned(fold).length / (double) folds;
            }
        }
        return judged;
    }

    /** The means over pools of two candidates of one set, where they have the very same queries. */
    private static List<Row> means(String set, List<PoolData> pools, List<Row> rows) {
        List<Row> means = new ArrayList<>();
        if (pools.size() < 2 || !pools.stream().allMatch(pools.getFirst()::sameQueries)) {
            return means;
        }
        List<String> names = pools.stream().map(data -> data.pool().name()).toList();
        List<Row> own = rows.stream().filter(row -> names.contains(row.pool())).toList();
        for (String method : own.stream().map(Row::method).distinct().toList()) {
            for (double share : SHARES) {
                List<Row> same = own.stream()
                        .filter(row -> row.method().equals(method) && row.share() == share)
                        .toList();
                means.add(new Row(
                        set,
                        same.size(),
                        method,
                        share,
                        same.getFirst().judged(),
                        Gain.mean(same.stream().map(Row::area).toList()),
                        Gain.mean(same.stream().map(Row::gain).toList()),
                        Gain.mean(same.stream().map(Row::loss).toList()),
                        Gain.mean(same.stream().map(Row::headline).toList()),
                        same.stream().mapToDouble(Row::costUsd).average().orElseThrow()));
            }
        }
        return means;
    }
}
