package dev.tagrouter.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.core.embedding.SentenceEmbedder;
import dev.tagrouter.lab.baseline.Method;
import dev.tagrouter.lab.baseline.Methods;
import dev.tagrouter.lab.evaluation.Evaluation;
import dev.tagrouter.lab.evaluation.Pool;
import dev.tagrouter.lab.evaluation.PoolResult;
import dev.tagrouter.lab.evaluation.Pools;
import dev.tagrouter.lab.report.ContaminationFile;
import dev.tagrouter.lab.report.ResultsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tagrouter evaluate}: methods compared on judged queries, by one protocol. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Compares routing methods on judged queries, every method by the same protocol.",
            "",
            "All texts are divided into folds once, near-duplicates together. For each fold under test the next one "
                    + "validates (hyper-parameters, theta) and the others train; the tagger and its vocabulary are "
                    + "trained without the fold. Every query is tested once. Intervals and p-values come from a paired "
                    + "bootstrap over queries. Taggers and embeddings are kept in the cache: the first run takes "
                    + "several minutes more.",
            ""
        },
        footer = {
            "",
            "The data folder holds a folder for each set (quality.csv, queries.jsonl, perhaps output_chars.csv); the "
                    + "pools file names candidates and prices: {\"prices\": {model: [input, output]}, \"pools\": [{\"name\", "
                    + "\"data\", \"models\", \"tie_margin\"}]}.",
            "",
            "Examples:",
            "  tagrouter evaluate --data DATA --quick --out look",
            "  tagrouter evaluate --data DATA --out results",
            "  tagrouter evaluate --data DATA --pool llmrouter9 --methods paper,knn-40 --out results"
        })
final class EvaluateCommand implements Callable<Integer> {
    private final Io io;

    @Mixin
    private final ProtocolOptions protocol = new ProtocolOptions();

    @Option(
            names = "--pool",
            split = ",",
            paramLabel = "NAME",
            description = "A pool to report on; repeatable (default: all).")
    private List<String> wanted = List.of();

    @Option(
            names = "--methods",
            split = ",",
            paramLabel = "M",
            description = "Methods beside ours (default: all; see the list below).")
    private List<String> methods = List.of();

    @Option(
            names = "--quick",
            description =
                    "A look within minutes: of every set the largest pool, and methods that learn in moments, unless "
                            + "--pool or --methods names others.")
    private boolean quick;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Where results.json and report.html are written.")
    private Path out = Path.of("");

    @Option(
            names = "--ablation",
            paramLabel = "FILE",
            description =
                    "What tagrouter ablate wrote, for the report (default: ablation.json in --out, if it is there).")
    private @Nullable Path ablation;

    @Option(
            names = "--dry-run",
            description = "Check options, methods and whether the sets have the pools' models; evaluate nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print the results as JSON instead of tables.")
    private boolean json;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    EvaluateCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        protocol.check();
        Pools file = Pools.read(protocol.pools());
        List<Pool> reported = quick && wanted.isEmpty() ? file.largest() : file.named(wanted);
        List<Method> named = quick && methods.isEmpty() ? Methods.quick() : Methods.named(methods);
        protocol.requireFiles(reported);
        JsonNode ablated = ReportCommand.ablation(out, ablation);
        if (dryRun) {
            return 0;
        }
        SentenceEmbedder embedder = Embedders.installedOrSaid(io);
        Evaluation.Plan plan = protocol.plan(file, reported, able(named, embedder), embedder);
        long start = System.nanoTime();
        List<PoolResult> results;
        Evaluation evaluation;
        try (StepProgress progress = new StepProgress(io, quiet)) {
            evaluation = new Evaluation(plan, progress);
            results = evaluation.run();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        ObjectNode found = ResultsFile.json(protocol.run(embedder, seconds), results);
        found.set("contamination", ContaminationFile.json(evaluation.contamination()));
        ResultsFile.write(out.resolve(ReportCommand.RESULTS), found);
        Path page = ReportCommand.write(out, found, ablated);
        if (json) {
            Json.print(io.out(), found);
        } else {
            new EvaluationTables(results).print(io.out());
            results.stream()
                    .filter(result -> result.score("cheapest").point().acceptRate() == 1)
                    .forEach(result -> io.out()
                            .println("Pool " + result.pool().name() + ": no answer ever beats the cheapest model's, so"
                                    + " there is nothing to route for; judge more finely, or use that model."));
            io.out().println(ContaminationCommand.sentence(evaluation.contamination()));
            io.out()
                    .printf(
                            "%nWritten to %s and %s, after %.0f s%n",
                            out.resolve(ReportCommand.RESULTS), page, seconds);
        }
        return 0;
    }

    /** Without an embedder, methods that need one are left out unless they were asked for by name. */
    private List<Method> able(List<Method> named, @Nullable SentenceEmbedder embedder) {
        if (embedder != null || !methods.isEmpty()) {
            return named;
        }
        List<String> left =
                named.stream().filter(Method::needsEmbeddings).map(Method::name).toList();
        io.err()
                .println("tagrouter: left out, because no sentence embedder is on the class path: "
                        + String.join(", ", left) + "; the launcher brings one, or add the module embeddings");
        return named.stream().filter(method -> !method.needsEmbeddings()).toList();
    }
}
