package dev.tagrouter.lab.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.lab.LabException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judgments in a folder: {@code quality.csv} (query id, one column a model), {@code queries.jsonl} (id, text) and, if
 * there is one, {@code output_chars.csv} with the length of each answer; four characters are taken as a token.
 *
 * <p>The files are read side by side; where their orders agree, no more than a row of each is in memory.
 */
final class FolderSet implements RowSet {
    static final String QUALITY = "quality.csv";
    static final String QUERIES = "queries.jsonl";
    private static final String OUTPUT = "output_chars.csv";
    private static final double CHARACTERS_PER_TOKEN = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Description description;
    private final List<String> columns;

    FolderSet(Path folder, Description description, Map<String, String> renames) throws IOException {
        this.folder = folder;
        this.description = description;
        this.columns = columns(Csv.header(folder.resolve(QUALITY)), description.models(), renames);
    }

    /** The column of each model. */
    static List<String> columns(List<String> header, List<String> models, Map<String, String> renames) {
        return models.stream()
                .map(model -> header.stream()
                        .filter(column -> renames.getOrDefault(column, column).equals(model))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    @Override
    public Description description() {
        return description;
    }

    @Override
    public void readRows(RowSink sink) throws IOException {
        Path quality = folder.resolve(QUALITY);
        Path output = folder.resolve(OUTPUT);
        try (CsvReader<NamedCsvRecord> judgments = Csv.open(quality);
                @Nullable CsvReader<NamedCsvRecord> lengths = Files.isRegularFile(output) ? Csv.open(output) : null;
                Texts texts = new Texts(folder.resolve(QUERIES))) {
            Lengths answerLengths = lengths == null ? null : new Lengths(output, lengths);
            for (NamedCsvRecord record : judgments) {
                Csv.requireFields(quality, record);
                String id = record.getField(0);
                List<Double> qualities = new ArrayList<>();
                for (String column : columns) {
                    qualities.add(Csv.quality(quality, record, column));
                }
                Text text = texts.of(id);
                if (text == null) {
                    throw new LabException(quality + ", line " + record.getStartingLineNumber() + ": query '" + id
                            + "' is not in " + QUERIES + ", or stands twice in " + QUALITY + "; correct one of them");
                }
                Judged judged = new Judged(Query.of(text.text()), qualities, tokens(answerLengths, id));
                sink.accept(new JudgedRow(id, text.task(), text.split(), judged));
            }
        } catch (CsvParseException | UncheckedIOException e) {
            throw Csv.unreadable(folder, e);
        }
    }

    private List<Double> tokens(@Nullable Lengths lengths, String id) throws IOException {
        List<Double> tokens = new ArrayList<>();
        NamedCsvRecord record = lengths == null ? null : lengths.of(id);
        for (String column : columns) {
            double characters =
                    lengths == null || record == null || !record.getHeader().contains(column)
                            ? Double.NaN
                            : Csv.number(lengths.file, record, column);
            tokens.add(
                    Double.isNaN(characters)
                            ? DataSource.ASSUMED_OUTPUT_TOKENS
                            : Math.max(1, characters / CHARACTERS_PER_TOKEN));
        }
        return tokens;
    }

    /** The rows of the answer lengths by query id, read only as far as asked for. */
    private static final class Lengths {
        private final Path file;
        private final Iterator<NamedCsvRecord> rows;
        private final Map<String, NamedCsvRecord> ahead = new HashMap<>();

        private Lengths(Path file, CsvReader<NamedCsvRecord> reader) {
            this.file = file;
            this.rows = reader.iterator();
        }

        private @Nullable NamedCsvRecord of(String id) throws LabException {
            NamedCsvRecord found = ahead.remove(id);
            while (found == null && rows.hasNext()) {
                NamedCsvRecord next = rows.next();
                Csv.requireFields(file, next);
                if (next.getField(0).equals(id)) {
                    found = next;
                } else {
                    ahead.put(next.getField(0), next);
                }
            }
            return found;
        }
    }

    private record Text(String text, String task, String split) {
        private static Text of(JsonNode node) {
            return new Text(
                    node.path("text").asText(),
                    node.path("task").asText(""),
                    node.path("split").asText(""));
        }
    }

    /** The texts by query id, read only as far as asked for. */
    private static final class Texts implements AutoCloseable {
        private final Path file;
        private final BufferedReader in;
        private final Map<String, Text> ahead = new HashMap<>();
        private final KeyIndex ids = new KeyIndex();
        private int line;

        private Texts(Path file) throws IOException {
            this.file = file;
            this.in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        }

        private @Nullable Text of(String id) throws IOException {
            Text found = ahead.remove(id);
            while (found == null) {
                String next = readLine();
                if (next == null) {
                    return null;
                }
                line++;
                if (!next.isBlank()) {
                    JsonNode node = parse(next);
                    requireNew(node.path("id").asText());
                    if (node.path("id").asText().equals(id)) {
                        found = Text.of(node);
                    } else {
                        ahead.put(node.path("id").asText(), Text.of(node));
                    }
                }
            }
            return found;
        }

        private @Nullable String readLine() throws IOException {
            try {
                return in.readLine();
            } catch (CharacterCodingException e) {
                throw new LabException(
                        file + ", after line " + line + ": not UTF-8 text; convert it, for example with iconv -t UTF-8",
                        e);
            }
        }

        private void requireNew(String id) throws LabException {
            if (ids.find(id) >= 0) {
                throw new LabException(
                        file + ", line " + line + ": query '" + id + "' stands twice; give each query its own id");
            }
            ids.add(id);
        }

        private JsonNode parse(String text) throws LabException {
            try {
                JsonNode node = JSON.readTree(text);
                if (node.path("id").isTextual() && node.path("text").isTextual()) {
                    return node;
                }
            } catch (JsonProcessingException e) {
                throw new LabException(
                        file + ", line " + line + ": not a JSON object (" + e.getOriginalMessage() + ")", e);
            }
            throw new LabException(file + ", line " + line + ": no \"id\" or no \"text\"; every line needs both");
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
