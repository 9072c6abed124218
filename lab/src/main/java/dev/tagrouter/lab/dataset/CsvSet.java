package dev.tagrouter.lab.dataset;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.tagrouter.core.tagging.Query;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Judgments in one CSV: the column {@code text} is the query; {@code id}, {@code lang}, {@code task} and {@code split}
 * may be there; every other column is a model, with the quality of its answer from 0 to 1 or nothing.
 */
final class CsvSet implements RowSet {
    private final Path file;
    private final Description description;
    private final List<String> columns;

    CsvSet(Path file, Description description, Map<String, String> renames) throws IOException {
        this.file = file;
        this.description = description;
        this.columns = FolderSet.columns(Csv.header(file), description.models(), renames);
    }

    @Override
    public Description description() {
        return description;
    }

    @Override
    public void readRows(RowSink sink) throws IOException {
        KeyIndex ids = new KeyIndex();
        try (CsvReader<NamedCsvRecord> in = Csv.open(file)) {
            for (NamedCsvRecord record : in) {
                Csv.requireFields(file, record);
                Csv.requireNewId(file, record, ids);
                List<Double> quality = new ArrayList<>();
                List<Double> tokens = new ArrayList<>();
                for (String column : columns) {
                    quality.add(Csv.quality(file, record, column));
                    tokens.add(DataSource.ASSUMED_OUTPUT_TOKENS);
                }
                String id = Csv.optional(record, "id", "line " + record.getStartingLineNumber());
                Judged judged = new Judged(Query.of(record.getField(Csv.TEXT)), quality, tokens);
                sink.accept(
                        new JudgedRow(id, Csv.optional(record, "task", ""), Csv.optional(record, "split", ""), judged));
            }
        } catch (CsvParseException | UncheckedIOException e) {
            throw Csv.unreadable(file, e);
        }
    }
}
