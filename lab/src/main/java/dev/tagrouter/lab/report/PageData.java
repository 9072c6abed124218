package dev.tagrouter.lab.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.lab.baseline.Thirteen;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of {@code results.json} the page holds: everything it shows, to six significant digits. Of a curve these are cost
 * and headline (AR for two candidates, else quality) of at most {@value #CURVE_POINTS} points.
 */
final class PageData {
    private static final int CURVE_POINTS = 48;
    private static final MathContext DIGITS = new MathContext(6);
    /** What a page has no place for: summed up for each pool, or said by the pool. */
    private static final Set<String> LEFT_OUT =
            Set.of("qualityByTask", "queriesLeftOut", "models", "queries", "bestSingle");

    private PageData() {}

    static ObjectNode of(JsonNode results) {
        Map<String, Boolean> twoModels = new HashMap<>();
        results.path("pools")
                .forEach(pool -> twoModels.put(
                        pool.path("name").asText(), pool.path("models").size() == 2));
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        for (String field : new String[] {"run", "summaries", "pools"}) {
            page.set(field, rounded(results.path(field)));
        }
        Set<String> thirteen = new TreeSet<>();
        ArrayNode rows = page.putArray("results");
        for (JsonNode result : results.path("results")) {
            ObjectNode row = rows.addObject();
            for (Map.Entry<String, JsonNode> field : result.properties()) {
                if (field.getKey().equals("curve")) {
                    row.set(
                            "curve",
                            curve(
                                    field.getValue(),
                                    twoModels.getOrDefault(result.path("pool").asText(), false) ? "ar" : "quality"));
                } else if (!LEFT_OUT.contains(field.getKey())) {
                    row.set(field.getKey(), rounded(field.getValue()));
                }
            }
            String method = result.path("method").asText();
            if (Thirteen.has(method)) {
                thirteen.add(method);
            }
        }
        ArrayNode names = page.putArray("thirteen");
        thirteen.forEach(names::add);
        return page;
    }

    private static ArrayNode curve(JsonNode points, String headline) {
        ArrayNode curve = JsonNodeFactory.instance.arrayNode();
        int count = Math.min(points.size(), CURVE_POINTS);
        for (int i = 0; i < count; i++) {
            // Both ends stay; between them points are dropped evenly.
            JsonNode point = points.get(count == 1 ? 0 : Math.round(i * (points.size() - 1f) / (count - 1)));
            curve.addArray().add(rounded(point.path("cost"))).add(rounded(point.path(headline)));
        }
        return curve;
    }

    private static JsonNode rounded(JsonNode node) {
        if (node.isFloatingPointNumber()) {
            return JsonNodeFactory.instance.numberNode(
                    BigDecimal.valueOf(node.doubleValue()).round(DIGITS).doubleValue());
        }
        if (node instanceof ArrayNode list) {
            ArrayNode out = JsonNodeFactory.instance.arrayNode();
            list.forEach(each -> out.add(rounded(each)));
            return out;
        }
        if (node instanceof ObjectNode fields) {
            ObjectNode out = JsonNodeFactory.instance.objectNode();
            fields.properties().forEach(field -> out.set(field.getKey(), rounded(field.getValue())));
            return out;
        }
        return node;
    }
}
