package dev.tagrouter.lab.evaluation;

import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.baseline.Example;
import dev.tagrouter.lab.baseline.Lesson;
import dev.tagrouter.lab.baseline.Method;
import dev.tagrouter.lab.baseline.Method.Valuer;
import dev.tagrouter.learning.JudgedSet.Judged;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A new model from few judgments: each candidate of a pool in turn is the new one, judged on so many queries of the
 * folds that are learned from, the others on all of them.
 *
 * <p>Hyper-parameters and theta are chosen without the new model, as they would have been before it came. Which queries
 * it is judged on is a hash of their texts, another for each model and fold: what one draw of few queries says is luck,
 * and a mean over the same draw would be, too. Fewer are part of more.
 */
public final class NewModelStudy {
    /** What stands for all judgments. */
    public static final int ALL = Integer.MAX_VALUE;

    private final Evaluation.Plan plan;
    private final List<Integer> counts;
    private final Progress progress;

    /** @param judged how many judged queries are tried, 1 or more each; 0 and all always are */
    public NewModelStudy(Evaluation.Plan plan, List<Integer> judged, Progress progress) {
        this.plan = plan;
        this.progress = progress;
        TreeSet<Integer> sorted = new TreeSet<>(judged);
        if (!sorted.isEmpty() && sorted.getFirst() < 1) {
            throw new IllegalArgumentException(
                    "a new model judged on " + sorted.getFirst() + " queries was asked for; give 1 or more");
        }
        sorted.add(0);
        sorted.add(ALL);
        this.counts = List.copyOf(sorted);
    }

    /**
     * One method with so many judgments of the new model.
     *
     * @param pool the pool's name
     * @param method the method's name
     * @param model the new one; empty where the row is the mean over all
     * @param judged how many queries it was judged on; 0 is the pool without it, {@link #ALL} all
     * @param area what methods are compared by, over all candidates
     * @param areaShare the area as a share of that with all judgments
     * @param quality of the decisions at the theta chosen before the model came: AR for two candidates, else quality
     * @param qualityShare the same as a share of that with all judgments
     * @param sent the share of queries sent to the new model at that theta, in [0, 1]
     */
    public record Row(
            String pool,
            String method,
            String model,
            int judged,
            Gain area,
            Gain areaShare,
            Gain quality,
            Gain qualityShare,
            double sent) {}

    /**
     * Runs every method that learns from missing judgments: rows by pool, method, model and count, then the means.
     *
     * @throws LabException when a pool has but two candidates, or no method learns from missing judgments
     */
    public List<Row> run() throws IOException {
        List<Method> able =
                plan.methods().stream().filter(Method::learnsFromMissing).toList();
        if (able.isEmpty()) {
            throw new LabException("none of the methods learns from missing judgments; leave --methods out");
        }
        for (Pool pool : plan.wanted()) {
            if (pool.models().size() < 3) {
                throw new LabException(
                        "pool " + pool.name() + " has " + pool.models().size()
                                + " candidates, so without the new one there is nothing to choose; name pools of three or more"
                                + " with --pool");
            }
        }
        Ground ground = Ground.of(plan, progress);
        List<Row> rows = new ArrayList<>();
        for (Pool pool : plan.wanted()) {
            Measure measure = new Measure(ground.data(pool), plan.resamples(), plan.seed());
            for (Method method : able) {
                List<Row> own = new ArrayList<>();
                Map<String, Valuer> complete = new HashMap<>();
                for (String model : pool.models()) {
                    own.addAll(new Newcomer(ground, pool, method, model, measure, complete).rows());
                }
                rows.addAll(own);
                rows.addAll(means(own));
            }
        }
        return rows;
    }

    private List<Row> means(List<Row> rows) {
        List<Row> means = new ArrayList<>();
        for (int count : counts) {
            List<Row> same = rows.stream().filter(row -> row.judged() == count).toList();
            means.add(new Row(
                    same.getFirst().pool(),
                    same.getFirst().method(),
                    "",
                    count,
                    Gain.mean(same.stream().map(Row::area).toList()),
                    Gain.mean(same.stream().map(Row::areaShare).toList()),
                    Gain.mean(same.stream().map(Row::quality).toList()),
                    Gain.mean(same.stream().map(Row::qualityShare).toList()),
                    same.stream().mapToDouble(Row::sent).average().orElseThrow()));
        }
        return means;
    }

    /** One method and one new model. */
    private final class Newcomer {
        private final Pool pool;
        private final Method method;
        private final int model;
        private final Measure measure;
        private final PoolData data;
        private final PoolData before;
        private final SetFeatures features;
        /** What was learned from all judgments, which is the same whichever model is the new one. */
        private final Map<String, Valuer> complete;

        private Newcomer(
                Ground ground, Pool pool, Method method, String model, Measure measure, Map<String, Valuer> complete)
                throws IOException {
            this.pool = pool;
            this.method = method;
            this.model = pool.models().indexOf(model);
            this.measure = measure;
            this.complete = complete;
            this.data = ground.data(pool);
            this.features = ground.features(pool);
            List<String> others =
                    pool.models().stream().filter(each -> !each.equals(model)).toList();
            this.before = data.with(new Pool(pool.name(), pool.data(), others, pool.tieMargin()));
        }

        private List<Row> rows() throws IOException {
            int models = pool.models().size();
            Map<Integer, Values> values = new LinkedHashMap<>();
            Map<Integer, int[]> chosen = new LinkedHashMap<>();
            for (int count : counts) {
                values.put(count, Values.empty(data.queries(), models));
                chosen.put(count, new int[data.queries()]);
            }
            Choice choice = new Choice(method.rule(), data.outcomes(data.positions(0)));
            MethodRun without = new MethodRun(method, before, features);
            for (int fold = 0; fold < features.folds(); fold++) {
                progress.report(
                        pool.name() + ", " + method.name() + ", new: "
                                + pool.models().get(model),
                        fold,
                        features.folds());
                Trained trained = without.trained(fold);
                int[] tested = data.positions(fold);
                List<Example> examples = features.examples(data, fold, tested);
                for (int count : counts) {
                    Valuer valuer = switch (count) {
                        case 0 -> unknown(trained.valuer());
                        case ALL -> complete(fold, trained.trial());
                        default -> fit(fold, count, trained.trial());
                    };
                    Values own = Values.of(method.name(), valuer, examples, models);
                    at(values, count).put(fold, tested, own);
                    int[] ownChosen = choice.choose(own, trained.knob());
                    for (int i = 0; i < tested.length; i++) {
                        at(chosen, count)[tested[i]] = ownChosen[i];
                    }
                }
            }
            Map<Integer, Gain> areas = new LinkedHashMap<>();
            Map<Integer, Gain> qualities = new LinkedHashMap<>();
            for (int count : counts) {
                areas.put(count, measure.area(choice, at(values, count)));
                qualities.put(count, measure.headline(at(chosen, count)));
            }
            return counts.stream()
                    .map(count -> new Row(
                            pool.name(),
                            method.name(),
                            pool.models().get(model),
                            count,
                            at(areas, count),
                            at(areas, count).over(at(areas, ALL)),
                            at(qualities, count),
                            at(qualities, count).over(at(qualities, ALL)),
                            Arrays.stream(at(chosen, count))
                                            .filter(m -> m == model)
                                            .count()
                                    / (double) data.queries()))
                    .toList();
        }

        private static <T> T at(Map<Integer, T> map, int count) {
            T value = map.get(count);
            if (value == null) {
                throw new IllegalStateException("nothing was measured with " + count + " judgments");
            }
            return value;
        }

        private Valuer complete(int fold, int trial) throws IOException {
            String key = fold + " " + trial;
            Valuer known = complete.get(key);
            if (known == null) {
                known = fit(fold, ALL, trial);
                complete.put(key, known);
            }
            return known;
        }

        private Valuer fit(int fold, int count, int trial) throws IOException {
            int[] learned = data.learned(
                    IntStream.range(0, features.folds()).filter(k -> k != fold).toArray());
            Set<Integer> judged = new HashSet<>();
            int[] order = data.byHash(learned, model * features.folds() + fold);
            for (int i = 0; i < Math.min(count, order.length); i++) {
                judged.add(order[i]);
            }
            List<Judged> rows = new ArrayList<>();
            for (int position : learned) {
                rows.add(judged.contains(position) ? data.judged(position) : hidden(data.judged(position)));
            }
            return method.fit(
                    new Lesson(
                            pool.models(),
                            data.prices(),
                            pool.tieMargin(),
                            features.tagger(fold),
                            features.examples(data, fold, learned),
                            rows),
                    trial);
        }

        private Judged hidden(Judged row) {
            List<Double> quality = new ArrayList<>(row.quality());
            List<Double> tokens = new ArrayList<>(row.outputTokens());
            quality.set(model, Double.NaN);
            tokens.set(model, Double.NaN);
            return new Judged(row.query(), quality, tokens);
        }

        /** The candidates from before, and the new one as a choice that nobody would make: the worst and the dearest. */
        private Valuer unknown(Valuer others) {
            int count = pool.models().size() - 1;
            return (example, value, costUsd) -> {
                double[] known = new double[count];
                double[] cost = new double[count];
                others.value(example, known, cost);
                for (int m = 0; m < count; m++) {
                    value[m < model ? m : m + 1] = known[m];
                    costUsd[m < model ? m : m + 1] = cost[m];
                }
                value[model] = Arrays.stream(known).min().orElse(0) - 1;
                costUsd[model] = 1 + 2 * Arrays.stream(cost).max().orElse(0);
            };
        }
    }
}
