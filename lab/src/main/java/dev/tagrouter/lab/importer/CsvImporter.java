package dev.tagrouter.lab.importer;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.dataset.BrokenLines;
import dev.tagrouter.lab.dataset.Csv;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * One table: the column {@code text} is the query; {@code id}, {@code lang}, {@code task} and {@code split} may be
 * there; every other column is a model with the quality of its answer from 0 to 1, empty where it was not judged. A row
 * without id is numbered; an id stands once.
 */
final class CsvImporter implements Importer {
    private final Path from;

    CsvImporter(Path from) {
        this.from = from;
    }

    @Override
    public List<Path> files() throws IOException {
        if (!Files.isRegularFile(from)) {
            throw new LabException("'" + from + "' is no file; give one CSV of judgments");
        }
        Csv.requireText(from, Csv.header(from));
        return List.of(from);
    }

    @Override
    public void read(Path file, InputStream in, Sink sink, BrokenLines broken) throws IOException {
        List<String> models = Csv.models(Csv.header(file));
        try (CsvReader<NamedCsvRecord> rows = Csv.open(file, in)) {
            for (NamedCsvRecord row : rows) {
                try {
                    read(file, row, models, sink);
                } catch (LabException e) {
                    broken.add(e);
                }
            }
        } catch (CsvParseException | UncheckedIOException e) {
            throw Csv.unreadable(file, e);
        }
    }

    private static void read(Path file, NamedCsvRecord row, List<String> models, Sink sink) throws IOException {
        Csv.requireFields(file, row);
        double[] quality = new double[models.size()];
        for (int m = 0; m < quality.length; m++) {
            quality[m] = Csv.quality(file, row, models.get(m));
        }
        if (Arrays.stream(quality).allMatch(Double::isNaN)) {
            sink.unjudged();
            return;
        }
        String place = file + ", line " + row.getStartingLineNumber();
        String id = Csv.optional(row, "id", "");
        String key = id.isEmpty() ? "line " + row.getStartingLineNumber() : "id " + id;
        if (sink.knows(key)) {
            throw new LabException(place + ": query '" + id + "' stands twice; give each row its own id");
        }
        int query = query(
                sink,
                place,
                ImportedQuery.checked(
                        place,
                        key,
                        id,
                        Csv.optional(row, "lang", ""),
                        Csv.optional(row, "task", ""),
                        Csv.optional(row, "split", ""),
                        row.getField(Csv.TEXT)));
        for (int m = 0; m < quality.length; m++) {
            if (!Double.isNaN(quality[m])) {
                sink.judgment(query, models.get(m), quality[m], Double.NaN);
            }
        }
    }

    private static int query(Sink sink, String place, ImportedQuery query) throws IOException {
        try {
            return sink.query(query);
        } catch (LabException e) {
            throw new LabException(place + ": " + e.getMessage());
        }
    }
}
