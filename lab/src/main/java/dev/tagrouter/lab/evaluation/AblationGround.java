package dev.tagrouter.lab.evaluation;

import dev.tagrouter.core.tagging.Tagger;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.baseline.Method;
import dev.tagrouter.lab.dataset.JudgedTable;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What every row of an ablation is measured on: pools of two candidates of one set, on the same queries. */
final class AblationGround {
    private final JudgedTable table;
    private final List<PoolData> pools = new ArrayList<>();
    private final List<PoolEvaluation> evaluations = new ArrayList<>();

    /** @throws LabException when means over the pools would make no sense */
    AblationGround(Ablation.Plan plan, Corpus corpus) throws LabException {
        Pool first = plan.wanted().getFirst();
        this.table = corpus.table(first);
        for (Pool pool : plan.wanted()) {
            if (!pool.data().equals(first.data())) {
                throw new LabException("pool " + pool.name() + " is of set " + pool.data() + " and pool " + first.name()
                        + " of " + first.data() + "; name pools of one set with --pool");
            }
            if (pool.models().size() != 2) {
                throw new LabException("pool " + pool.name() + " has "
                        + pool.models().size() + " candidates; name pools of two with --pool");
            }
            PoolData data = PoolData.of(pool, table, plan.pools().prices(), corpus.folds());
            if (!pools.isEmpty() && !data.sameQueries(pools.getFirst())) {
                throw new LabException("pool " + pool.name() + " (" + data.queries()
                        + " queries) has not the queries of"
                        + " pool " + first.name() + " (" + pools.getFirst().queries()
                        + "), because a candidate was not judged on some; name pools of the same queries with --pool");
            }
            pools.add(data);
            evaluations.add(new PoolEvaluation(data, plan.resamples(), plan.seed()));
        }
    }

    JudgedTable table() {
        return table;
    }

    int queries() {
        return pools.getFirst().queries();
    }

    SetFeatures features(List<? extends Tagger> taggers) {
        return new SetFeatures(table, taggers, List.of());
    }

    /** The gain of each method on each pool, by method. */
    Map<String, List<Gain>> gains(SetFeatures features, List<Method> methods, Progress progress) throws IOException {
        List<MethodRun> runs = new ArrayList<>();
        for (Method method : methods) {
            for (PoolData pool : pools) {
                runs.add(new MethodRun(method, pool, features));
            }
        }
        progress.report("routing", 0, runs.size());
        List<Gain> all = new ArrayList<>();
        MethodRun.testAll(runs, run -> {
            all.add(evaluations.get(all.size() % pools.size()).gain(run));
            progress.report("routing", all.size(), runs.size());
        });
        Map<String, List<Gain>> gains = new HashMap<>();
        for (int m = 0; m < methods.size(); m++) {
            gains.put(methods.get(m).name(), List.copyOf(all.subList(m * pools.size(), (m + 1) * pools.size())));
        }
        return gains;
    }
}
