package dev.tagrouter.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.core.embedding.SentenceEmbedder;
import dev.tagrouter.lab.baseline.Method;
import dev.tagrouter.lab.baseline.Methods;
import dev.tagrouter.lab.evaluation.Evaluation;
import dev.tagrouter.lab.evaluation.Pool;
import dev.tagrouter.lab.evaluation.Pools;
import dev.tagrouter.lab.report.ResultsFile;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the studies have in common: options, the run, and where results go. */
final class StudyRun {
    @Mixin
    private final ProtocolOptions protocol = new ProtocolOptions();

    @Option(
            names = "--pool",
            split = ",",
            required = true,
            paramLabel = "NAME",
            description = "A pool to study; repeatable, in the order that matters.")
    private List<String> wanted = List.of();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the study's file is written.")
    private Path out = Path.of("");

    @Option(
            names = "--dry-run",
            description = "Check options, methods and whether the sets have the pools' models; run nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print the results as JSON instead of a table.")
    private boolean json;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    /** What one study finds. */
    @FunctionalInterface
    interface Study<R> {
        R run(Evaluation.Plan plan, Progress progress) throws IOException;
    }

    /** How it is written. */
    @FunctionalInterface
    interface Form<R> {
        ObjectNode json(Map<String, String> run, R result);
    }

    /** How it is shown. */
    @FunctionalInterface
    interface Shown<R> {
        void print(R result, PrintWriter out);
    }

    <R> int run(Io io, List<String> methods, String file, Study<R> study, Form<R> form, Shown<R> shown)
            throws IOException {
        protocol.check();
        Pools pools = Pools.read(protocol.pools());
        List<Pool> chosen = new ArrayList<>();
        for (String name : wanted) {
            chosen.addAll(pools.named(List.of(name)));
        }
        List<Method> named = Methods.named(methods);
        protocol.requireFiles(chosen);
        if (dryRun) {
            return 0;
        }
        @Nullable SentenceEmbedder embedder = Embedders.installedOrSaid(io);
        Evaluation.Plan plan = protocol.plan(pools, chosen, named, embedder);
        long start = System.nanoTime();
        R result;
        try (StepProgress progress = new StepProgress(io, quiet)) {
            result = study.run(plan, progress);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        ObjectNode found = form.json(protocol.run(embedder, seconds), result);
        ResultsFile.write(out.resolve(file), found);
        if (json) {
            Json.print(io.out(), found);
        } else {
            shown.print(result, io.out());
            io.out().printf("%nWritten to %s, after %.0f s%n", out.resolve(file), seconds);
        }
        return 0;
    }
}
