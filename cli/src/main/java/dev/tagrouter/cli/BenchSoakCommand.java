package dev.tagrouter.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.benchmarks.comparison.Endurance;
import dev.tagrouter.benchmarks.comparison.Endurance.Minute;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tagrouter bench soak}: whether the gateway grows under load. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Keeps the gateway at 70 %% of what it carries, and looks every minute whether it grows.",
            "",
            "The gateway has core 0 and a heap of 256 MB; stub and generator share core 1. Every minute: requests, "
                    + "latency, resident memory, heap in use after a collection, threads, open descriptors.",
            ""
        },
        footer = {"", "Examples:", "  tagrouter bench soak", "  tagrouter bench soak --minutes 60 --json"})
final class BenchSoakCommand implements Callable<Integer> {
    private static final int MOST = 10_000;

    private final Io io;

    @Option(names = "--minutes", paramLabel = "N", description = "How long (default: 20).")
    private int minutes = 20;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    BenchSoakCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        if (minutes < 1 || minutes > MOST) {
            throw new UsageException("--minutes is " + minutes + "; give 1 to " + MOST);
        }
        Path launcher = BenchCommand.launcher();
        Endurance.Soak soak;
        try (StepProgress progress = new StepProgress(io, quiet)) {
            soak = Endurance.soak(launcher, minutes, progress::report);
        }
        if (json) {
            Json.print(io.out(), json(soak));
        } else {
            print(soak);
        }
        return 0;
    }

    private void print(Endurance.Soak soak) {
        TextTable table = new TextTable()
                .right("minute")
                .right("requests/s")
                .right("failed")
                .right("p50 us")
                .right("p99 us")
                .right("resident MB")
                .right("heap MB")
                .right("threads")
                .right("descriptors");
        int number = 0;
        for (Minute minute : soak.minutes()) {
            table.row(
                    Integer.toString(++number),
                    rounded(minute.load().perSecond()),
                    Long.toString(minute.load().failed()),
                    rounded(minute.load().latency().p50()),
                    rounded(minute.load().latency().p99()),
                    rounded(minute.resident() / 1e6),
                    String.format(Locale.ROOT, "%.1f", minute.heap() / 1e6),
                    Long.toString(minute.threads()),
                    Long.toString(minute.descriptors()));
        }
        table.print(io.out());
        io.out().printf(Locale.ROOT, "At %,d requests a second, 70 %% of what it carried.%n", soak.perSecond());
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static ObjectNode json(Endurance.Soak soak) {
        ObjectNode root = Json.object().put("perSecond", soak.perSecond());
        ArrayNode minutes = root.putArray("minutes");
        for (Minute minute : soak.minutes()) {
            minutes.addObject()
                    .put("perSecond", minute.load().perSecond())
                    .put("failed", minute.load().failed())
                    .put("residentBytes", minute.resident())
                    .put("heapBytes", minute.heap())
                    .put("threads", minute.threads())
                    .put("descriptors", minute.descriptors())
                    .set("latencyMicros", BenchReport.json(minute.load().latency()));
        }
        return root;
    }
}
