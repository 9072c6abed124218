package dev.tagrouter.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.core.embedding.SentenceEmbedder;
import dev.tagrouter.lab.evaluation.Ablation;
import dev.tagrouter.lab.evaluation.AblationResult;
import dev.tagrouter.lab.evaluation.Pool;
import dev.tagrouter.lab.evaluation.Pools;
import dev.tagrouter.lab.evaluation.Variants;
import dev.tagrouter.lab.report.AblationFile;
import dev.tagrouter.lab.report.ResultsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tagrouter ablate}: what each step from a teacher's tags to a decision is worth. */
@Command(
        name = "ablate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows what each step from a teacher's tags to a decision is worth: one step is changed, all else follows the "
                    + "protocol of tagrouter evaluate.",
            "",
            "F1 is that of taggers trained without the fold they are judged on, over all tagged queries. The gain is that "
                    + "of AUC over a random router, mean over pools of two candidates of one set. Training takes minutes a "
                    + "variant the first time; taggers are kept in the cache, and ablation.json is written after each row, "
                    + "so that a run cut off loses none.",
            ""
        },
        footer = {
            "",
            "Variants: all (as shipped; always run); teacher-exact, teacher-rules, teacher-meaning (the teacher's own tags); "
                    + "tie-0, tie-0.15, tie-0.25, tie-0.5, tie-0.75, tie-1 (the published method only); "
                    + "no-weighted-sampling, no-normalisation, no-alignment, no-second-reading, tags-50, tags-25 (the "
                    + "student trained in another way).",
            "",
            "Examples:",
            "  tagrouter ablate --data DATA --out results",
            "  tagrouter ablate --data DATA --variants teacher-exact,teacher-rules --out results"
        })
final class AblateCommand implements Callable<Integer> {
    private static final String FILE = "ablation.json";

    private final Io io;

    @Mixin
    private final ProtocolOptions protocol = new ProtocolOptions();

    @Option(
            names = "--pool",
            split = ",",
            paramLabel = "NAME",
            description = "A pool to route on; repeatable (default: those of two candidates of the first set).")
    private List<String> wanted = List.of();

    @Option(
            names = "--variants",
            split = ",",
            paramLabel = "V",
            description = "Rows beside 'all' (default: every one; see the list below).")
    private List<String> variants = List.of();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where " + FILE + " is written.")
    private Path out = Path.of("");

    @Option(
            names = "--dry-run",
            description = "Check options, variants and whether the sets have the pools' models; run nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print the results as JSON instead of a table.")
    private boolean json;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    AblateCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        protocol.check();
        Pools file = Pools.read(protocol.pools());
        List<Pool> pools = Ablation.pools(file, wanted);
        Variants.check(variants);
        protocol.requireFiles(pools);
        if (dryRun) {
            return 0;
        }
        SentenceEmbedder embedder = Embedders.installedOrSaid(io);
        Variants rows = Variants.all(embedder, protocol.cache()).named(variants);
        Ablation.Plan plan = new Ablation.Plan(
                protocol.data(),
                protocol.tags(),
                file,
                pools,
                rows,
                protocol.folds(),
                ProtocolOptions.RESAMPLES,
                protocol.seed(),
                protocol.cache());
        long start = System.nanoTime();
        AblationResult result;
        try (StepProgress progress = new StepProgress(io, quiet)) {
            result = new Ablation(plan, progress).run(soFar -> write(json(soFar, embedder, start)));
        }
        if (json) {
            Json.print(io.out(), json(result, embedder, start));
        } else {
            new AblationTable(result).print(io.out());
            io.out().printf("%nWritten to %s, after %.0f s%n", out.resolve(FILE), seconds(start));
        }
        return 0;
    }

    private ObjectNode json(AblationResult result, @Nullable SentenceEmbedder embedder, long start) throws IOException {
        return AblationFile.json(protocol.run(embedder, seconds(start)), result);
    }

    private void write(ObjectNode found) throws IOException {
        ResultsFile.write(out.resolve(FILE), found);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
