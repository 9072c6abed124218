package dev.tagrouter.cli;

import dev.tagrouter.benchmarks.comparison.Comparison;
import dev.tagrouter.benchmarks.comparison.Outcome;
import dev.tagrouter.benchmarks.comparison.Settings;
import dev.tagrouter.benchmarks.comparison.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tagrouter bench}: what the gateway costs, beside others and without any. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Measures what the gateway carries and adds, beside nginx, Portkey's gateway and no gateway at all.",
            "",
            "A stub upstream answers every request with the same 300 bytes. The same query of 200 tokens goes to it "
                    + "directly, through nginx (proxy_pass, one worker), through Portkey's npm gateway, and through "
                    + "TagRouter, once with a named model and once routed. Each gateway has core 0 for itself, stub and "
                    + "load generator share core 1; the ways take turns, and medians of the rounds are reported.",
            "",
            "Throughput is what 32 connections get through when each always waits for an answer. Latency is taken at "
                    + "a fixed rate and counted from when a request was due, so that a stall shows in every request "
                    + "that was due meanwhile; what is reported is the difference to the direct way. Before the rounds each way is "
                    + "loaded until its throughput stands still, as a JVM's does once warm. A run counts "
                    + "only where the direct way carries 1.5 times what nginx does: else stub and generator were the "
                    + "bottleneck. Start and memory are measured first, on all cores, with and without the AOT cache.",
            "",
            "Load goes to 127.0.0.1 only. Portkey's gateway is installed with npm on first use, under "
                    + "~/.cache/tagrouter/bench; where nginx or Node is missing, that row says what to install. "
                    + "Takes about ten minutes, with --quick two; leave the machine alone meanwhile.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tagrouter bench",
            "  tagrouter bench --quick --ways nginx,routed",
            "  tagrouter bench --out gateway.md --json > gateway.json",
            "  tagrouter bench streams --streams 2000",
            "  tagrouter bench soak --minutes 20"
        })
final class BenchCommand implements Callable<Integer> {
    /** The launcher says where it lies. */
    private static final String LAUNCHER = "tagrouter.launcher";

    private static final String USUAL = "./tagrouter bench";

    private static final Path USUAL_OUT = Path.of("docs", "benchmarks", "gateway.md");

    private final Io io;

    @Option(names = "--quick", description = "Short runs: to see that everything works, not for figures.")
    private boolean quick;

    @Option(
            names = "--ways",
            split = ",",
            paramLabel = "W",
            description = "What to load, of direct, nginx, portkey, named, routed (default: all); direct always is.")
    private Set<Way> ways = EnumSet.allOf(Way.class);

    @Option(names = "--rounds", paramLabel = "N", description = "How often each way is loaded (default: 3).")
    private int rounds = 3;

    @Option(names = "--connections", paramLabel = "N", description = "Connections that carry the load (default: 32).")
    private int connections = 32;

    @Option(names = "--rate", paramLabel = "N", description = "Requests a second for latency (default: 1000).")
    private int rate = 1000;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "The report to write (default: docs/benchmarks/gateway.md beside the launcher, and none where an "
                            + "option changes what is measured).")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print JSON instead of tables.")
    private boolean json;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    BenchCommand(Io io) {
        this.io = io;
    }

    static CommandLine withSubcommands(Io io) {
        return new CommandLine(new BenchCommand(io))
                .addSubcommand(new BenchStreamsCommand(io))
                .addSubcommand(new BenchSoakCommand(io))
                .addSubcommand(new BenchGrowthCommand(io));
    }

    @Override
    public Integer call() throws IOException {
        Path launcher = launcher();
        Path report = report(launcher);
        Outcome outcome;
        try (StepProgress progress = new StepProgress(io, quiet)) {
            outcome = Comparison.run(settings(launcher), progress::report);
        }
        if (json) {
            Json.print(io.out(), BenchReport.json(outcome));
        } else {
            BenchReport.print(outcome, io.out());
        }
        if (report != null) {
            Files.writeString(report, BenchReport.markdown(outcome, commandLine()));
            if (!json) {
                io.out().println("Written to " + report);
            }
        }
        return 0;
    }

    /** @throws UsageException when the program was not started by it */
    static Path launcher() {
        String path = System.getProperty(LAUNCHER);
        if (path == null || !Files.isExecutable(Path.of(path))) {
            throw new UsageException("bench starts the gateway by the launcher, which is not at '" + path
                    + "'; run it as ./tagrouter bench");
        }
        return Path.of(path);
    }

    private Settings settings(Path launcher) {
        try {
            return new Settings(
                    launcher,
                    Path.of(System.getProperty("user.home"), ".cache", "tagrouter", "bench"),
                    ways,
                    rounds,
                    connections,
                    rate,
                    quick ? Settings.Times.QUICK : Settings.Times.FULL);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage());
        }
    }

    /** Where the report goes, or null where none is wanted. */
    private @Nullable Path report(Path launcher) {
        Path chosen = out;
        if (chosen == null) {
            Path usual = launcher.resolveSibling(USUAL_OUT);
            return measuresAsUsual() && isInFolder(usual) ? usual : null;
        }
        if (!isInFolder(chosen)) {
            throw new UsageException("--out is '" + chosen + "', in a folder that is not there or not writable");
        }
        return chosen;
    }

    private static boolean isInFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder != null && Files.isWritable(folder);
    }

    /** Whether no option changes what is measured: only such a run may stand for the last one without being asked to. */
    boolean measuresAsUsual() {
        return commandLine().equals(USUAL);
    }

    private String commandLine() {
        return USUAL
                + (quick ? " --quick" : "")
                + (ways.size() == Way.values().length ? "" : " --ways " + String.join(",", keys()))
                + (rounds == 3 ? "" : " --rounds " + rounds)
                + (connections == 32 ? "" : " --connections " + connections)
                + (rate == 1000 ? "" : " --rate " + rate);
    }

    private List<String> keys() {
        return ways.stream().sorted().map(Way::key).toList();
    }
}
