package dev.tagrouter.lab.teacher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.dataset.BrokenLines;
import dev.tagrouter.lab.dataset.ByteLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Queries as JSON Lines with {@code id} and {@code text}: checked as a whole first, then read one at a time. */
final class QueryFile implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final InputStream in;
    private final ByteLines lines;
    private final Set<String> given = new HashSet<>();

    /** One query with all that its line says. */
    record Line(String id, String text, ObjectNode fields) {}

    private QueryFile(Path file) throws IOException {
        this.in = Files.newInputStream(file);
        this.lines = new ByteLines(in, file.toString());
    }

    /**
     * Reads all of a file once, before anything is paid for.
     *
     * @return the ids of its queries
     * @throws LabException at a broken line, unless those are left out
     */
    static Set<String> check(Path file, BrokenLines broken) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new LabException("queries file '" + file + "' does not exist; give JSON Lines with id and text");
        }
        Map<String, Long> lineOfId = new HashMap<>();
        try (QueryFile queries = new QueryFile(file)) {
            for (byte[] line = queries.lines.next(); line != null; line = queries.lines.next()) {
                String place = queries.lines.place(queries.lines.number());
                try {
                    Line query = parse(line, place);
                    if (query != null) {
                        requireNew(query, place, lineOfId.putIfAbsent(query.id(), queries.lines.number()));
                    }
                } catch (LabException e) {
                    broken.add(e);
                }
            }
        }
        return lineOfId.keySet();
    }

    private static void requireNew(Line query, String place, @Nullable Long earlier) throws LabException {
        if (earlier != null) {
            throw new LabException(
                    place + " has the id '" + query.id() + "' of line " + earlier + "; give each query its own id");
        }
    }

    static QueryFile open(Path file) throws IOException {
        return new QueryFile(file);
    }

    /** The next query that can be read and was not given before, or null after the last. */
    synchronized @Nullable Line next() throws IOException {
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            try {
                Line query = parse(line, lines.place(lines.number()));
                if (query != null && given.add(query.id())) {
                    return query;
                }
            } catch (LabException e) {
                // Named by the check.
            }
        }
        return null;
    }

    /** A line, or null where it is blank. */
    private static @Nullable Line parse(byte[] line, String place) throws LabException {
        String text = ByteLines.text(line, place);
        if (text.isBlank()) {
            return null;
        }
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new LabException(
                    place + " is not JSON: " + e.getOriginalMessage()
                            + "; each line needs one object such as {\"id\":\"7\",\"text\":\"...\"}",
                    e);
        }
        JsonNode id = node.path("id");
        if (!node.isObject() || !node.path("text").isTextual() || !(id.isTextual() || id.isIntegralNumber())) {
            throw new LabException(
                    place
                            + " has no \"id\" or no \"text\"; write {\"id\":\"7\",\"text\":\"...\"}, the id a string or whole number");
        }
        return new Line(id.asText(), node.path("text").textValue(), (ObjectNode) node);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
