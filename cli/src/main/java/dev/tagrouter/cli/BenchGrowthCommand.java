package dev.tagrouter.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tagrouter.benchmarks.comparison.Growth;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tagrouter bench growth}: what the gateway carries as pool and vocabulary grow. */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Measures what the gateway carries as the pool and the vocabulary grow, on made-up profiles.",
            "",
            "The gateway has core 0; stub and generator share core 1. Every size is started anew and takes as many "
                    + "requests of 200 tokens as it can: first routed, then for a named model.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tagrouter bench growth",
            "  tagrouter bench growth --sizes 10x500,100x1600 --seconds 20 --json"
        })
final class BenchGrowthCommand implements Callable<Integer> {
    /** What 256 MB of a profile's table hold. */
    private static final int MOST_CELLS = 3_000_000;

    private final Io io;

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "MODELSxTAGS",
            description = "Sizes in turn (default: 1, 10, 100 and 500 models by 500 tags; 10 models by 100, 1,000 and "
                    + "5,000 tags; 100 by 1,600).")
    private List<String> sizes =
            List.of("1x500", "10x500", "100x500", "500x500", "10x100", "10x1000", "10x5000", "100x1600");

    @Option(names = "--seconds", paramLabel = "N", description = "How long each load is measured (default: 8).")
    private int seconds = 8;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    BenchGrowthCommand(Io io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        List<Growth.Size> asked = new ArrayList<>();
        for (String size : sizes) {
            asked.add(size(size));
        }
        if (seconds < 1 || seconds > 3600) {
            throw new UsageException("--seconds is " + seconds + "; give 1 to 3600");
        }
        Path launcher = BenchCommand.launcher();
        List<Growth.Row> rows;
        try (StepProgress progress = new StepProgress(io, quiet)) {
            rows = Growth.run(
                    launcher, asked, Duration.ofSeconds(seconds), MadeUpProfile::write, progress::report, row -> {
                        progress.leaveLine();
                        tell(row);
                    });
        }
        if (json) {
            Json.print(io.out(), json(rows));
        } else {
            print(rows);
        }
        return 0;
    }

    /** One size, so that a run that is cut off was not for nothing. */
    private void tell(Growth.Row row) {
        if (!quiet) {
            io.err()
                    .printf(
                            Locale.ROOT,
                            "tagrouter: %d models, %,d tags: %,.0f routed and %,.0f named requests a second%n",
                            row.size().models(),
                            row.size().tags(),
                            row.routed().perSecond(),
                            row.named().perSecond());
            io.err().flush();
        }
    }

    private static Growth.Size size(String text) {
        String[] parts = text.split("x", -1);
        try {
            Growth.Size size = new Growth.Size(Integer.parseInt(parts[0]), Integer.parseInt(parts[parts.length - 1]));
            if (parts.length == 2
                    && size.models() >= 1
                    && size.tags() >= 32
                    && size.tags() <= 65_535
                    && (long) size.models() * size.tags() <= MOST_CELLS) {
                return size;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageException("--sizes holds '" + text + "'; give MODELSxTAGS such as 10x500: 1 model or more, 32 to"
                + " 65535 tags, at most " + MOST_CELLS + " of both multiplied");
    }

    private void print(List<Growth.Row> rows) {
        TextTable table = new TextTable()
                .right("models")
                .right("tags")
                .right("routed/s")
                .right("of named")
                .right("named/s")
                .right("failed")
                .right("resident MB");
        for (Growth.Row row : rows) {
            table.row(
                    Integer.toString(row.size().models()),
                    String.format(Locale.ROOT, "%,d", row.size().tags()),
                    String.format(Locale.ROOT, "%,.0f", row.routed().perSecond()),
                    String.format(
                            Locale.ROOT,
                            "%.0f %%",
                            100 * row.routed().perSecond() / row.named().perSecond()),
                    String.format(Locale.ROOT, "%,.0f", row.named().perSecond()),
                    Long.toString(row.routed().failed() + row.named().failed()),
                    String.format(Locale.ROOT, "%,.0f", row.residentBytes() / 1e6));
        }
        table.print(io.out());
    }

    private static ArrayNode json(List<Growth.Row> rows) {
        ArrayNode out = JsonNodeFactory.instance.arrayNode();
        for (Growth.Row row : rows) {
            out.addObject()
                    .put("models", row.size().models())
                    .put("tags", row.size().tags())
                    .put("routedPerSecond", row.routed().perSecond())
                    .put("namedPerSecond", row.named().perSecond())
                    .put("failed", row.routed().failed() + row.named().failed())
                    .put("residentBytes", row.residentBytes());
        }
        return out;
    }
}
