package dev.tagrouter.lab.dataset;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.tagrouter.lab.LabException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the readers of judgments share: headers and cells with errors that name line and column. */
public final class Csv {
    /** The column with the query, in a table that has everything. */
    public static final String TEXT = "text";

    private static final Set<String> RESERVED = Set.of("id", TEXT, "lang", "task", "split");

    private Csv() {}

    /** Opens a file, with or without a byte order mark; rows are checked by {@link #requireFields}. */
    static CsvReader<NamedCsvRecord> open(Path file) throws IOException {
        return reader().ofNamedCsvRecord(file);
    }

    /** The same of a stream, which is closed with the reader. */
    public static CsvReader<NamedCsvRecord> open(InputStream in) {
        return reader().ofNamedCsvRecord(in);
    }

    private static CsvReader.CsvReaderBuilder reader() {
        return CsvReader.builder()
                .detectBomHeader(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
    }

    /**
     * The names of the columns.
     *
     * @throws LabException when a name stands twice, there is but one, or there is no row below
     */
    public static List<String> header(Path file) throws IOException {
        try (CsvReader<NamedCsvRecord> in = open(file)) {
            var records = in.iterator();
            if (!records.hasNext()) {
                throw new LabException(file + ": there is no row below the header; give at least one judged query");
            }
            List<String> header = records.next().getHeader();
            if (new HashSet<>(header).size() != header.size() || header.size() < 2) {
                throw new LabException(file + ", line 1: the columns are " + header
                        + "; name each column once, and give at least one model");
            }
            return header;
        } catch (CsvParseException | IllegalArgumentException e) {
            throw unreadable(file, e);
        }
    }

    /** What to throw where the reader gives up. */
    public static LabException unreadable(Path file, RuntimeException e) {
        Throwable cause = e.getCause();
        return new LabException(
                file + ": not a readable CSV ("
                        + (cause == null || cause.getMessage() == null ? e.getMessage() : cause.getMessage()) + ")",
                e);
    }

    /** Refuses a table that has everything but the query. */
    public static void requireText(Path file, List<String> header) throws LabException {
        if (!header.contains(TEXT)) {
            throw new LabException(file + ", line 1: there is no column 'text' among " + header
                    + "; name the column with the query 'text' and give each model a column");
        }
    }

    /** The columns that are models, in a table that has everything. */
    public static List<String> models(List<String> header) {
        return header.stream().filter(column -> !RESERVED.contains(column)).toList();
    }

    /** A field that need not have a column. */
    public static String optional(NamedCsvRecord record, String column, String otherwise) {
        return record.getHeader().contains(column) ? record.getField(column) : otherwise;
    }

    /** Refuses a row with more or fewer fields than the header, such as one with a quote that is never closed. */
    public static void requireFields(Path file, NamedCsvRecord record) throws LabException {
        if (record.getFieldCount() != record.getHeader().size()) {
            throw new LabException(file + ", line " + record.getStartingLineNumber() + ": " + record.getFieldCount()
                    + " fields where the header has " + record.getHeader().size()
                    + "; add or remove commas, and close every quote");
        }
    }

    /** A quality in [0, 1]; NaN for an empty cell. */
    public static double quality(Path file, NamedCsvRecord record, String column) throws LabException {
        double value = number(file, record, column);
        if (value < 0 || value > 1) {
            throw wrong(file, record, column, "a quality from 0 to 1");
        }
        return value;
    }

    /** A finite number; NaN for an empty cell. */
    static double number(Path file, NamedCsvRecord record, String column) throws LabException {
        String text = record.getField(column).strip();
        if (text.isEmpty()) {
            return Double.NaN;
        }
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw wrong(file, record, column, "a number");
        }
        throw wrong(file, record, column, "a finite number");
    }

    private static LabException wrong(Path file, NamedCsvRecord record, String column, String expected) {
        return new LabException(file + ", line " + record.getStartingLineNumber() + ", column " + column + ": '"
                + record.getField(column) + "' is not " + expected + "; correct it, or leave it empty if not judged");
    }
}
