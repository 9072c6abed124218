package dev.tagrouter.cli;

import dev.tagrouter.lab.tagger.TaggedQuery;
import dev.tagrouter.lab.tagger.TaggerReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** How well a tagger does, as tables and a reliability diagram that a terminal can show. */
final class TaggerReportText {
    private static final int BAR_CELLS = 40;

    private final TaggerReport report;
    private final PrintWriter out;

    TaggerReportText(TaggerReport report, PrintWriter out) {
        this.report = report;
        this.out = out;
    }

    /** @param leftOut sources that were not trained on */
    void print(Set<String> leftOut) {
        if (report.row(query -> true).count() == 0) {
            out.println("No query is marked as test (\"split\": \"test\"), so there is nothing to measure F1 on.");
            return;
        }
        kinds(leftOut);
        out.println();
        bands();
        out.println();
        reliability();
    }

    private void kinds(Set<String> leftOut) {
        TextTable table = new TextTable()
                .left("test queries")
                .right("count")
                .right("F1")
                .right("by canonical name")
                .right("without 'chinese language'");
        row(table, "all", query -> true);
        if (!leftOut.isEmpty()) {
            row(table, "of the sources trained on", query -> !leftOut.contains(query.source()));
            row(table, "of the sources left out", query -> leftOut.contains(query.source()));
        }
        row(table, "English", query -> query.language().equals("en"));
        row(table, "Chinese", query -> query.language().equals("zh"));
        row(table, "several turns", query -> query.query().turns().size() > 1);
        for (String source : report.sources()) {
            row(table, "from " + source, query -> query.source().equals(source));
        }
        table.print(out);
    }

    private void row(TextTable table, String label, Predicate<TaggedQuery> kind) {
        TaggerReport.Row row = report.row(kind);
        if (row.count() > 0) {
            table.row(
                    label,
                    Long.toString(row.count()),
                    Figures.quality(row.exact()),
                    Figures.quality(row.canonical()),
                    Figures.quality(row.withoutLanguage()));
        }
    }

    private void bands() {
        TextTable table = new TextTable()
                .left("tags")
                .right("in the vocabulary")
                .right("written")
                .right("precision")
                .right("recall")
                .right("F1");
        for (TaggerReport.Band band : report.bands()) {
            table.row(
                    band.label(),
                    Integer.toString(band.tags()),
                    Long.toString(band.written()),
                    Figures.quality(band.precision()),
                    Figures.quality(band.recall()),
                    Figures.quality(band.f1()));
        }
        table.print(out);
    }

    private void reliability() {
        List<TaggerReport.Bin> bins = report.reliability();
        if (bins.isEmpty()) {
            return;
        }
        TextTable table = new TextTable()
                .right("stated tags")
                .right("confidence")
                .right("right")
                .left("");
        for (TaggerReport.Bin bin : bins) {
            table.row(
                    Long.toString(bin.count()),
                    Figures.quality(bin.confidence()),
                    Figures.quality(bin.right()),
                    bar(bin));
        }
        table.print(out);
        out.printf(
                "Expected calibration error %s (bars: how many are right; |: how many should be)%n",
                Figures.quality(TaggerReport.calibrationError(bins)));
    }

    private static String bar(TaggerReport.Bin bin) {
        int right = (int) Math.round(bin.right() * BAR_CELLS);
        int expected = (int) Math.round(bin.confidence() * BAR_CELLS);
        StringBuilder bar = new StringBuilder();
        for (int cell = 1; cell <= Math.max(right, expected); cell++) {
            bar.append(cell == expected ? '|' : cell <= right ? '#' : ' ');
        }
        return bar.toString();
    }
}
