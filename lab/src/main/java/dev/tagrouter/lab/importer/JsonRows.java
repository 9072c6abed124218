package dev.tagrouter.lab.importer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.dataset.BrokenLines;
import dev.tagrouter.lab.dataset.ByteLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Rows of JSON Lines, or of one JSON array, one at a time and with their place. */
final class JsonRows {
    private static final JsonMapper IN_ARRAY = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final ObjectReader ALONE = IN_ARRAY.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonRows() {}

    /** What is done with a row. */
    @FunctionalInterface
    interface Row {
        void read(JsonNode row, String place) throws IOException;
    }

    /** Every line that is not blank; a line that is broken, or that {@code row} refuses, is left to {@code broken}. */
    static void lines(Path file, InputStream in, BrokenLines broken, Row row) throws IOException {
        ByteLines lines = new ByteLines(in, file.toString());
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            String place = lines.place(lines.number());
            try {
                String text = ByteLines.text(line, place);
                if (!text.isBlank()) {
                    row.read(parse(text, place), place);
                }
            } catch (LabException e) {
                broken.add(e);
            }
        }
    }

    private static JsonNode parse(String text, String place) throws LabException {
        try {
            JsonNode node = ALONE.readTree(text);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw new LabException(
                    place + ": not a JSON object (" + e.getOriginalMessage() + "); correct or remove the line", e);
        }
        throw new LabException(place + ": not a JSON object; correct or remove the line");
    }

    /** Every object of one array; what {@code row} refuses is left to {@code broken}. */
    static void array(Path file, InputStream in, BrokenLines broken, Row row) throws IOException {
        try (JsonParser json = IN_ARRAY.createParser(in)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw new LabException(file + ": not a JSON array; give the file as its project writes it");
            }
            for (long number = 1; json.nextToken() == JsonToken.START_OBJECT; number++) {
                String place = "object " + number + " of " + file;
                JsonNode node = json.readValueAsTree();
                try {
                    row.read(node, place);
                } catch (LabException e) {
                    broken.add(e);
                }
            }
            if (json.currentToken() != JsonToken.END_ARRAY) {
                throw new LabException(file + ": not a JSON array of objects; give the file as its project writes it");
            }
        } catch (JsonProcessingException e) {
            throw new LabException(
                    file + ", line " + e.getLocation().getLineNr() + ": not readable JSON (" + e.getOriginalMessage()
                            + "); fetch the file again",
                    e);
        }
    }

    /** A member that must be a text that is not blank. */
    static String text(JsonNode row, String member, String place) throws LabException {
        JsonNode value = row.path(member);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw new LabException(place + ": no text \"" + member + "\"; correct or remove the row");
        }
        return value.asText();
    }

    /** A member that must be a number from 0 to 1, or null or absent for not judged, then NaN. */
    static double quality(JsonNode row, String member, String place) throws LabException {
        JsonNode value = row.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return Double.NaN;
        }
        double quality = value.isNumber() ? value.asDouble() : Double.NaN;
        if (!(quality >= 0 && quality <= 1)) {
            throw new LabException(place + ": \"" + member + "\" is " + value
                    + "; give a quality from 0 to 1, or null where it was not judged");
        }
        return quality;
    }
}
