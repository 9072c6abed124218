package dev.tagrouter.cli;

import dev.tagrouter.core.embedding.SentenceEmbedder;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.baseline.Method;
import dev.tagrouter.lab.evaluation.Evaluation;
import dev.tagrouter.lab.evaluation.Pool;
import dev.tagrouter.lab.evaluation.Pools;
import dev.tagrouter.lab.tagger.TaggedQueries;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the commands that follow the evaluation protocol have in common: data, folds, seed, cache. */
final class ProtocolOptions {
    /** How many bootstrap resamples intervals come from. */
    static final int RESAMPLES = 1_000;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "The folder with the sets.")
    private Path data = Path.of("");

    @Option(names = "--pools", paramLabel = "FILE", description = "The pools file (default: pools.json in --data).")
    private @Nullable Path pools;

    @Option(
            names = "--tags",
            paramLabel = "FILE",
            description = "The teacher's tags (default: tags/teacher_tags.jsonl in --data).")
    private @Nullable Path tags;

    @Option(
            names = "--folds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many folds, 3 or more (default: ${DEFAULT-VALUE}).")
    private int folds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the bootstrap and the random router (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Where taggers and embeddings are kept (default: ~/.cache/tagrouter).")
    private Path cache = Embedders.cache();

    /** @throws UsageException when an option's value is out of range */
    void check() {
        if (folds < 3) {
            throw new UsageException(
                    "--folds is " + folds + "; give 3 or more: one to test, one to validate, the others to train");
        }
    }

    /**
     * Looks whether what the pools need is there, without reading it.
     *
     * @throws LabException when it is not; says what
     */
    void requireFiles(List<Pool> wanted) throws IOException {
        Pools.requireColumns(data, wanted);
        TaggedQueries.requireFile(tags());
    }

    Path data() {
        return data;
    }

    Path pools() {
        return pools == null ? data.resolve("pools.json") : pools;
    }

    Path tags() {
        return tags == null ? data.resolve("tags").resolve("teacher_tags.jsonl") : tags;
    }

    int folds() {
        return folds;
    }

    long seed() {
        return seed;
    }

    Path cache() {
        return cache;
    }

    /** @param embedder for methods that need embeddings, or null */
    Evaluation.Plan plan(Pools file, List<Pool> wanted, List<Method> methods, @Nullable SentenceEmbedder embedder) {
        return new Evaluation.Plan(data, tags(), file, wanted, methods, folds, RESAMPLES, seed, cache, embedder);
    }

    /** How results came about, for their file. */
    Map<String, String> run(@Nullable SentenceEmbedder embedder, double seconds) throws IOException {
        Map<String, String> run = new LinkedHashMap<>();
        run.put("program", new Version().getVersion()[0]);
        run.put("java", Runtime.version().toString());
        run.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        run.put("data", data.toString());
        run.put("pools", pools().toString());
        run.put("tags", tags().toString());
        run.put("folds", Integer.toString(folds));
        run.put("seed", Long.toString(seed));
        run.put("resamples", Integer.toString(RESAMPLES));
        run.put("embedder", embedder == null ? "none" : embedder.id());
        run.put("seconds", Long.toString(Math.round(seconds)));
        return run;
    }
}
