package dev.tagrouter.lab.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.baseline.Methods;
import dev.tagrouter.lab.evaluation.AblationResult;
import dev.tagrouter.lab.evaluation.AblationRow;
import dev.tagrouter.lab.evaluation.AblationRow.Kind;
import dev.tagrouter.lab.evaluation.Gain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code ablation.json}: how it was run, then one entry for each row. What was not measured is null or not there. */
public final class AblationFile {
    private AblationFile() {}

    /**
     * The results as JSON.
     *
     * @param run how they came about, in the order to be written
     */
    public static ObjectNode json(Map<String, String> run, AblationResult result) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode how = root.putObject("run");
        run.forEach(how::put);
        ArrayNode pools = root.putArray("pools");
        result.pools().forEach(pool -> pools.add(pool.name()));
        root.put("queries", result.queries());
        root.put("queriesUntagged", result.untagged());
        ArrayNode rows = root.putArray("rows");
        for (AblationRow row : result.rows()) {
            add(rows.addObject(), result, row);
        }
        return root;
    }

    /**
     * Reads what an ablation wrote.
     *
     * @throws LabException when the file is missing or no ablation
     */
    public static JsonNode read(Path file) throws IOException {
        JsonNode found = ResultsFile.json(file, "ablation.json is what tagrouter ablate --out writes");
        if (!found.path("rows").isArray() || !found.path("pools").isArray()) {
            throw new LabException(file + ": there is no list \"rows\" or \"pools\"; name a file of tagrouter ablate");
        }
        return found;
    }

    private static void add(ObjectNode out, AblationResult result, AblationRow row) {
        out.put("variant", row.name());
        out.put("description", row.description());
        ResultsFile.put(out, "f1", row.f1());
        ResultsFile.put(out, "f1Canonical", row.canonicalF1());
        ObjectNode methods = out.putObject("methods");
        for (String method : List.of(Methods.OURS, Methods.PUBLISHED)) {
            if (row.has(method)) {
                ObjectNode own = methods.putObject(method);
                put(own, "aucGainOverRandom", row.gain(method));
                put(own, "differenceToStandard", result.difference(row, method));
                if (row.kind() == Kind.TEACHER) {
                    put(own, "keptByStandardStudent", result.kept(row, method));
                }
                ObjectNode byPool = own.putObject("aucGainByPool");
                List<Gain> gains = row.byPool().getOrDefault(method, List.of());
                for (int p = 0; p < gains.size(); p++) {
                    ResultsFile.put(
                            byPool, result.pools().get(p).name(), gains.get(p).value());
                }
            }
        }
    }

    private static void put(ObjectNode out, String field, Gain gain) {
        ResultsFile.put(out, field, gain.value());
        ObjectNode interval = out.putObject(field + "Ci");
        ResultsFile.put(interval, "low", gain.interval().low());
        ResultsFile.put(interval, "high", gain.interval().high());
    }
}
