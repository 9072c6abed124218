package dev.tagrouter.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * A JSON schema as Anthropic holds an answer to it, by the rules of Anthropic's own clients: objects take no further
 * properties, and what cannot be held to is a wish in the description.
 */
final class AnthropicSchema {
    private static final Set<String> FORMATS =
            Set.of("date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid");

    private static final List<String> DEFINITIONS = List.of("$defs", "definitions");
    private static final List<String> CHOICES = List.of("anyOf", "oneOf", "allOf");

    /** What has not been said yet, of this one schema and not of those within it. */
    private final ObjectNode rest;

    private final ObjectNode to = Json.object();

    private AnthropicSchema(ObjectNode schema) {
        this.rest = Json.object();
        rest.setAll(schema);
    }

    /** What is no object, such as {@code true}, stays what it is. */
    static JsonNode of(JsonNode schema) {
        return schema instanceof ObjectNode object ? new AnthropicSchema(object).said() : schema;
    }

    private ObjectNode said() {
        for (String member : DEFINITIONS) {
            if (rest.path(member) instanceof ObjectNode definitions) {
                rest.remove(member);
                to.set(member, each(definitions));
            }
        }
        if (rest.has("$ref")) {
            Json.copy(rest, "$ref", to);
            return to;
        }
        rest.remove("$schema"); // It names the dialect, and asks for nothing.
        boolean isLiteral = literals();
        JsonNode type = type();
        boolean isChoice = choices();
        if (!isLiteral && !isChoice && !type.isMissingNode()) {
            to.set("type", type);
        }
        move("description");
        move("title");
        if (!isLiteral) {
            object(type);
            string(type);
            array(type);
        }
        wish();
        return to;
    }

    private static ObjectNode each(ObjectNode schemas) {
        ObjectNode out = Json.object();
        schemas.forEachEntry((name, schema) -> out.set(name, of(schema)));
        return out;
    }

    private void move(String member) {
        JsonNode value = rest.remove(member);
        if (value != null) {
            to.set(member, value);
        }
    }

    private boolean literals() {
        boolean isEnum = rest.path("enum").isArray() && !rest.path("enum").isEmpty();
        for (JsonNode value : rest.path("enum")) {
            isEnum &= value.isValueNode();
        }
        if (isEnum) {
            move("enum");
        }
        boolean isConst = rest.path("const").isValueNode();
        if (isConst) {
            move("const");
        }
        return isEnum || isConst;
    }

    private JsonNode type() {
        JsonNode type = rest.path("type");
        rest.remove("type");
        return type.isMissingNode() && rest.has("properties") ? rest.textNode("object") : type;
    }

    /** Only the first kind of choice is held to; one of is any of. */
    private boolean choices() {
        boolean isChoice = false;
        for (String member : CHOICES) {
            if (!isChoice && rest.path(member) instanceof ArrayNode variants) {
                isChoice = true;
                rest.remove(member);
                ArrayNode out = to.putArray(member.equals("allOf") ? member : "anyOf");
                variants.forEach(variant -> out.add(of(variant)));
            }
        }
        return isChoice;
    }

    private static boolean may(JsonNode type, String be) {
        boolean may = type.isTextual() && type.textValue().equals(be);
        for (JsonNode one : type) {
            may |= one.isTextual() && one.textValue().equals(be);
        }
        return may;
    }

    private void object(JsonNode type) {
        if (may(type, "object")) {
            JsonNode properties = rest.remove("properties");
            to.set("properties", properties instanceof ObjectNode object ? each(object) : Json.object());
            rest.remove("additionalProperties");
            to.put("additionalProperties", false);
            move("required");
        }
    }

    private void string(JsonNode type) {
        if (may(type, "string") && FORMATS.contains(Json.text(rest, "format"))) {
            move("format");
        }
    }

    private void array(JsonNode type) {
        if (may(type, "array")) {
            JsonNode items = rest.remove("items");
            if (items != null) {
                to.set("items", of(items));
            }
            JsonNode least = rest.path("minItems");
            if (least.isIntegralNumber() && (least.longValue() == 0 || least.longValue() == 1)) {
                move("minItems");
            }
        }
    }

    private void wish() {
        if (rest.isEmpty()) {
            return;
        }
        StringBuilder wish = new StringBuilder(Json.text(to, "description"));
        wish.append(wish.isEmpty() ? "{" : "\n\n{");
        String between = "";
        for (var member : rest.properties()) {
            wish.append(between).append(member.getKey()).append(": ").append(Json.text(member.getValue()));
            between = ", ";
        }
        to.put("description", wish.append('}').toString());
    }
}
