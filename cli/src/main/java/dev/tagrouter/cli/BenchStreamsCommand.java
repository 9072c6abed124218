package dev.tagrouter.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.benchmarks.comparison.Endurance;
import dev.tagrouter.benchmarks.load.StreamResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tagrouter bench streams}: what many streams at once cost. */
@Command(
        name = "streams",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Measures many streams at once through the gateway, through nginx where it is installed, and straight to the stub.",
            "",
            "The stub sends 100 tokens on each stream, one every 50 ms; a stream that has ended is asked for anew. The "
                    + "gateway has core 0 and a heap of 256 MB; stub and generator share core 1. nginx, which only hands on, shows "
                    + "what a way through another process costs at least. Before it is measured the gateway carries such streams "
                    + "until its compilers are quiet, five minutes at most: on one core they take turns with it. Reported are the time to "
                    + "the first token and the time between two, the longest too: what is above 50 ms is delay.",
            ""
        },
        footer = {"", "Examples:", "  tagrouter bench streams", "  tagrouter bench streams --streams 2000 --seconds 60"
        })
final class BenchStreamsCommand implements Callable<Integer> {
    private static final int MOST = 10_000;

    private final Io io;

    @Option(names = "--streams", paramLabel = "N", description = "How many at once (default: 500).")
    private int streams = 500;

    @Option(names = "--seconds", paramLabel = "N", description = "How long each way is measured (default: 30).")
    private int seconds = 30;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    BenchStreamsCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        if (streams < 1 || streams > MOST) {
            throw new UsageException("--streams is " + streams + "; give 1 to " + MOST);
        }
        if (seconds < 6) {
            throw new UsageException("--seconds is " + seconds + "; give 6 or more, as a stream takes 5");
        }
        Path launcher = BenchCommand.launcher();
        Endurance.Streams found;
        try (StepProgress progress = new StepProgress(io, quiet)) {
            found = Endurance.streams(launcher, streams, Duration.ofSeconds(seconds), progress::report);
        }
        if (json) {
            Json.print(io.out(), json(found));
        } else {
            print(found);
        }
        return 0;
    }

    private void print(Endurance.Streams found) {
        TextTable table = new TextTable()
                .left("way")
                .right("streams")
                .right("tokens/s")
                .right("first p50 ms")
                .right("p99")
                .right("gap p50 ms")
                .right("p99")
                .right("max")
                .right("ended")
                .right("failed");
        row(table, "straight to the stub", found.direct());
        StreamResult proxied = found.proxied();
        if (proxied != null) {
            row(table, "nginx, proxy_pass", proxied);
        }
        row(table, "TagRouter, routed", found.routed());
        table.print(io.out());
        io.out()
                .printf(
                        Locale.ROOT,
                        "TagRouter, after %d s of such streams, adds %.1f ms to the first token's p99%s; the longest time between"
                                + " two tokens is %.0f ms; %.0f MB resident at the end, with a heap of 256 MB at most.%n",
                        found.warmUp().toSeconds(),
                        addedMillis(found, found.routed()),
                        proxied == null
                                ? ""
                                : String.format(Locale.ROOT, ", nginx %.1f ms", addedMillis(found, proxied)),
                        found.routed().gap().max() / 1e3,
                        found.loadedBytes() / 1e6);
    }

    private static double addedMillis(Endurance.Streams found, StreamResult way) {
        return (way.first().p99() - found.direct().first().p99()) / 1e3;
    }

    private static void row(TextTable table, String way, StreamResult result) {
        table.row(
                way,
                Integer.toString(result.streams()),
                String.format(Locale.ROOT, "%,.0f", result.perSecond()),
                millis(result.first().p50()),
                millis(result.first().p99()),
                millis(result.gap().p50()),
                millis(result.gap().p99()),
                millis(result.gap().max()),
                Long.toString(result.ended()),
                Long.toString(result.failed()));
    }

    private static String millis(double micros) {
        return String.format(Locale.ROOT, "%.1f", micros / 1e3);
    }

    private static ObjectNode json(Endurance.Streams found) {
        ObjectNode root = Json.object();
        root.set("direct", json(found.direct()));
        StreamResult proxied = found.proxied();
        root.set("nginx", proxied == null ? null : json(proxied));
        root.set("routed", json(found.routed()));
        root.put("warmUpSeconds", found.warmUp().toSeconds());
        return root.put("residentBytes", found.loadedBytes());
    }

    private static ObjectNode json(StreamResult result) {
        ObjectNode node = Json.object()
                .put("streams", result.streams())
                .put("ended", result.ended())
                .put("failed", result.failed())
                .put("perSecond", result.perSecond());
        node.set("firstMicros", BenchReport.json(result.first()));
        node.set("gapMicros", BenchReport.json(result.gap()));
        return node;
    }
}
