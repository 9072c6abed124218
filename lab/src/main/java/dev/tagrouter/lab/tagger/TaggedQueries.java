package dev.tagrouter.lab.tagger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tagrouter.lab.LabException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads teacher tags from JSON Lines: {@code id, lang, split (train or test), text, tags}. */
public final class TaggedQueries {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TaggedQueries() {}

    /**
     * Reads a file of teacher tags.
     *
     * @param excludedSources queries whose {@linkplain TaggedQuery#source() source} is one of these are left out
     * @throws LabException when the file is missing, a line is broken, or a source to exclude does not occur
     */
    public static List<TaggedQuery> read(Path file, Set<String> excludedSources) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new LabException(
                    "tags file '" + file + "' does not exist; give JSON Lines with id, lang, text, tags");
        }
        List<TaggedQuery> queries = new ArrayList<>();
        Set<String> unseen = new TreeSet<>(excludedSources);
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                if (!line.isBlank()) {
                    TaggedQuery query = parse(file, number, line);
                    unseen.remove(query.source());
                    if (!excludedSources.contains(query.source())) {
                        queries.add(query);
                    }
                }
            }
        }
        if (!unseen.isEmpty()) {
            throw new LabException("--exclude-sources names " + String.join(", ", unseen) + ", which no query of '"
                    + file + "' comes from; a source is the id up to its first colon");
        }
        return queries;
    }

    private static TaggedQuery parse(Path file, int number, String line) throws LabException {
        try {
            JsonNode node = JSON.readTree(line);
            List<String> tags = new ArrayList<>();
            for (JsonNode tag : node.path("tags")) {
                tags.add(tag.asText());
            }
            String id = node.path("id").asText("");
            String text = node.path("text").asText("");
            if (id.isEmpty() || tags.isEmpty()) {
                throw new LabException(file + ", line " + number + ": no id or no tags; correct or remove the line");
            }
            boolean test = node.path("split").asText("train").equals("test");
            return new TaggedQuery(id, node.path("lang").asText("en"), test, text, tags);
        } catch (JsonProcessingException e) {
            throw new LabException(
                    file + ", line " + number + ": not a JSON object (" + e.getOriginalMessage()
                            + "); correct or remove the line",
                    e);
        }
    }
}
