package dev.tagrouter.lab.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.lab.evaluation.DataStudy;
import dev.tagrouter.lab.evaluation.Gain;
import dev.tagrouter.lab.evaluation.GrowthStudy;
import dev.tagrouter.lab.evaluation.NewModelStudy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of studies: how it was run, then a row for each figure; docs/guide/study.md explains the members. */
public final class StudyFile {
    private StudyFile() {}

    /** {@code study-data.json}. */
    public static ObjectNode data(Map<String, String> run, List<DataStudy.Row> rows) {
        ObjectNode root = root(run, "data");
        ArrayNode list = root.putArray("rows");
        for (DataStudy.Row row : rows) {
            ObjectNode out = list.addObject();
            out.put("pool", row.pool()).put("pools", row.pools()).put("method", row.method());
            out.put("share", row.share()).put("judged", row.judged());
            put(out, "area", row.area());
            put(out, "areaGainOverRandom", row.gain());
            put(out, "areaLessThatOfAll", row.loss());
            put(out, "headline", row.headline());
            ResultsFile.put(out, "cost", row.costUsd());
        }
        return root;
    }

    /** {@code study-new-model.json}. */
    public static ObjectNode newModel(Map<String, String> run, List<NewModelStudy.Row> rows) {
        ObjectNode root = root(run, "new-model");
        ArrayNode list = root.putArray("rows");
        for (NewModelStudy.Row row : rows) {
            ObjectNode out = list.addObject();
            out.put("pool", row.pool()).put("method", row.method());
            if (row.model().isEmpty()) {
                out.putNull("model");
            } else {
                out.put("model", row.model());
            }
            if (row.judged() == NewModelStudy.ALL) {
                out.put("judged", "all");
            } else {
                out.put("judged", row.judged());
            }
            put(out, "area", row.area());
            put(out, "areaShareOfAll", row.areaShare());
            put(out, "quality", row.quality());
            put(out, "qualityShareOfAll", row.qualityShare());
            ResultsFile.put(out, "sentToNewModel", row.sent());
        }
        return root;
    }

    /** {@code study-growth.json}. */
    public static ObjectNode growth(Map<String, String> run, GrowthStudy.Result result) {
        ObjectNode root = root(run, "growth");
        ArrayNode list = root.putArray("rows");
        for (GrowthStudy.Row row : result.rows()) {
            ObjectNode out = list.addObject();
            out.put("pool", row.pool()).put("models", row.models()).put("method", row.method());
            put(out, "area", row.area());
            putIfThere(out, "areaRise", row.areaRise());
            put(out, "quality", row.quality());
            putIfThere(out, "qualityRise", row.qualityRise());
            ResultsFile.put(out, "cost", row.costUsd());
            ResultsFile.put(out, "bestSingleQuality", row.bestSingle());
            ResultsFile.put(out, "oracleQuality", row.oracle());
        }
        ArrayNode additions = root.putArray("additions");
        for (GrowthStudy.Addition addition : result.additions()) {
            additions
                    .addObject()
                    .put("pool", addition.pool())
                    .put("model", addition.model())
                    .put("columnsBefore", addition.columns())
                    .put("columnsUnchanged", addition.unchanged());
        }
        return root;
    }

    private static ObjectNode root(Map<String, String> run, String study) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("study", study);
        ObjectNode how = root.putObject("run");
        run.forEach(how::put);
        return root;
    }

    private static void put(ObjectNode out, String field, Gain gain) {
        ResultsFile.put(out, field, gain.value());
        ResultsFile.interval(out, field + "Ci", gain.interval());
    }

    private static void putIfThere(ObjectNode out, String field, @Nullable Gain gain) {
        if (gain == null) {
            out.putNull(field).putNull(field + "Ci");
        } else {
            put(out, field, gain);
        }
    }
}
