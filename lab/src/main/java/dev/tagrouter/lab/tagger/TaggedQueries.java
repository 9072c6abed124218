package dev.tagrouter.lab.tagger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.dataset.BrokenLines;
import dev.tagrouter.lab.dataset.ByteLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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
        return read(file, excludedSources, new BrokenLines(BrokenLines.Policy.REFUSE));
    }

    /**
     * The same, where broken lines may be left out.
     *
     * @param broken told every line that is not UTF-8, not JSON, or without id or tags
     */
    public static List<TaggedQuery> read(Path file, Set<String> excludedSources, BrokenLines broken)
            throws IOException {
        requireFile(file);
        List<TaggedQuery> queries = new ArrayList<>();
        Set<String> unseen = new TreeSet<>(excludedSources);
        try (InputStream in = Files.newInputStream(file)) {
            ByteLines lines = new ByteLines(in, file.toString());
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                TaggedQuery query = read(line, lines.place(lines.number()), broken);
                if (query != null) {
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

    /** @throws LabException when there is no such file */
    public static void requireFile(Path file) throws LabException {
        if (!Files.isRegularFile(file)) {
            throw new LabException(
                    "tags file '" + file + "' does not exist; give JSON Lines with id, lang, text, tags");
        }
    }

    /** The query of a line, or null where it is blank or left out. */
    private static @Nullable TaggedQuery read(byte[] line, String place, BrokenLines broken) throws LabException {
        try {
            String text = ByteLines.text(line, place);
            return text.isBlank() ? null : parse(text, place);
        } catch (LabException e) {
            broken.add(e);
            return null;
        }
    }

    private static TaggedQuery parse(String line, String place) throws LabException {
        try {
            JsonNode node = JSON.readTree(line);
            List<String> tags = new ArrayList<>();
            for (JsonNode tag : node.path("tags")) {
                tags.add(tag.asText());
            }
            String id = node.path("id").asText("");
            String text = node.path("text").asText("");
            if (id.isEmpty() || tags.isEmpty()) {
                throw new LabException(place + ": no id or no tags; correct or remove the line");
            }
            boolean test = node.path("split").asText("train").equals("test");
            return new TaggedQuery(id, node.path("lang").asText("en"), test, text, tags);
        } catch (JsonProcessingException e) {
            throw new LabException(
                    place + ": not a JSON object (" + e.getOriginalMessage() + "); correct or remove the line", e);
        }
    }
}
