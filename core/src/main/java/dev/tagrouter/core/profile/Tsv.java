package dev.tagrouter.core.profile;

import dev.tagrouter.core.tagging.PlainName;
import java.util.List;

/**
 * Reads one of a profile's tab-separated files, so that every mistake names file, line and column. It reads when a
 * program starts, on code that is not compiled yet, and therefore does little for each field.
 */
final class Tsv {
    private static final int EXACT_DIGITS = 15;
    /** Powers of ten, each a double without rounding. */
    private static final double[] TEN_TO = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private final String place;
    private final String text;
    private final List<String> columns;
    private final String[] fields;
    /** The number of the line just read, from 1; 0 when all are read. */
    private int line = 1;
    /** Where the line after it begins. */
    private int next;

    /** @param columns the file's columns; its first line must name exactly these */
    Tsv(String place, String text, List<String> columns) throws ProfileException {
        this.place = place;
        this.text = text;
        this.columns = columns;
        this.fields = new String[columns.size()];
        int end = end(0);
        this.next = end + 1;
        if (!text.substring(0, end).equals(String.join("\t", columns))) {
            throw new ProfileException(place + ", line 1: the header is not '" + String.join(" ", columns)
                    + "' (tab-separated); restore it");
        }
    }

    private int end(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    /** Moves to the next line; false at the end of the file. */
    boolean next() throws ProfileException {
        if (next >= text.length()) {
            line = 0;
            return false;
        }
        line++;
        int end = end(next);
        int count = 0;
        int from = next;
        next = end + 1;
        while (from <= end) {
            int tab = text.indexOf('\t', from, end);
            int to = tab < 0 ? end : tab;
            if (count < fields.length) {
                fields[count] = text.substring(from, to);
            }
            count++;
            from = to + 1;
        }
        if (count != fields.length) {
            throw new ProfileException(place + ", line " + line + ": " + count + " fields instead of " + fields.length
                    + "; separate them by one tab each");
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
        double plain = plainDecimal(fields[column]);
        if (!Double.isNaN(plain)) {
            return plain;
        }
        try {
            return Double.parseDouble(fields[column]);
        } catch (NumberFormatException e) {
            throw broken(column, "a number");
        }
    }

    /**
     * What a short text of digits, perhaps with a sign before and a point within them, means; NaN for any other. Up to 15
     * digits and their power of ten are doubles without rounding, so that the one division rounds as parseDouble does.
     */
    static double plainDecimal(String text) {
        int first = text.startsWith("-") ? 1 : 0;
        int point = text.indexOf('.', first);
        int digits = text.length() - first - (point < 0 ? 0 : 1);
        if (digits < 1 || digits > EXACT_DIGITS) {
            return Double.NaN;
        }
        long all = 0;
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                all = 10 * all + (c - '0');
            } else if (i != point) {
                return Double.NaN;
            }
        }
        double size = all / TEN_TO[point < 0 ? 0 : text.length() - point - 1];
        return first == 0 ? size : -size;
    }

    List<String> list(int column) {
        return fields[column].isEmpty() ? List.of() : List.of(fields[column].split(","));
    }

    private ProfileException broken(int column, String expected) {
        return new ProfileException(place + ", line " + line + ", column " + columns.get(column) + ": '"
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
        return new ProfileException(place + (line > 0 ? ", line " + line : "") + ": " + problem);
    }
}
