package dev.tagrouter.cli;

import dev.tagrouter.lab.baseline.Methods;
import dev.tagrouter.lab.evaluation.AblationResult;
import dev.tagrouter.lab.evaluation.AblationRow;
import dev.tagrouter.lab.evaluation.AblationRow.Kind;
import dev.tagrouter.lab.evaluation.Gain;
import dev.tagrouter.lab.evaluation.Variants;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An ablation for people: a row for each variant, then how much of the teacher's gain the student keeps. */
final class AblationTable {
    private static final List<String> METHODS = List.of(Methods.OURS, Methods.PUBLISHED);

    private final AblationResult result;

    AblationTable(AblationResult result) {
        this.result = result;
    }

    void print(PrintWriter out) {
        out.printf("%nMean over %d pools of two, %,d queries%n", result.pools().size(), result.queries());
        TextTable table = new TextTable().left("variant").left("").right("F1").right("canonical");
        for (String method : METHODS) {
            table.right(method).right("").right("to all").right("");
        }
        result.rows().forEach(row -> table.row(cells(row)));
        table.print(out);
        kept(out);
        out.println();
        out.println(
                "F1: of taggers trained without the query's fold. Then, by method: gain of AUC over a random router, in"
                        + " points, and its difference to 'all'. [ ]: 95 % intervals over queries.");
        if (result.untagged() > 0) {
            out.printf(
                    "No teacher tagged %,d queries of the set; the rows of the teacher route them without tags.%n",
                    result.untagged());
        }
    }

    private List<String> cells(AblationRow row) {
        List<String> cells = new ArrayList<>(
                List.of(row.name(), row.description(), Figures.quality(row.f1()), Figures.quality(row.canonicalF1())));
        for (String method : METHODS) {
            cells.addAll(
                    row.has(method)
                            ? routing(row, method)
                            : List.of(row.kind() == Kind.TIE_VALUE ? "counts no ties" : "-", "", "", ""));
        }
        return cells;
    }

    private List<String> routing(AblationRow row, String method) {
        Gain gain = row.gain(method);
        if (row.name().equals(Variants.STANDARD)) {
            return List.of(points(gain), interval(gain), "", "");
        }
        Gain difference = result.difference(row, method);
        return List.of(points(gain), interval(gain), points(difference), interval(difference));
    }

    private void kept(PrintWriter out) {
        List<AblationRow> teacher =
                result.rows().stream().filter(row -> row.kind() == Kind.TEACHER).toList();
        if (!teacher.isEmpty()) {
            out.println();
        }
        for (AblationRow row : teacher) {
            for (String method : METHODS) {
                Gain kept = result.kept(row, method);
                out.printf(
                        Locale.ROOT,
                        "The student keeps %.0f %% [%.0f %.0f] of the gain of %s with %s%n",
                        100 * kept.value(),
                        100 * kept.interval().low(),
                        100 * kept.interval().high(),
                        row.name(),
                        method);
            }
        }
    }

    private static String points(Gain gain) {
        return String.format(Locale.ROOT, "%+.2f", 100 * gain.value());
    }

    private static String interval(Gain gain) {
        return String.format(
                Locale.ROOT,
                "[%+.1f %+.1f]",
                100 * gain.interval().low(),
                100 * gain.interval().high());
    }
}
