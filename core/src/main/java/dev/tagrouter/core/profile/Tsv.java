package dev.tagrouter.core.profile;

import dev.tagrouter.core.tagging.PlainName;
import java.util.List;

/** Reads one of a profile's tab-separated files, so that every mistake names file, line and column. */
final class Tsv {
    private final String place;
    private final String[] lines;
    private final List<String> columns;
    private int line;
    private String[] fields = {};

    /** @param columns the file's columns; its first line must name exactly these */
    Tsv(String place, String text, List<String> columns) throws ProfileException {
        this.place = place;
        this.columns = columns;
        this.lines = text.split("\n", -1);
        if (!lines[0].equals(String.join("\t", columns))) {
            throw new ProfileException(place + ", line 1: the header is not '" + String.join(" ", columns)
                    + "' (tab-separated); restore it");
        }
    }

    /** Moves to the next line; false at the end of the file. */
    boolean next() throws ProfileException {
        line++;
        if (line >= lines.length || (line == lines.length - 1 && lines[line].isEmpty())) {
            line = lines.length;
            return false;
        }
        fields = lines[line].split("\t", -1);
        if (fields.length != columns.size()) {
            throw new ProfileException(place + ", line " + (line + 1) + ": " + fields.length + " fields instead of "
                    + columns.size() + "; separate them by one tab each");
        }
        return true;
    }

    String text(int column) {
        return fields[column];
    }

    long count(int column) throws ProfileException {
        try {
            return Long.parseLong(fields[column]);
        } catch (NumberFormatException e) {
            throw broken(column, "a whole number");
        }
    }

    double number(int column) throws ProfileException {
        try {
            return Double.parseDouble(fields[column]);
        } catch (NumberFormatException e) {
            throw broken(column, "a number");
        }
    }

    List<String> list(int column) {
        return fields[column].isEmpty() ? List.of() : List.of(fields[column].split(","));
    }

    private ProfileException broken(int column, String expected) {
        return new ProfileException(place + ", line " + (line + 1) + ", column " + columns.get(column) + ": '"
                + PlainName.shown(fields[column]) + "' is not " + expected + "; correct it");
    }

    /** Builds something of the line just read, or of all of them, whose own checks become mistakes at this place. */
    <T> T checked(Building<T> building) throws ProfileException {
        try {
            return building.build();
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage() + "; correct it");
        }
    }

    /** Something that is built from values that may be refused. */
    interface Building<T> {
        T build() throws ProfileException;
    }

    ProfileException wrong(String problem) {
        return new ProfileException(place + (line < lines.length ? ", line " + (line + 1) : "") + ": " + problem);
    }
}
