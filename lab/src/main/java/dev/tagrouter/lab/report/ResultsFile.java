package dev.tagrouter.lab.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.baseline.Methods;
import dev.tagrouter.lab.evaluation.Change;
import dev.tagrouter.lab.evaluation.Contest;
import dev.tagrouter.lab.evaluation.PeerMetrics;
import dev.tagrouter.lab.evaluation.Pool;
import dev.tagrouter.lab.evaluation.PoolResult;
import dev.tagrouter.lab.evaluation.Score;
import dev.tagrouter.lab.evaluation.SetSummary;
import dev.tagrouter.lab.evaluation.TaskComparison;
import dev.tagrouter.lab.metric.Resampled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code results.json}: how it was run, the means over the pools of a set, what each pool is, then one entry for each
 * method and pool. Figures that were not measured or do
 * not apply are null.
 */
public final class ResultsFile {
    private ResultsFile() {}

    /**
     * The results as JSON.
     *
     * @param run how they came about, in the order to be written: program, data, folds, seed
     */
    public static ObjectNode json(Map<String, String> run, List<PoolResult> results) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode how = root.putObject("run");
        run.forEach(how::put);
        ArrayNode summaries = root.putArray("summaries");
        for (SetSummary summary : SetSummary.of(results)) {
            add(summaries, summary);
        }
        ArrayNode changes = root.putArray("changes");
        for (SetSummary summary : SetSummary.of(results)) {
            summary.changes().forEach(change -> add(changes.addObject().put("data", summary.data()), change));
        }
        for (PoolResult result : results) {
            result.changes()
                    .forEach(change ->
                            add(changes.addObject().put("pool", result.pool().name()), change));
        }
        ArrayNode pools = root.putArray("pools");
        results.forEach(result -> add(pools.addObject(), result));
        ArrayNode list = root.putArray("results");
        for (PoolResult result : results) {
            Contest contest = result.contest();
            for (Score score : result.scores()) {
                add(list.addObject(), result, score, contest.holm(score.method()));
            }
        }
        return root;
    }

    /** Writes the file whole or not at all. */
    public static void write(Path file, ObjectNode json) throws IOException {
        WholeFile.write(
                file, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    }

    /**
     * Reads what an evaluation wrote.
     *
     * @throws LabException when the file is missing, no JSON, or written by a program without reports
     */
    public static JsonNode read(Path file) throws IOException {
        JsonNode found = json(file, "results.json is what tagrouter evaluate --out writes");
        if (!found.path("results").isArray() || !found.path("pools").isArray()) {
            throw new LabException(
                    file + ": there is no list \"results\" or \"pools\"; evaluate again with this version");
        }
        return found;
    }

    static JsonNode json(Path file, String remedy) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new LabException("file '" + file + "' does not exist; " + remedy);
        }
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new LabException(file + ": not JSON (" + e.getOriginalMessage() + "); " + remedy, e);
        }
    }

    private static void add(ArrayNode summaries, SetSummary summary) {
        for (SetSummary.Row row : summary.rows()) {
            ObjectNode out = summaries.addObject();
            out.put("data", summary.data()).put("pools", summary.pools()).put("method", row.method());
            put(out, "aucGainOverRandom", row.gain());
            interval(out, "ci", row.interval());
            put(out, "leadOfOurs", row.lead());
            interval(out, "leadOfOursCi", row.leadInterval());
            put(out, "pauc", row.pauc());
            put(out, "uplift", row.uplift());
            put(out, "costSaving", row.costSaving());
            put(out, "pValueVsOurs", row.pValueVsOurs());
            put(out, "pValueHolm", summary.contest().holm(row.method()));
            if (row.method().equals(Methods.OURS)) {
                contest(out, summary.contest());
            }
        }
    }

    private static void add(ObjectNode out, Change change) {
        out.put("method", change.method()).put("against", change.against());
        put(out, "difference", change.difference());
        interval(out, "ci", change.interval());
        put(out, "pValue", change.pValue());
    }

    private static void add(ObjectNode out, PoolResult result) {
        Pool pool = result.pool();
        out.put("name", pool.name()).put("data", pool.data()).put("tieMargin", pool.tieMargin());
        out.put("queries", result.queries());
        out.put("queriesLeftOut", result.leftOut());
        out.put("bestSingle", result.bestSingle());
        out.put("assumedOutputShare", result.assumedOutputShare());
        contest(out, result.contest());
        ArrayNode models = out.putArray("models");
        for (int m = 0; m < pool.models().size(); m++) {
            ObjectNode model = models.addObject().put("model", pool.models().get(m));
            line(model, result.singles().get(m));
        }
        ArrayNode tasks = out.putArray("tasks");
        for (TaskComparison task : result.byTask()) {
            ObjectNode own = tasks.addObject().put("task", task.task()).put("queries", task.queries());
            put(own, "ours", task.ours());
            own.put("bestOther", task.best());
            put(own, "bestOtherQuality", task.bestQuality());
            put(own, "difference", task.difference());
        }
    }

    /** How many methods ours beats: of all, of the thirteen baselines, and of these after correction. */
    private static void contest(ObjectNode out, Contest contest) {
        out.putObject("beats")
                .put("methods", contest.methods())
                .put("beaten", contest.beaten())
                .put("baselines", contest.corrected())
                .put("baselinesBeaten", contest.baselinesBeaten())
                .put("baselinesBeatenHolm", contest.baselinesBeatenHolm());
    }

    private static void add(ObjectNode out, PoolResult result, Score score, double holm) {
        out.put("method", score.method());
        out.put("playsTwoModels", score.playsTwoModels());
        out.put("pool", result.pool().name());
        out.put("models", result.pool().models().size());
        out.put("queries", result.queries());
        out.put("queriesLeftOut", result.leftOut());
        out.put("bestSingle", result.bestSingle());
        line(out, score.point());
        put(out, "auc", score.auc());
        put(out, "pauc", score.pauc());
        PeerMetrics peers = score.peers();
        put(out, "apgr", peers.apgr());
        put(out, "cpt20", peers.cpt20());
        put(out, "cpt50", peers.cpt50());
        put(out, "cpt80", peers.cpt80());
        put(out, "aiq", peers.aiq());
        put(out, "area", score.area());
        put(out, "areaGainOverRandom", result.gainOverRandom(score.method()));
        put(out, "leadOfOurs", result.score(Methods.OURS).area() - score.area());
        ObjectNode ci = out.putObject("ci");
        interval(ci, "area", score.areas());
        interval(ci, "areaGainOverRandom", score.gain());
        interval(ci, "leadOfOurs", lead(result, score));
        interval(ci, result.hasTwoModels() ? "uplift" : "qualityUplift", score.uplift());
        put(out, "pValueVsOurs", score.pValueVsOurs());
        put(out, "pValueHolm", holm);
        put(
                out,
                "decisionMicrosP50",
                score.micros() == null ? Double.NaN : score.micros().p50());
        put(
                out,
                "decisionMicrosP99",
                score.micros() == null ? Double.NaN : score.micros().p99());
        put(out, "trainSeconds", score.trainSeconds());
        ObjectNode byTask = out.putObject("qualityByTask");
        new TreeMap<>(score.qualityByTask()).forEach((task, quality) -> put(byTask, task, quality));
        ArrayNode settings = out.putArray("settings");
        score.settings().forEach(settings::add);
        ArrayNode curve = out.putArray("curve");
        for (Score.Line point : score.curve()) {
            ObjectNode own = curve.addObject();
            put(own, "cost", point.costUsd());
            put(own, "quality", point.quality());
            put(own, "ar", point.acceptRate());
        }
    }

    private static void line(ObjectNode out, Score.Line line) {
        put(out, "ar", line.acceptRate());
        put(out, "uplift", line.uplift());
        put(out, "quality", line.quality());
        put(out, "qualityUplift", line.qualityUplift());
        put(out, "cost", line.costUsd());
        put(out, "costSaving", line.costSaving());
        put(out, "rank", line.rank());
        put(out, "gapToOracle", line.gapToOracle());
        put(out, "arenaScore", line.arenaScore());
    }

    private static @Nullable Resampled lead(PoolResult result, Score score) {
        Resampled ours = result.score(Methods.OURS).areas();
        Resampled own = score.areas();
        return ours == null || own == null ? null : ours.minus(own);
    }

    private static void interval(ObjectNode out, String field, @Nullable Resampled resampled) {
        if (resampled == null) {
            out.putNull(field);
        } else {
            interval(out, field, resampled.interval());
        }
    }

    /** The ends of an interval; null for one that cannot be told, such as of an uplift over nothing. */
    static void interval(ObjectNode out, String field, Resampled.Interval interval) {
        ArrayNode ends = out.putArray(field);
        for (double end : new double[] {interval.low(), interval.high()}) {
            if (Double.isFinite(end)) {
                ends.add(end);
            } else {
                ends.addNull();
            }
        }
    }

    /** Puts a number, or null where it was not measured. */
    static void put(ObjectNode out, String field, double value) {
        if (Double.isFinite(value)) {
            out.put(field, value);
        } else {
            out.putNull(field);
        }
    }
}
