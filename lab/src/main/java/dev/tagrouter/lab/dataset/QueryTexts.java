package dev.tagrouter.lab.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tagrouter.lab.LabException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The queries of a data folder, or of a file of JSON Lines with {@code id} and {@code text}, judged or not. */
public final class QueryTexts {
    private static final ObjectMapper JSON = new ObjectMapper();

    private QueryTexts() {}

    /**
     * One query.
     *
     * @param split the source's own split, or an empty text
     */
    public record Line(String id, String split, String text) {}

    /** @throws LabException when there is no such file, none in it, or a line is broken */
    public static List<Line> read(Path path) throws IOException {
        Path file = Files.isDirectory(path) ? path.resolve(FolderSet.QUERIES) : path;
        if (!Files.isRegularFile(file)) {
            throw new LabException(
                    "queries file '" + file + "' does not exist; give a data folder, or JSON Lines with id and text");
        }
        List<Line> queries = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            ByteLines lines = new ByteLines(in, file.toString());
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                String place = lines.place(lines.number());
                String text = ByteLines.text(line, place);
                if (!text.isBlank()) {
                    queries.add(parse(text, place));
                }
            }
        }
        if (queries.isEmpty()) {
            throw new LabException("queries file '" + file + "' is empty; give JSON Lines with id and text");
        }
        return queries;
    }

    private static Line parse(String line, String place) throws LabException {
        try {
            JsonNode node = JSON.readTree(line);
            if (node.path("id").isValueNode() && node.path("text").isTextual()) {
                return new Line(
                        node.path("id").asText(),
                        node.path("split").asText(""),
                        node.path("text").asText());
            }
        } catch (JsonProcessingException e) {
            throw new LabException(
                    place + ": not a JSON object (" + e.getOriginalMessage() + "); correct or remove the line", e);
        }
        throw new LabException(place + ": no \"id\" or no \"text\"; every line needs both");
    }
}
