package dev.tagrouter.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.benchmarks.comparison.Machine;
import dev.tagrouter.benchmarks.comparison.Outcome;
import dev.tagrouter.benchmarks.comparison.Way;
import dev.tagrouter.benchmarks.load.LoadResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code tagrouter bench} found, for a terminal, as a page and as JSON. */
final class BenchReport {
    private static final double MEGABYTE = 1e6;
    private static final List<String> COLUMNS =
            List.of("way", "requests/s", "of nginx", "p50 us", "p99 us", "added p50 ms", "added p99 ms", "failed");

    private BenchReport() {}

    static void print(Outcome outcome, PrintWriter out) {
        TextTable table = new TextTable().left(COLUMNS.getFirst());
        COLUMNS.stream().skip(1).forEach(table::right);
        rows(outcome).forEach(table::row);
        table.print(out);
        notes(outcome).forEach(out::println);
    }

    static String markdown(Outcome outcome, String command) {
        StringBuilder page = new StringBuilder("# The gateway beside others\n");
        Machine machine = outcome.machine();
        page.append("Written by `")
                .append(command)
                .append("`; what stands behind the figures is in [gateway-profile.md](gateway-profile.md).\n\n");
        page.append(String.format(
                Locale.ROOT,
                "%s, %d cores, %s; load average before the run %.1f. %s; nginx %s; Node %s.%n%n",
                machine.processor(),
                machine.cores(),
                machine.system(),
                machine.loadAverage(),
                machine.jdk(),
                machine.nginx(),
                machine.node()));
        page.append("| ").append(String.join(" | ", COLUMNS)).append(" |\n");
        page.append("|---").repeat("|---:", COLUMNS.size() - 1).append("|\n");
        for (List<String> row : rows(outcome)) {
            page.append("| ").append(String.join(" | ", row)).append(" |\n");
        }
        page.append('\n');
        notes(outcome).forEach(note -> page.append("- ").append(note).append('\n'));
        return page.toString();
    }

    private static List<List<String>> rows(Outcome outcome) {
        List<List<String>> rows = new ArrayList<>();
        int rate = outcome.settings().perSecond();
        for (Outcome.Measured measured : outcome.ways()) {
            Way way = measured.way();
            boolean direct = way == Way.DIRECT;
            boolean carries = measured.carries(rate);
            rows.add(List.of(
                    way.label(),
                    figure("%,.0f", measured.perSecond()),
                    figure("%.0f %%", 100 * outcome.shareOfNginx(way)),
                    carries ? figure("%,.0f", measured.p50Micros()) : "-",
                    carries ? figure("%,.0f", measured.p99Micros()) : "-",
                    carries && !direct ? figure("%.2f", outcome.addedP50Micros(way) / 1e3) : "-",
                    carries && !direct ? figure("%.2f", outcome.addedP99Micros(way) / 1e3) : "-",
                    Long.toString(measured.failed())));
        }
        return rows;
    }

    private static List<String> notes(Outcome outcome) {
        List<String> notes = new ArrayList<>();
        notes.add(String.format(
                Locale.ROOT,
                "Throughput: %d connections, each always waiting for an answer. Latency: %,d requests a second on "
                        + "schedule, counted from when each was due. Medians of %d rounds%s.",
                outcome.settings().connections(),
                outcome.settings().perSecond(),
                outcome.settings().rounds(),
                outcome.pinned() ? "; gateways on core 0, stub and generator on core 1" : ""));
        notes.add("Before the first round each way was loaded until its throughput stood still, at most "
                + outcome.settings().times().settleMost().toSeconds() + " s: "
                + outcome.ways().stream()
                        .filter(measured -> !measured.settled().isZero())
                        .map(measured -> measured.way().label() + " "
                                + measured.settled().toSeconds() + " s")
                        .collect(Collectors.joining("; "))
                + ".");
        notes.add(validity(outcome));
        for (Outcome.Measured measured : outcome.ways()) {
            if (measured.missing() != null) {
                notes.add(measured.way().label() + ": " + measured.missing());
            } else if (!measured.carries(outcome.settings().perSecond())) {
                notes.add(String.format(
                        Locale.ROOT,
                        "%s does not carry %,d requests a second, so that it has no latency there.",
                        measured.way().label(),
                        outcome.settings().perSecond()));
            }
        }
        for (Outcome.Start start : outcome.starts()) {
            notes.add(String.format(
                    Locale.ROOT,
                    "TagRouter %s its AOT cache: ready after %.0f ms, %.0f MB resident when idle (medians of %d starts, "
                            + "all cores, from the launcher's first line to /health/ready).",
                    start.withCache() ? "with" : "without",
                    start.medianReadyMillis(),
                    start.medianIdleBytes() / MEGABYTE,
                    start.readyMillis().size()));
        }
        if (outcome.loadedBytes() > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "TagRouter after the last round: %.0f MB resident.",
                    outcome.loadedBytes() / MEGABYTE));
        }
        return notes;
    }

    private static String validity(Outcome outcome) {
        double headroom = outcome.shareOfNginx(Way.DIRECT);
        if (outcome.counts()) {
            return String.format(
                    Locale.ROOT, "The run counts: the direct way carries %.1f times what nginx does.", headroom);
        }
        return "The run does NOT count: "
                + (Double.isNaN(headroom)
                        ? "nginx was not measured, so that nothing says whether stub and generator were the bottleneck."
                        : !outcome.pinned()
                                ? "processes could not be bound to cores; that needs two cores and taskset (util-linux)."
                                : headroom < Outcome.HEADROOM
                                        ? String.format(
                                                Locale.ROOT,
                                                "the direct way carries %.1f times what nginx does, less than %.1f, so "
                                                        + "that stub and generator were the bottleneck.",
                                                headroom,
                                                Outcome.HEADROOM)
                                        : "requests failed.");
    }

    static ObjectNode json(Outcome outcome) {
        ObjectNode root = Json.object();
        Machine machine = outcome.machine();
        root.putObject("machine")
                .put("processor", machine.processor())
                .put("cores", machine.cores())
                .put("system", machine.system())
                .put("loadAverage", machine.loadAverage())
                .put("jdk", machine.jdk())
                .put("nginx", machine.nginx())
                .put("node", machine.node());
        root.put("counts", outcome.counts());
        root.put("connections", outcome.settings().connections());
        root.put("ratePerSecond", outcome.settings().perSecond());
        root.put("rounds", outcome.settings().rounds());
        ArrayNode ways = root.putArray("ways");
        for (Outcome.Measured measured : outcome.ways()) {
            ObjectNode way = ways.addObject().put("way", measured.way().key());
            Json.putFinite(way, "perSecond", measured.perSecond());
            Json.putFinite(way, "shareOfNginx", outcome.shareOfNginx(measured.way()));
            boolean carries = measured.carries(outcome.settings().perSecond());
            Json.putFinite(way, "p50Micros", carries ? measured.p50Micros() : Double.NaN);
            Json.putFinite(way, "p99Micros", carries ? measured.p99Micros() : Double.NaN);
            Json.putFinite(way, "addedP50Micros", carries ? outcome.addedP50Micros(measured.way()) : Double.NaN);
            Json.putFinite(way, "addedP99Micros", carries ? outcome.addedP99Micros(measured.way()) : Double.NaN);
            way.put("settledSeconds", measured.settled().toSeconds());
            way.put("failed", measured.failed());
            way.put("missing", measured.missing());
        }
        ArrayNode starts = root.putArray("starts");
        for (Outcome.Start start : outcome.starts()) {
            starts.addObject()
                    .put("aotCache", start.withCache())
                    .put("readyMillis", start.medianReadyMillis())
                    .put("idleBytes", (long) start.medianIdleBytes());
        }
        root.put("loadedBytes", outcome.loadedBytes());
        return root;
    }

    static ObjectNode json(LoadResult.Spread micros) {
        return Json.object().put("p50", micros.p50()).put("p99", micros.p99()).put("max", micros.max());
    }

    private static String figure(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
    }
}
