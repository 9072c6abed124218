package dev.tagrouter.lab.evaluation;

import dev.tagrouter.core.embedding.SentenceEmbedder;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.baseline.Method;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The evaluation protocol: one fixed partition of all texts, a tagger for each fold under test, and every method
 * through the same folds with the same budget.
 */
public final class Evaluation {
    /**
     * What is evaluated, and how.
     *
     * @param data the folder that holds a folder for each set
     * @param tags the teacher's tags that taggers are trained from
     * @param pools the pools file's content
     * @param wanted the pools to report on
     * @param methods the methods, ours among them
     * @param folds how many folds, 3 or more
     * @param resamples how many bootstrap resamples intervals come from, 1 or more
     * @param seed of the resamples and the random router
     * @param cache where taggers and embeddings are kept
     * @param embedder for methods that need embeddings, or null
     */
    public record Plan(
            Path data,
            Path tags,
            Pools pools,
            List<Pool> wanted,
            List<Method> methods,
            int folds,
            int resamples,
            long seed,
            Path cache,
            @Nullable SentenceEmbedder embedder) {
        public Plan {
            wanted = List.copyOf(wanted);
            methods = List.copyOf(methods);
        }
    }

    private final Plan plan;
    private final Progress progress;
    private @Nullable ContaminationReport contamination;

    /** @throws LabException when a method needs embeddings and there is no embedder */
    public Evaluation(Plan plan, Progress progress) throws LabException {
        this.plan = plan;
        this.progress = progress;
        Ground.requireEmbedder(plan);
    }

    /** Evaluates every pool that is wanted. */
    public List<PoolResult> run() throws IOException {
        Ground ground = Ground.of(plan, progress);
        progress.report("looking for contamination", 0, 0);
        contamination = ContaminationReport.of(ground.corpus());
        List<PoolData> pools = new ArrayList<>();
        for (Pool pool : plan.wanted()) {
            pools.add(ground.data(pool));
        }
        Work work = new Work(
                progress,
                pools.stream().mapToLong(Work::of).sum() * plan.methods().size());
        List<PoolResult> results = new ArrayList<>();
        for (PoolData pool : pools) {
            results.add(evaluate(pool, ground.features(pool.pool()), work));
        }
        return results;
    }

    /** What stood on both sides of a division; known once {@link #run} is through. */
    public ContaminationReport contamination() {
        if (contamination == null) {
            throw new IllegalStateException("nothing was evaluated yet");
        }
        return contamination;
    }

    private PoolResult evaluate(PoolData data, SetFeatures features, Work work) throws IOException {
        List<MethodRun> runs = plan.methods().stream()
                .map(method -> new MethodRun(method, data, features))
                .toList();
        MethodRun.testAll(runs, run -> work.done(data));
        return new PoolEvaluation(data, plan.resamples(), plan.seed()).result(runs, features);
    }

    /** How far the work has come, in what a query takes a method. */
    private static final class Work {
        /** What a pool takes whatever its size, in queries, by a whole contest: most nets see as many examples of a small one. */
        private static final long EACH_POOL = 1_400;

        private final Progress progress;
        private final long total;
        private long done;

        private Work(Progress progress, long total) {
            this.progress = progress;
            this.total = total;
            progress.report("evaluating", 0, total);
        }

        private static long of(PoolData pool) {
            return pool.queries() + EACH_POOL;
        }

        private void done(PoolData pool) {
            done += of(pool);
            progress.report("evaluating", done, total);
        }
    }
}
