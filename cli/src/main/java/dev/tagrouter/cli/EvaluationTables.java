package dev.tagrouter.cli;

import dev.tagrouter.lab.baseline.Methods;
import dev.tagrouter.lab.evaluation.Change;
import dev.tagrouter.lab.evaluation.Contest;
import dev.tagrouter.lab.evaluation.PeerMetrics;
import dev.tagrouter.lab.evaluation.PoolResult;
import dev.tagrouter.lab.evaluation.Score;
import dev.tagrouter.lab.evaluation.SetSummary;
import dev.tagrouter.lab.evaluation.TaskComparison;
import dev.tagrouter.lab.metric.Resampled;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The results of an evaluation for people: a table for each pool, then the means over pools of one set. */
final class EvaluationTables {
    private static final int TASKS_SHOWN = 5;

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
        settings(out);
        out.println();
        out.println(
                "[ ]: 95 % intervals over queries. gain: of the area over a random router, in points. p: that ours is"
                        + " not better; Holm: the same, corrected over those of the thirteen baselines in the table.");
        out.println(
                "2m: routes between the best and the cheapest single model of the training folds, whatever the pool.");
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
                .right("p")
                .right("Holm")
                .right("p50 us")
                .right("p99 us")
                .right("train s");
        Contest contest = result.contest();
        for (Score score : result.scores()) {
            Score.Line point = score.point();
            Score.Micros micros = score.micros();
            table.row(
                    score.method() + (score.playsTwoModels() ? " 2m" : ""),
                    percent(two ? point.acceptRate() : point.quality()),
                    Figures.change(two ? point.uplift() : point.qualityUplift()),
                    interval(score.uplift()),
                    fixed("%.3f", 1_000 * point.costUsd()),
                    Figures.change(point.costSaving()),
                    fixed("%.3f", point.rank()),
                    percent(score.area()),
                    Double.isNaN(score.area()) ? "-" : fixed("%+.2f", 100 * result.gainOverRandom(score.method())),
                    interval(score.gain()),
                    p(score.pValueVsOurs()),
                    p(contest.holm(score.method())),
                    micros == null ? "" : fixed("%.1f", micros.p50()),
                    micros == null ? "" : fixed("%.1f", micros.p99()),
                    micros == null ? "" : fixed("%.2f", score.trainSeconds()));
        }
        table.print(out);
        out.println(beaten(contest));
        changes(out, result.changes());
        if (result.savingsArePriceMix()) {
            out.println(
                    "Savings are price mix: the data tell no answer's length, so that the same was assumed for all.");
        }
        peers(out, result);
        tasks(out, result);
    }

    private static String beaten(Contest contest) {
        return String.format(
                Locale.ROOT,
                "Beaten with p < .05: %d of %d methods; of the thirteen baselines %d of the %d here, %d after Holm's"
                        + " correction over %d.",
                contest.beaten(),
                contest.methods(),
                contest.baselinesBeaten(),
                contest.corrected(),
                contest.baselinesBeatenHolm(),
                contest.corrected());
    }

    private static void peers(PrintWriter out, PoolResult result) {
        boolean two = result.hasTwoModels();
        out.println();
        TextTable table = new TextTable().left("method");
        if (two) {
            table.right("PAUC %").right("APGR").right("CPT 20").right("CPT 50").right("CPT 80");
        }
        table.right("AIQ").right("S").right("gap to oracle");
        for (Score score : result.scores()) {
            PeerMetrics peers = score.peers();
            List<String> row = new ArrayList<>(List.of(score.method()));
            if (two) {
                row.add(percent(score.pauc()));
                row.add(figure(peers.apgr()));
                row.add(figure(peers.cpt20()));
                row.add(figure(peers.cpt50()));
                row.add(figure(peers.cpt80()));
            }
            row.add(figure(peers.aiq()));
            row.add(figure(score.point().arenaScore()));
            row.add(fixed("%.1f %%", 100 * score.point().gapToOracle()));
            table.row(row);
        }
        table.print(out);
    }

    private static void tasks(PrintWriter out, PoolResult result) {
        List<TaskComparison> worst = result.byTask().stream()
                .filter(task -> task.difference() < 0)
                .limit(TASKS_SHOWN)
                .toList();
        if (worst.isEmpty()) {
            return;
        }
        out.printf(
                "%nTasks on which ours loses most on pool %s, to the best other method in hindsight%n",
                result.pool().name());
        TextTable table = new TextTable()
                .left("task")
                .right("queries")
                .right("ours %")
                .left("best other")
                .right("%")
                .right("difference");
        for (TaskComparison task : worst) {
            table.row(
                    task.task(),
                    Figures.count(task.queries()),
                    percent(task.ours()),
                    task.best(),
                    percent(task.bestQuality()),
                    fixed("%+.2f", 100 * task.difference()));
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
                .right("uplift")
                .right("saving")
                .right("p")
                .right("Holm");
        for (SetSummary.Row row : summary.rows()) {
            table.row(
                    row.method(),
                    fixed("%+.2f", 100 * row.gain()),
                    interval(row.interval()),
                    percent(row.pauc()),
                    Figures.change(row.uplift()),
                    Figures.change(row.costSaving()),
                    p(row.pValueVsOurs()),
                    p(summary.contest().holm(row.method())));
        }
        table.print(out);
        out.println(beaten(summary.contest()));
        changes(out, summary.changes());
    }

    /** What tags and embeddings bring to the methods that can go without. */
    private static void changes(PrintWriter out, List<Change> changes) {
        TextTable table = new TextTable()
                .left("method")
                .left("against")
                .right("change of gain")
                .right("")
                .right("p");
        List<Change> shown = changes.stream()
                .filter(change -> change.against().equals(Methods.without(change.method())))
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        for (Change change : shown) {
            table.row(
                    change.method(),
                    change.against(),
                    fixed("%+.2f", 100 * change.difference()),
                    interval(change.interval()),
                    p(change.pValue()));
        }
        out.println();
        table.print(out);
        Contest contest = Change.withEmbedding(changes);
        if (contest.corrected() > 0) {
            out.println(Methods.WITH_EMBEDDING + ": " + beaten(contest));
        }
    }

    /** The settings chosen on the last pool; results.json has those of every pool. */
    private void settings(PrintWriter out) {
        if (results.isEmpty()) {
            return;
        }
        PoolResult last = results.getLast();
        TextTable table = new TextTable().left("method").left("settings");
        last.scores().stream()
                .filter(score -> score.settings().stream().anyMatch(setting -> !setting.isEmpty()))
                .forEach(score -> table.row(score.method(), String.join(" ", score.settings())));
        out.printf("%nSettings chosen on pool %s, by fold%n", last.pool().name());
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

    private static String figure(double value) {
        return Double.isNaN(value) ? "-" : fixed("%.3f", value);
    }

    private static String p(double value) {
        return Double.isNaN(value) ? "" : fixed("%.3f", value);
    }

    private static String fixed(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
