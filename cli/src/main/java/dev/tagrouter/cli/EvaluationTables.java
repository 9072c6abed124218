package dev.tagrouter.cli;

import dev.tagrouter.lab.evaluation.PoolResult;
import dev.tagrouter.lab.evaluation.Score;
import dev.tagrouter.lab.evaluation.SetSummary;
import dev.tagrouter.lab.metric.Resampled;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The results of an evaluation for people: a table for each pool, then the means over pools of one set. */
final class EvaluationTables {
    private final List<PoolResult> results;

    EvaluationTables(List<PoolResult> results) {
        this.results = results;
    }

    void print(PrintWriter out) {
        for (PoolResult result : results) {
            pool(out, result);
        }
        for (SetSummary summary : SetSummary.of(results)) {
            summary(out, summary);
        }
        times(out);
        out.println();
        out.println(
                "[ ]: 95 % intervals over queries. gain: of the area over a random router, in points. p: that ours is"
                        + " not better.");
        out.println("Uplift and saving are against the best single model in hindsight; theta was chosen on validation"
                + " folds.");
    }

    private static void pool(PrintWriter out, PoolResult result) {
        boolean two = result.hasTwoModels();
        out.printf(
                "%nPool %s: %,d queries%s, best single model %s%n",
                result.pool().name(),
                result.queries(),
                result.leftOut() == 0
                        ? ""
                        : String.format(Locale.ROOT, " (%,d left out: a candidate not judged)", result.leftOut()),
                result.bestSingle());
        TextTable table = new TextTable()
                .left("method")
                .right(two ? "AR %" : "quality %")
                .right("uplift")
                .right("")
                .right("USD/1k")
                .right("saving")
                .right("rank")
                .right(two ? "AUC %" : "area %")
                .right("gain")
                .right("")
                .right("p");
        for (Score score : result.scores()) {
            Score.Line point = score.point();
            table.row(
                    score.method(),
                    percent(two ? point.acceptRate() : point.quality()),
                    Figures.change(two ? point.uplift() : point.qualityUplift()),
                    interval(score.uplift()),
                    fixed("%.3f", 1_000 * point.costUsd()),
                    Figures.change(point.costSaving()),
                    fixed("%.3f", point.rank()),
                    percent(score.area()),
                    Double.isNaN(score.area()) ? "-" : fixed("%+.2f", 100 * result.gainOverRandom(score.method())),
                    interval(score.gain()),
                    p(score.pValueVsOurs()));
        }
        table.print(out);
    }

    private static void summary(PrintWriter out, SetSummary summary) {
        out.printf("%nMean over the %d pools of two of %s%n", summary.pools(), summary.data());
        TextTable table = new TextTable()
                .left("method")
                .right("AUC gain")
                .right("")
                .right("PAUC %")
                .right("p");
        for (SetSummary.Row row : summary.rows()) {
            table.row(
                    row.method(),
                    fixed("%+.2f", 100 * row.gain()),
                    interval(row.interval()),
                    percent(row.pauc()),
                    p(row.pValueVsOurs()));
        }
        table.print(out);
    }

    /** Decision and training times do not depend much on the pool: the last one's stand for all. */
    private void times(PrintWriter out) {
        if (results.isEmpty()) {
            return;
        }
        PoolResult last = results.getLast();
        out.printf("%nTimes on pool %s%n", last.pool().name());
        TextTable table = new TextTable()
                .left("method")
                .right("decision p50 us")
                .right("p99 us")
                .right("training s")
                .left("settings");
        for (Score score : last.scores()) {
            Score.Micros micros = score.micros();
            if (micros != null) {
                table.row(
                        score.method(),
                        fixed("%.1f", micros.p50()),
                        fixed("%.1f", micros.p99()),
                        fixed("%.2f", score.trainSeconds()),
                        String.join(" ", score.settings()));
            }
        }
        table.print(out);
    }

    private static String interval(@Nullable Resampled resampled) {
        return resampled == null ? "" : interval(resampled.interval());
    }

    private static String interval(Resampled.Interval interval) {
        return fixed("[%+.1f ", 100 * interval.low()) + fixed("%+.1f]", 100 * interval.high());
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "-" : fixed("%.2f", 100 * share);
    }

    private static String p(double value) {
        return Double.isNaN(value) ? "" : fixed("%.3f", value);
    }

    private static String fixed(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
