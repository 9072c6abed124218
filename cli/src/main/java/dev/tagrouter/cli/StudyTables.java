package dev.tagrouter.cli;

import dev.tagrouter.lab.evaluation.DataStudy;
import dev.tagrouter.lab.evaluation.Gain;
import dev.tagrouter.lab.evaluation.GrowthStudy;
import dev.tagrouter.lab.evaluation.NewModelStudy;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What studies found, for people. */
final class StudyTables {
    private static final String INTERVALS = "[ ]: 95 % intervals over queries, paired.";

    private StudyTables() {}

    static void data(List<DataStudy.Row> rows, PrintWriter out) {
        for (String pool : rows.stream().map(DataStudy.Row::pool).distinct().toList()) {
            List<DataStudy.Row> own =
                    rows.stream().filter(row -> row.pool().equals(pool)).toList();
            int pools = own.getFirst().pools();
            out.printf("%n%s%n", pools == 1 ? "Pool " + pool : "Mean over " + pools + " pools of two of " + pool);
            TextTable table = new TextTable()
                    .left("method")
                    .right("judgments")
                    .right("queries")
                    .right("area %")
                    .right("gain")
                    .right("")
                    .right("less than all")
                    .right("")
                    .right("AR or quality %")
                    .right("USD/1k");
            for (DataStudy.Row row : own) {
                table.row(
                        row.method(),
                        format("%.0f %%", 100 * row.share()),
                        format("%,.0f", row.judged()),
                        percent(row.area()),
                        format("%+.2f", 100 * row.gain().value()),
                        interval(row.gain()),
                        row.share() == 1 ? "" : format("%+.2f", 100 * row.loss().value()),
                        row.share() == 1 ? "" : interval(row.loss()),
                        percent(row.headline()),
                        format("%.3f", 1_000 * row.costUsd()));
            }
            table.print(out);
        }
        out.println();
        out.println(
                "gain: of the area over a random router, in points; queries: learned from while one fold is tested. "
                        + INTERVALS);
    }

    static void newModel(List<NewModelStudy.Row> rows, PrintWriter out) {
        TextTable table = new TextTable()
                .left("pool")
                .left("method")
                .left("new model")
                .right("judged")
                .right("area %")
                .right("of all %")
                .right("")
                .right("quality %")
                .right("of all %")
                .right("")
                .right("sent %");
        for (NewModelStudy.Row row : rows) {
            table.row(
                    row.pool(),
                    row.method(),
                    row.model().isEmpty() ? "(mean)" : row.model(),
                    row.judged() == NewModelStudy.ALL ? "all" : Integer.toString(row.judged()),
                    percent(row.area()),
                    percent(row.areaShare()),
                    interval(row.areaShare()),
                    percent(row.quality()),
                    percent(row.qualityShare()),
                    interval(row.qualityShare()),
                    format("%.1f", 100 * row.sent()));
        }
        table.print(out);
        out.println();
        out.println("sent: queries given to the new model, at the theta from before it came. " + INTERVALS);
    }

    static void growth(GrowthStudy.Result result, PrintWriter out) {
        TextTable table = new TextTable()
                .left("pool")
                .right("models")
                .left("method")
                .right("area %")
                .right("rise")
                .right("")
                .right("quality %")
                .right("rise")
                .right("")
                .right("USD/1k")
                .right("best single %")
                .right("oracle %");
        for (GrowthStudy.Row row : result.rows()) {
            table.row(
                    row.pool(),
                    Integer.toString(row.models()),
                    row.method(),
                    percent(row.area()),
                    points(row.areaRise()),
                    interval(row.areaRise()),
                    percent(row.quality()),
                    points(row.qualityRise()),
                    interval(row.qualityRise()),
                    format("%.3f", 1_000 * row.costUsd()),
                    format("%.2f", 100 * row.bestSingle()),
                    format("%.2f", 100 * row.oracle()));
        }
        table.print(out);
        out.println();
        int changed = 0;
        for (GrowthStudy.Addition addition : result.additions()) {
            changed += addition.columns() - addition.unchanged();
            out.printf(
                    "Added %s: %d of %d columns unchanged, bit for bit%n",
                    addition.model(), addition.unchanged(), addition.columns());
        }
        out.println(changed == 0 ? "No column changed." : changed + " columns changed.");
        out.println("area: over the costs of the largest pool; rise: over the step before, in points. " + INTERVALS);
    }

    private static String points(@Nullable Gain gain) {
        return gain == null ? "" : format("%+.2f", 100 * gain.value());
    }

    private static String percent(Gain gain) {
        return format("%.2f", 100 * gain.value());
    }

    private static String interval(@Nullable Gain gain) {
        return gain == null
                ? ""
                : format("[%.2f ", 100 * gain.interval().low())
                        + format("%.2f]", 100 * gain.interval().high());
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
