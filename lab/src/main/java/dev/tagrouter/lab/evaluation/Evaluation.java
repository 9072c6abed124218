package dev.tagrouter.lab.evaluation;

import dev.tagrouter.core.embedding.Embedding;
import dev.tagrouter.core.embedding.EmbeddingCache;
import dev.tagrouter.core.embedding.SentenceEmbedder;
import dev.tagrouter.core.tagging.Tagger;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.baseline.Method;
import dev.tagrouter.lab.dataset.JudgedRow;
import dev.tagrouter.lab.dataset.JudgedTable;
import dev.tagrouter.lab.tagger.TaggerTrainer;
import dev.tagrouter.lab.vocabulary.Normaliser;
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

    /** @throws LabException when a method needs embeddings and there is no embedder */
    public Evaluation(Plan plan, Progress progress) throws LabException {
        this.plan = plan;
        this.progress = progress;
        for (Method method : plan.methods()) {
            if (method.needsEmbeddings() && plan.embedder() == null) {
                throw new LabException("method " + method.name() + " needs sentence embeddings, and no embedder is on"
                        + " the class path; leave it out with --methods, or put the module embeddings there");
            }
        }
    }

    /** Evaluates every pool that is wanted. */
    public List<PoolResult> run() throws IOException {
        Corpus corpus = Corpus.read(plan.data(), plan.tags(), plan.pools(), plan.folds(), progress);
        List<? extends Tagger> taggers = new CrossFittedTaggers(
                        TaggerTrainer.standard(), Normaliser.standard(plan.embedder(), plan.cache()), plan.cache())
                .taggers(corpus.tagged(), corpus.folds(), progress);
        Work work = new Work(plan, progress);
        List<PoolResult> results = new ArrayList<>();
        SetFeatures features = null;
        String featuresOf = "";
        for (Pool pool : plan.wanted()) {
            JudgedTable table = corpus.table(pool);
            if (features == null || !featuresOf.equals(pool.data())) {
                progress.report("tagging " + pool.data(), 0, 0);
                features = new SetFeatures(table, taggers, embeddings(pool.data(), table));
                featuresOf = pool.data();
            }
            PoolData data = PoolData.of(pool, table, plan.pools().prices(), corpus.folds());
            results.add(evaluate(data, features, work));
        }
        return results;
    }

    private List<Embedding> embeddings(String set, JudgedTable table) throws IOException {
        SentenceEmbedder embedder = plan.embedder();
        if (embedder == null || plan.methods().stream().noneMatch(Method::needsEmbeddings)) {
            return List.of();
        }
        EmbeddingCache cache = new EmbeddingCache(plan.cache(), embedder);
        List<String> texts = table.rows().stream().map(JudgedRow::text).toList();
        long missing = cache.missing(texts);
        return cache.of(texts, done -> progress.report("embedding " + set, done, missing));
    }

    private PoolResult evaluate(PoolData data, SetFeatures features, Work work) throws IOException {
        List<MethodRun> runs = new ArrayList<>();
        for (Method method : plan.methods()) {
            MethodRun run = new MethodRun(method, data, features);
            work.begins(data.pool().name() + ": " + method.name());
            run.testAll();
            work.ends();
            runs.add(run);
        }
        return new PoolEvaluation(data, plan.resamples(), plan.seed()).result(runs, features);
    }

    /** How far the work has come, in pools times methods. */
    private static final class Work {
        private final Progress progress;
        private final long total;
        private long done;

        private Work(Plan plan, Progress progress) {
            this.progress = progress;
            this.total = (long) plan.wanted().size() * plan.methods().size();
        }

        private void begins(String what) {
            progress.report("evaluating (" + what + ")", done, total);
        }

        private void ends() {
            done++;
        }
    }
}
