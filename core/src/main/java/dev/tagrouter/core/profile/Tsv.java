package dev.tagrouter.core.profile;

import dev.tagrouter.core.tagging.PlainName;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads one of a profile's tab-separated files, so that every mistake names file, line and column. It reads when a
 * program starts, on code that is not compiled yet, and therefore does little for each byte and field: fields are found where they
 * stand, and only those that are asked for as text become text.
 */
final class Tsv {
    private static final int EXACT_DIGITS = 15;
    /** So many bytes at once: code that is called often is compiled long before code that loops for long. */
    private static final int STRETCH = 256;

    /** Powers of ten, each a double without rounding. */
    private static final double[] TEN_TO = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private final String place;
    private final byte[] content;
    private final Charset charset;
    private final List<String> columns;
    /** Where each field of the line ends; the first begins at {@link #begin}, each other behind the tab. */
    private final int[] ends;

    private int begin;
    /** The number of the line just read, from 1; 0 when all are read. */
    private int line = 1;
    /** Where the line after it begins. */
    private int next;

    /**
     * @param content the file in UTF-8
     * @param columns the file's columns; its first line must name exactly these
     */
    Tsv(String place, byte[] content, List<String> columns) throws ProfileException {
        this.place = place;
        this.content = content;
        this.charset = charset(place, content);
        this.columns = columns;
        this.ends = new int[columns.size()];
        int end = 0;
        while (end < content.length && content[end] != '\n') {
            end++;
        }
        this.next = end + 1;
        if (!new String(content, 0, end, charset).equals(String.join("\t", columns))) {
            throw new ProfileException(place + ", line 1: the header is not '" + String.join(" ", columns)
                    + "' (tab-separated); restore it");
        }
    }

    /** The simplest charset that the bytes are written in. */
    private static Charset charset(String place, byte[] content) throws ProfileException {
        if (isAscii(content)) {
            return StandardCharsets.ISO_8859_1;
        }
        ProfileFormat.text(place, content);
        return StandardCharsets.UTF_8;
    }

    private static boolean isAscii(byte[] content) {
        int bits = 0;
        for (int from = 0; from < content.length; from += STRETCH) {
            bits |= bits(content, from, Math.min(content.length, from + STRETCH));
        }
        return bits >= 0;
    }

    private static int bits(byte[] content, int from, int to) {
        int bits = 0;
        for (int i = from; i < to; i++) {
            bits |= content[i];
        }
        return bits;
    }

    /** Moves to the next line; false at the end of the file. */
    boolean next() throws ProfileException {
        if (next >= content.length) {
            line = 0;
            return false;
        }
        line++;
        begin = next;
        int count = 0;
        int at = next;
        for (; at < content.length; at++) {
            byte b = content[at];
            if (b == '\n') {
                break;
            }
            if (b == '\t') {
                count = ended(count, at);
            }
        }
        count = ended(count, at);
        next = at + 1;
        if (count != ends.length) {
            throw new ProfileException(place + ", line " + line + ": " + count + " fields instead of " + ends.length
                    + "; separate them by one tab each");
        }
        return true;
    }

    /** Notes where a field ends; returns how many have. */
    private int ended(int count, int at) {
        if (count < ends.length) {
            ends[count] = at;
        }
        return count + 1;
    }

    private int from(int column) {
        return column == 0 ? begin : ends[column - 1] + 1;
    }

    /** A field as text: made anew each time. */
    String text(int column) {
        int from = from(column);
        return new String(content, from, ends[column] - from, charset);
    }

    boolean isEmpty(int column) {
        return from(column) == ends[column];
    }

    long count(int column) throws ProfileException {
        long plain = plainCount(content, from(column), ends[column]);
        if (plain >= 0) {
            return plain;
        }
        try {
            return Long.parseLong(text(column));
        } catch (NumberFormatException e) {
            throw broken(column, "a whole number");
        }
    }

    double number(int column) throws ProfileException {
        double plain = plainDecimal(content, from(column), ends[column]);
        if (!Double.isNaN(plain)) {
            return plain;
        }
        try {
            return Double.parseDouble(text(column));
        } catch (NumberFormatException e) {
            throw broken(column, "a number");
        }
    }

    /** What some digits, 1 to 15, mean; -1 for any other text. */
    static long plainCount(byte[] text, int from, int to) {
        if (to - from < 1 || to - from > EXACT_DIGITS) {
            return -1;
        }
        long all = 0;
        for (int i = from; i < to; i++) {
            byte c = text[i];
            if (c < '0' || c > '9') {
                return -1;
            }
            all = 10 * all + (c - '0');
        }
        return all;
    }

    /**
     * What a short text of digits, perhaps with a sign before and a point within them, means; NaN for any other. Up to 15
     * digits and their power of ten are doubles without rounding, so that the one division rounds as parseDouble does.
     */
    static double plainDecimal(byte[] text, int from, int to) {
        int first = from < to && text[from] == '-' ? from + 1 : from;
        int point = -1;
        long all = 0;
        for (int i = first; i < to; i++) {
            byte c = text[i];
            if (c >= '0' && c <= '9') {
                all = 10 * all + (c - '0');
            } else if (c == '.' && point < 0) {
                point = i;
            } else {
                return Double.NaN;
            }
        }
        int digits = to - first - (point < 0 ? 0 : 1);
        if (digits < 1 || digits > EXACT_DIGITS) {
            return Double.NaN;
        }
        double size = all / TEN_TO[point < 0 ? 0 : to - point - 1];
        return first == from ? size : -size;
    }

    List<String> list(int column) {
        return isEmpty(column) ? List.of() : List.of(text(column).split(","));
    }

    private ProfileException broken(int column, String expected) {
        return new ProfileException(place + ", line " + line + ", column " + columns.get(column) + ": '"
                + PlainName.shown(text(column)) + "' is not " + expected + "; correct it");
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
