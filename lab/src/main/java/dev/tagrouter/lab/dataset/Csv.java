package dev.tagrouter.lab.dataset;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.tagrouter.lab.LabException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the readers of judgments share: headers and cells with errors that name line and column. */
public final class Csv {
    /** The column with the query, in a table that has everything. */
    public static final String TEXT = "text";

    private static final Set<String> RESERVED = Set.of("id", TEXT, "lang", "task", "split");

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Csv() {}

    /** Opens a file, with or without a byte order mark; rows are checked by {@link #requireFields}. */
    static CsvReader<NamedCsvRecord> open(Path file) throws IOException {
        return open(file, Files.newInputStream(file));
    }

    /** The same of a stream, which is closed with the reader; what is not UTF-8 ends the reading. */
    public static CsvReader<NamedCsvRecord> open(Path file, InputStream in) throws IOException {
        // The reader's own decoding would put another character for what is not UTF-8, and say nothing.
        PushbackReader text = new PushbackReader(
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()), 1 << 16));
        try {
            int first = text.read();
            if (first >= 0 && first != BYTE_ORDER_MARK) {
                text.unread(first);
            }
        } catch (CharacterCodingException e) {
            throw notUtf8(file, e);
        }
        return CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofNamedCsvRecord(text);
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
        } catch (CsvParseException | IllegalArgumentException | UncheckedIOException e) {
            throw unreadable(file, e);
        }
    }

    /** What to throw where the reader gives up. */
    public static LabException unreadable(Path file, RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CharacterCodingException) {
                return new LabException(file + " is not UTF-8 text; convert it, for example with iconv -t UTF-8", e);
            }
        }
        Throwable cause = e.getCause();
        return new LabException(
                file + ": not a readable CSV ("
                        + (cause == null || cause.getMessage() == null ? e.getMessage() : cause.getMessage())
                        + "); name each column once, and close every quote",
                e);
    }

    private static LabException notUtf8(Path file, Exception cause) {
        return new LabException(file + " is not UTF-8 text; convert it, for example with iconv -t UTF-8", cause);
    }

    /** Refuses an id that stood before; rows without one are told apart by their lines. */
    static void requireNewId(Path file, NamedCsvRecord record, KeyIndex ids) throws LabException {
        String id = optional(record, "id", "");
        if (id.isEmpty()) {
            return;
        }
        if (ids.find(id) >= 0) {
            throw new LabException(file + ", line " + record.getStartingLineNumber() + ": query '" + id
                    + "' stands twice; give each row its own id");
        }
        ids.add(id);
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
