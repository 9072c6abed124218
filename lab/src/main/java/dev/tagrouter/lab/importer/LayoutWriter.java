package dev.tagrouter.lab.importer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.tagrouter.core.tagging.PlainName;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.dataset.KeyIndex;
import dev.tagrouter.learning.Progress;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the shared layout into a folder of its own: texts as they come, then the tables from the judgments that were
 * laid down on disk meanwhile. Memory holds a hash of each query and a window of the tables, never a text.
 */
final class LayoutWriter implements Importer.Sink, AutoCloseable {
    static final String QUALITY = "quality.csv";
    static final String QUERIES = "queries.jsonl";
    static final String OUTPUT = "output_chars.csv";
    private static final int MOST_MODELS = 2_000;
    private static final int WINDOW_CELLS = 1 << 21;
    private static final double DECIMALS = 1e6;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final String set;
    private final Path idFile;
    private final Path cellFile;
    private final Writer queries;
    private final DataOutputStream ids;
    private final Cells cells;
    private final KeyIndex index = new KeyIndex();
    /** The numbers that numbered queries have, or own ids look like. */
    private final BitSet taken = new BitSet();

    private final Map<String, Integer> models = new LinkedHashMap<>();
    private long unjudged;

    /**
     * @param folder exists and is empty
     * @param set what numbered ids begin with
     */
    LayoutWriter(Path folder, String set) throws IOException {
        this.folder = folder;
        this.set = set;
        this.idFile = folder.resolve("ids.part");
        this.cellFile = folder.resolve("cells.part");
        this.queries = Files.newBufferedWriter(folder.resolve(QUERIES), StandardCharsets.UTF_8);
        this.ids = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(idFile)));
        this.cells = new Cells(cellFile);
    }

    @Override
    public boolean knows(String key) {
        return index.find(key) >= 0;
    }

    @Override
    public int query(ImportedQuery query) throws IOException {
        int known = index.find(query.key());
        if (known >= 0) {
            return known;
        }
        String id = id(query);
        int position = index.add(query.key());
        ids.writeUTF(id);
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("id", id);
        putUnlessEmpty(line, "lang", query.language());
        putUnlessEmpty(line, "task", query.task());
        putUnlessEmpty(line, "split", query.split());
        line.put("text", query.text());
        queries.write(JSON.writeValueAsString(line));
        queries.write('\n');
        return position;
    }

    /** A query's own id, or the next number that no other's own id looks like. */
    private String id(ImportedQuery query) throws LabException {
        if (query.id().isEmpty()) {
            int number = index.size();
            while (taken.get(number)) {
                number++;
            }
            taken.set(number);
            return set + ":" + number;
        }
        int number = number(query.id());
        if (number >= 0) {
            if (taken.get(number)) {
                throw new LabException("query '" + query.id() + "' stands twice: a row before it, which has no id, was"
                        + " numbered so; give every row its own id, or none");
            }
            taken.set(number);
        }
        return query.id();
    }

    /** What a numbered query's id is the number of; -1 for others, and for numbers that no import reaches. */
    private int number(String id) {
        String digits = id.startsWith(set + ":") ? id.substring(set.length() + 1) : "";
        return digits.matches("0|[1-9][0-9]{0,7}") ? Integer.parseInt(digits) : -1;
    }

    private static void putUnlessEmpty(ObjectNode line, String field, String value) {
        if (!value.isEmpty()) {
            line.put(field, value);
        }
    }

    @Override
    public void judgment(int query, String model, double quality, double outputChars) throws IOException {
        Integer column = models.get(model);
        if (column == null) {
            if (model.isBlank() || !PlainName.is(model)) {
                throw new LabException("'" + PlainName.shown(model)
                        + "' is no usable name of a model; give one without line breaks, and not an empty one");
            }
            column = models.size();
            models.put(model, column);
            if (column == MOST_MODELS) {
                throw new LabException("model '" + model + "' is number " + (MOST_MODELS + 1)
                        + "; check that the member which names the model is right, or import fewer files");
            }
        }
        cells.add(query, column, quality, outputChars);
    }

    @Override
    public void unjudged() {
        unjudged++;
    }

    /**
     * Writes the tables.
     *
     * @throws LabException when there is nothing to write
     */
    Imported finish(Progress progress) throws IOException {
        queries.close();
        ids.close();
        if (cells.count() == 0) {
            throw new LabException("no judgment was found"
                    + (unjudged > 0 ? ": none of the " + unjudged + " rows says how good an answer was" : "")
                    + "; check --from and --format");
        }
        int rows = Math.max(1, WINDOW_CELLS / models.size());
        long filled = 0;
        long repeated = 0;
        try (DataInputStream names = new DataInputStream(new BufferedInputStream(Files.newInputStream(idFile)));
                CsvWriter quality = table(QUALITY);
                CsvWriter lengths = table(OUTPUT)) {
            for (int first = 0; first < index.size(); first += rows) {
                progress.report("writing the tables", first, index.size());
                int last = Math.min(index.size(), first + rows);
                Cells.Window window = cells.window(first, last - first, models.size());
                for (int query = first; query < last; query++) {
                    String id = names.readUTF();
                    quality.writeRecord(row(id, query, window::quality));
                    lengths.writeRecord(row(id, query, window::length));
                }
                filled += window.filled();
                repeated += window.repeated();
            }
        }
        cells.close();
        Files.delete(idFile);
        Files.delete(cellFile);
        if (!cells.anyLength()) {
            Files.delete(folder.resolve(OUTPUT));
        }
        return new Imported(index.size(), List.copyOf(models.keySet()), filled, repeated, unjudged, cells.anyLength());
    }

    private CsvWriter table(String name) throws IOException {
        CsvWriter writer = CsvWriter.builder().build(folder.resolve(name), StandardCharsets.UTF_8);
        List<String> header = new ArrayList<>(List.of("query"));
        header.addAll(models.keySet());
        writer.writeRecord(header);
        return writer;
    }

    /** The value of a query and a model. */
    @FunctionalInterface
    private interface Value {
        double of(int query, int model);
    }

    private List<String> row(String id, int query, Value value) {
        List<String> row = new ArrayList<>(models.size() + 1);
        row.add(id);
        for (int m = 0; m < models.size(); m++) {
            row.add(number(value.of(query, m)));
        }
        return row;
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        double rounded = Math.round(value * DECIMALS) / DECIMALS;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }

    /** Closes what an import that failed left open. */
    @Override
    public void close() throws IOException {
        queries.close();
        ids.close();
        cells.close();
    }
}
