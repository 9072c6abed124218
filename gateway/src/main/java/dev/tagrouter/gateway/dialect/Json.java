package dev.tagrouter.gateway.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** JSON as translations read and write it: numbers stay what they were. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The object in a body, or null where it is none. */
    static @Nullable ObjectNode read(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes) instanceof ObjectNode object ? object : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** The value in a text, or null where it is no JSON. */
    static @Nullable JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    static Buffer bytes(JsonNode node) {
        try {
            return Buffer.buffer(MAPPER.writeValueAsBytes(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree cannot be written", e);
        }
    }

    static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree cannot be written", e);
        }
    }

    /** The text of a member, or "" where there is none. */
    static String text(JsonNode node, String member) {
        return node.get(member) instanceof TextNode text ? text.textValue() : "";
    }

    /** Whether a member is there and says something. */
    static boolean has(JsonNode node, String member) {
        JsonNode value = node.get(member);
        return value != null && !value.isNull();
    }

    /** A member under the same name, where it is there. */
    static void copy(ObjectNode from, String member, ObjectNode to) {
        copy(from, member, to, member);
    }

    /** A member under another name, where it is there. */
    static void copy(ObjectNode from, String member, ObjectNode to, String as) {
        JsonNode value = from.get(member);
        if (value != null && !value.isNull()) {
            to.set(as, value);
        }
    }
}
