package dev.tagrouter.lab.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.lab.evaluation.PoolResult;
import dev.tagrouter.lab.evaluation.Score;
import dev.tagrouter.lab.evaluation.SetSummary;
import dev.tagrouter.lab.metric.Resampled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code results.json}: how it was run, then one entry for each method and pool. Figures that were not measured or do
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
            for (SetSummary.Row row : summary.rows()) {
                ObjectNode out = summaries.addObject();
                out.put("data", summary.data()).put("pools", summary.pools()).put("method", row.method());
                put(out, "aucGainOverRandom", row.gain());
                out.putArray("ci").add(row.interval().low()).add(row.interval().high());
                put(out, "pauc", row.pauc());
                put(out, "pValueVsOurs", row.pValueVsOurs());
            }
        }
        ArrayNode list = root.putArray("results");
        for (PoolResult result : results) {
            for (Score score : result.scores()) {
                add(list.addObject(), result, score);
            }
        }
        return root;
    }

    /** Writes the file whole or not at all. */
    public static void write(Path file, ObjectNode json) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path beside = Files.createTempFile(folder, "writing", ".part");
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(beside.toFile(), json);
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void add(ObjectNode out, PoolResult result, Score score) {
        out.put("method", score.method());
        out.put("pool", result.pool().name());
        out.put("models", result.pool().models().size());
        out.put("queries", result.queries());
        out.put("queriesLeftOut", result.leftOut());
        out.put("bestSingle", result.bestSingle());
        line(out, score.point());
        put(out, "auc", score.auc());
        put(out, "pauc", score.pauc());
        put(out, "apgr", apgr(result, score));
        put(out, "area", score.area());
        put(out, "areaGainOverRandom", result.gainOverRandom(score.method()));
        ObjectNode ci = out.putObject("ci");
        interval(ci, "area", score.areas());
        interval(ci, "areaGainOverRandom", score.gain());
        interval(ci, result.hasTwoModels() ? "uplift" : "qualityUplift", score.uplift());
        put(out, "pValueVsOurs", score.pValueVsOurs());
        put(
                out,
                "decisionMicrosP50",
                score.micros() == null ? Double.NaN : score.micros().p50());
        put(
                out,
                "decisionMicrosP99",
                score.micros() == null ? Double.NaN : score.micros().p99());
        put(out, "trainSeconds", score.trainSeconds());
        ArrayNode settings = out.putArray("settings");
        score.settings().forEach(settings::add);
        ArrayNode curve = out.putArray("curve");
        score.curve().forEach(point -> line(curve.addObject(), point));
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
    }

    /** RouteLLM's APGR: how much of the gap between the two models' AR the area recovers. */
    private static double apgr(PoolResult result, Score score) {
        double weak = result.score("cheapest").point().acceptRate();
        double strong = result.score("dearest").point().acceptRate();
        return strong > weak ? (score.auc() - weak) / (strong - weak) : Double.NaN;
    }

    private static void interval(ObjectNode out, String field, @Nullable Resampled resampled) {
        if (resampled == null) {
            out.putNull(field);
        } else {
            Resampled.Interval interval = resampled.interval();
            out.putArray(field).add(interval.low()).add(interval.high());
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
