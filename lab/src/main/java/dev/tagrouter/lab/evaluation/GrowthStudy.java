package dev.tagrouter.lab.evaluation;

import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.baseline.Method;
import dev.tagrouter.lab.metric.CostQualityArea;
import dev.tagrouter.lab.metric.Point;
import dev.tagrouter.lab.metric.SweptCurve;
import dev.tagrouter.learning.JudgedSet;
import dev.tagrouter.learning.Learner;
import dev.tagrouter.learning.ModelAdder;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Pool growth: pools of one set, each of which has the models of the one before and more. Every step is measured on the
 * queries and over the costs of the largest pool, and tuned for quality, so that steps compare; and models are added one
 * after another to a profile, to see whether what it knew of the others stays as it was, bit for bit.
 */
public final class GrowthStudy {
    private final Evaluation.Plan plan;
    private final Progress progress;

    public GrowthStudy(Evaluation.Plan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * One method on one step.
     *
     * @param pool the step's pool
     * @param models how many candidates it has
     * @param method the method's name
     * @param area cost-quality area over the costs of the largest pool, in quality
     * @param areaRise the area less that of the step before; null on the first
     * @param quality of the deployable decisions
     * @param qualityRise the quality less that of the step before; null on the first
     * @param costUsd mean cost of a query by them
     * @param bestSingle quality of the step's best single model
     * @param oracle quality of the best candidate of each query
     */
    public record Row(
            String pool,
            int models,
            String method,
            Gain area,
            @Nullable Gain areaRise,
            Gain quality,
            @Nullable Gain qualityRise,
            double costUsd,
            double bestSingle,
            double oracle) {}

    /**
     * One model added to a profile.
     *
     * @param pool the step that it belongs to
     * @param model the model
     * @param columns how many columns the profile had before
     * @param unchanged how many of them were the same, bit for bit, afterwards
     */
    public record Addition(String pool, String model, int columns, int unchanged) {}

    /** What the study found. */
    public record Result(List<Row> rows, List<Addition> additions) {
        public Result {
            rows = List.copyOf(rows);
            additions = List.copyOf(additions);
        }
    }

    /**
     * Runs the methods on the pools in the order given.
     *
     * @throws LabException when a pool has not the models of the one before, or is of another set
     */
    public Result run() throws IOException {
        requireNested();
        Ground ground = Ground.of(plan, progress);
        Pool largest = plan.wanted().getLast();
        PoolData all = ground.data(largest);
        Measure measure = new Measure(all, plan.resamples(), plan.seed());
        List<Row> rows = new ArrayList<>();
        for (Method method : plan.methods()) {
            @Nullable Row before = null;
            for (Pool pool : plan.wanted()) {
                progress.report(
                        "routing in growing pools",
                        rows.size(),
                        (long) plan.methods().size() * plan.wanted().size());
                PoolData data = all.with(pool);
                MethodRun run = new MethodRun(method, data, ground.features(pool), Yardstick::byQuality);
                run.testAll();
                before = row(run, data, measure, before);
                rows.add(before);
            }
        }
        return new Result(rows, additions(all, ground.tagger(0)));
    }

    private void requireNested() throws LabException {
        for (int i = 0; i < plan.wanted().size(); i++) {
            Pool pool = plan.wanted().get(i);
            Pool before = plan.wanted().get(Math.max(0, i - 1));
            if (!pool.data().equals(before.data())
                    || (i > 0 && !new HashSet<>(pool.models()).containsAll(before.models()))) {
                throw new LabException("pool " + pool.name() + " has not all models of pool " + before.name()
                        + "; name pools of one set with --pool, each with the models of the one before");
            }
        }
        if (plan.wanted().size() < 2) {
            throw new LabException("one pool does not grow; name two or more with --pool, the smallest first");
        }
    }

    private static Row row(MethodRun run, PoolData data, Measure measure, @Nullable Row before) {
        Yardstick own = Yardstick.byQuality(
                data.outcomes(IntStream.range(0, data.queries()).toArray()));
        Gain area = measure.of(area(run, own, measure.yardstick()));
        Gain quality = measure.of(
                weights -> Point.of(own.truth(), run.chosen(), weights).quality());
        return new Row(
                data.pool().name(),
                data.pool().models().size(),
                run.method().name(),
                area,
                before == null ? null : area.minus(before.area()),
                quality,
                before == null ? null : quality.minus(before.quality()),
                Point.of(own.truth(), run.chosen(), own.once()).costUsd(),
                bestQuality(own),
                Point.of(own.truth(), own.oracleChoices(), own.once()).quality());
    }

    private static double bestQuality(Yardstick own) {
        double best = 0;
        for (int m = 0; m < own.truth().models(); m++) {
            best = Math.max(
                    best,
                    Point.of(own.truth(), own.truth().always(m), own.once()).quality());
        }
        return best;
    }

    /** The cost-quality area over the costs of the largest pool. */
    private static ToDoubleFunction<int[]> area(MethodRun run, Yardstick own, Yardstick largest) {
        List<int[]> sweep = Sweep.of(run.last().choice(), run.values(), own.truth());
        SweptCurve curve = new SweptCurve(own.truth(), sweep);
        return weights -> CostQualityArea.of(
                curve.points(weights),
                largest.truth().meanCostUsd(largest.cheapest(), weights),
                largest.truth().meanCostUsd(largest.dearest(), weights));
    }

    /** Learns a profile of the smallest pool and adds the models of the others one by one. */
    private List<Addition> additions(PoolData all, EmbeddedTagger tagger) throws IOException {
        JudgedSet data = all.judgedSet();
        Pool smallest = plan.wanted().getFirst();
        Learner.Learned learned = new Learner(tagger, progress)
                .learnWithStatistics(
                        List.of(all.with(smallest).judgedSet()),
                        new Learner.Settings("growth", "not stated", Instant.EPOCH, "fold 0"));
        var profile = learned.profile();
        var statistics = learned.statistics();
        Set<String> known = new HashSet<>(smallest.models());
        List<Addition> additions = new ArrayList<>();
        for (Pool pool : plan.wanted()) {
            for (String model : pool.models()) {
                if (known.add(model)) {
                    progress.report("adding " + model, additions.size(), 0);
                    EvidenceSet before = profile.table().sets().getFirst();
                    Price price = all.prices().get(all.pool().models().indexOf(model));
                    ModelAdder.Added added = new ModelAdder(Progress.silent())
                            .add(profile, statistics, data, new ModelAdder.Request(model, price, null, true, null));
                    profile = added.profile();
                    statistics = added.statistics();
                    additions.add(new Addition(
                            pool.name(),
                            model,
                            before.capabilities().size(),
                            unchanged(
                                    before,
                                    profile.table().sets().getFirst(),
                                    tagger.vocabulary().size())));
                }
            }
        }
        return additions;
    }

    private static int unchanged(EvidenceSet before, EvidenceSet after, int tags) {
        int unchanged = 0;
        for (Capability column : before.capabilities()) {
            Capability later = after.find(column.model());
            unchanged += later != null && same(column, later, tags) ? 1 : 0;
        }
        return unchanged;
    }

    private static boolean same(Capability a, Capability b, int tags) {
        boolean same = a.summary().equals(b.summary());
        for (int t = 0; same && t < tags; t++) {
            same = a.row(t).equals(b.row(t));
        }
        return same;
    }
}
