package dev.tagrouter.client;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The bytes of a request for tags. */
final class ChatRequest {
    /** Of a longer query the beginning and the end are sent: they say what is wanted, and somebody pays for the rest. */
    static final int MOST_CHARACTERS = 24_000;

    private static final String GAP = "\n[...]\n";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ChatRequest() {}

    static byte[] of(String model, TagPrompt prompt, String query, Dialect dialect, int answerTokens) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("model", model);
            json.writeArrayFieldStart("messages");
            String system = prompt.system();
            if (system != null) {
                message(json, "system", system);
            }
            message(json, "user", prompt.user(sendable(query)));
            json.writeEndArray();
            if (dialect.sampling()) {
                json.writeNumberField("temperature", 0);
                json.writeNumberField("max_tokens", answerTokens);
            }
            if (dialect.schema()) {
                schema(json);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void message(JsonGenerator json, String role, String content) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", role);
        json.writeStringField("content", content);
        json.writeEndObject();
    }

    private static void schema(JsonGenerator json) throws IOException {
        json.writeFieldName("response_format");
        json.writeRawValue("{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"tags\",\"strict\":true,\"schema\":"
                + "{\"type\":\"object\",\"properties\":{\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}},"
                + "\"required\":[\"tags\"],\"additionalProperties\":false}}}");
    }

    /** Bounded, and without halves of characters, which JSON in UTF-8 cannot carry. */
    static String sendable(String query) {
        String text = query;
        if (text.length() > MOST_CHARACTERS) {
            int tail = MOST_CHARACTERS / 4;
            text = text.substring(0, MOST_CHARACTERS - tail - GAP.length())
                    + GAP
                    + text.substring(text.length() - tail);
        }
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
