package dev.tagrouter.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What OpenAI holds an answer to where {@code strict} is said, and refuses to take otherwise. */
final class StrictSchema {
    private static final List<String> UNKNOWN = List.of(
            "allOf",
            "oneOf",
            "not",
            "if",
            "then",
            "else",
            "dependentRequired",
            "dependentSchemas",
            "patternProperties",
            "default");

    private StrictSchema() {}

    /** Whether it is that of an object, and all objects in it require all of their properties and take no other. */
    static boolean is(JsonNode schema) {
        return Json.text(schema, "type").equals("object") && !schema.has("anyOf") && holds(schema);
    }

    private static boolean holds(JsonNode schema) {
        if (!(schema instanceof ObjectNode object) || UNKNOWN.stream().anyMatch(object::has)) {
            return false;
        }
        if (isObjects(object) && !(isClosed(object) && requiresAll(object))) {
            return false;
        }
        return allHold(object.path("properties"))
                && allHold(object.path("$defs"))
                && allHold(object.path("definitions"))
                && allHold(object.path("anyOf"))
                && (!object.has("items") || holds(object.path("items")));
    }

    private static boolean isObjects(ObjectNode schema) {
        boolean isObjects =
                schema.has("properties") || Json.text(schema, "type").equals("object");
        for (JsonNode type : schema.path("type")) {
            isObjects |= type.asText().equals("object");
        }
        return isObjects;
    }

    private static boolean isClosed(ObjectNode schema) {
        JsonNode further = schema.path("additionalProperties");
        return further.isBoolean() && !further.booleanValue();
    }

    private static boolean requiresAll(ObjectNode schema) {
        Set<String> required =
                schema.path("required").valueStream().map(JsonNode::asText).collect(Collectors.toSet());
        return schema.path("properties").propertyStream().allMatch(property -> required.contains(property.getKey()));
    }

    private static boolean allHold(JsonNode schemas) {
        return schemas.valueStream().allMatch(StrictSchema::holds);
    }
}
