package dev.tagrouter.lab.evaluation;

import dev.tagrouter.core.embedding.Embedding;
import dev.tagrouter.core.embedding.EmbeddingCache;
import dev.tagrouter.core.embedding.SentenceEmbedder;
import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.baseline.Method;
import dev.tagrouter.lab.dataset.JudgedRow;
import dev.tagrouter.lab.dataset.JudgedTable;
import dev.tagrouter.lab.tagger.TaggerTrainer;
import dev.tagrouter.lab.vocabulary.Normaliser;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an evaluation and a study stand on: the sets, their folds, a tagger for each, and what methods see of a set. */
final class Ground {
    private final Evaluation.Plan plan;
    private final Progress progress;
    private final Corpus corpus;
    private final List<EmbeddedTagger> taggers;
    private @Nullable SetFeatures features;
    private String featuresOf = "";

    private Ground(Evaluation.Plan plan, Progress progress, Corpus corpus, List<EmbeddedTagger> taggers) {
        this.plan = plan;
        this.progress = progress;
        this.corpus = corpus;
        this.taggers = taggers;
    }

    /** @throws LabException when a method needs embeddings and there is no embedder */
    static void requireEmbedder(Evaluation.Plan plan) throws LabException {
        for (Method method : plan.methods()) {
            if (method.needsEmbeddings() && plan.embedder() == null) {
                throw new LabException("method " + method.name() + " needs sentence embeddings, and no embedder is on"
                        + " the class path; leave it out with --methods, or put the module embeddings there");
            }
        }
    }

    /** Reads the sets and trains the taggers, or finds them in the cache. */
    static Ground of(Evaluation.Plan plan, Progress progress) throws IOException {
        requireEmbedder(plan);
        Corpus corpus = Corpus.read(plan.data(), plan.tags(), plan.pools(), plan.folds(), progress);
        // A pool that cannot be evaluated is refused before the taggers are trained, which takes minutes.
        for (Pool pool : plan.wanted()) {
            PoolData.of(pool, corpus.table(pool), plan.pools().prices(), corpus.folds());
        }
        List<EmbeddedTagger> taggers = new CrossFittedTaggers(
                        TaggerTrainer.standard(), Normaliser.standard(plan.embedder(), plan.cache()), plan.cache())
                .taggers(corpus.tagged(), corpus.folds(), progress);
        return new Ground(plan, progress, corpus, taggers);
    }

    Corpus corpus() {
        return corpus;
    }

    /** The tagger that was trained without a fold. */
    EmbeddedTagger tagger(int fold) {
        return taggers.get(fold);
    }

    PoolData data(Pool pool) throws LabException {
        return PoolData.of(pool, corpus.table(pool), plan.pools().prices(), corpus.folds());
    }

    /** What methods see of a pool's set; made once while pools of one set follow each other. */
    SetFeatures features(Pool pool) throws IOException {
        SetFeatures made = features;
        if (made == null || !featuresOf.equals(pool.data())) {
            progress.report("tagging " + pool.data(), 0, 0);
            JudgedTable table = corpus.table(pool);
            made = new SetFeatures(table, taggers, embeddings(pool.data(), table));
            features = made;
            featuresOf = pool.data();
        }
        return made;
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

    /** One method through the protocol. */
    static MethodRun tested(Method method, PoolData data, SetFeatures features) throws IOException {
        MethodRun run = new MethodRun(method, data, features);
        run.testAll();
        return run;
    }
}
