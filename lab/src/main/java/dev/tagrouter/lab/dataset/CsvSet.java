package dev.tagrouter.lab.dataset;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.lab.LabException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judgments in one CSV: the column {@code text} is the query, every column that is not reserved a model. */
final class CsvSet implements RowSet {
    static final String TEXT = "text";
    static final Set<String> RESERVED = Set.of("id", TEXT, "lang", "task", "split");

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
        try (CsvReader<NamedCsvRecord> in = Csv.open(file)) {
            for (NamedCsvRecord record : in) {
                Csv.requireFields(file, record);
                List<Double> quality = new ArrayList<>();
                List<Double> tokens = new ArrayList<>();
                for (String column : columns) {
                    quality.add(Csv.quality(file, record, column));
                    tokens.add(DataSource.ASSUMED_OUTPUT_TOKENS);
                }
                String id = optional(record, "id", "line " + record.getStartingLineNumber());
                Judged judged = new Judged(Query.of(record.getField(TEXT)), quality, tokens);
                sink.accept(new JudgedRow(id, optional(record, "task", ""), judged));
            }
        } catch (CsvParseException e) {
            throw new LabException(file + ": not a readable CSV (" + e.getMessage() + ")", e);
        }
    }

    private static String optional(NamedCsvRecord record, String column, String otherwise) {
        return record.getHeader().contains(column) ? record.getField(column) : otherwise;
    }
}
