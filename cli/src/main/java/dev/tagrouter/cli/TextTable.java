package dev.tagrouter.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows in columns, aligned by what a terminal shows: a Chinese or Japanese character is two cells wide. */
final class TextTable {
    private static final String GAP = "  ";

    /** Which side a column's cells keep to. */
    enum Side {
        LEFT,
        RIGHT
    }

    private final List<Side> sides = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    TextTable() {
        rows.add(new ArrayList<>());
    }

    /** A further column with text. */
    TextTable left(String heading) {
        return column(heading, Side.LEFT);
    }

    /** A further column with numbers. */
    TextTable right(String heading) {
        return column(heading, Side.RIGHT);
    }

    private TextTable column(String heading, Side side) {
        sides.add(side);
        rows.getFirst().add(heading);
        return this;
    }

    /** A further row with a cell for each column. */
    TextTable row(String... cells) {
        return row(List.of(cells));
    }

    /** A further row with a cell for each column. */
    TextTable row(List<String> cells) {
        if (cells.size() != sides.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + sides.size() + " columns");
        }
        rows.add(cells.stream().map(TextTable::oneLine).toList());
        return this;
    }

    private static String oneLine(String cell) {
        return cell.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    void print(PrintWriter out) {
        int[] widths = new int[sides.size()];
        for (List<String> row : rows) {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], width(row.get(c)));
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < widths.length; c++) {
                String padding = " ".repeat(widths[c] - width(row.get(c)));
                line.append(c == 0 ? "" : GAP)
                        .append(
                                switch (sides.get(c)) {
                                    case LEFT -> row.get(c) + padding;
                                    case RIGHT -> padding + row.get(c);
                                });
            }
            out.println(line.toString().stripTrailing());
        }
    }

    /** How many cells of a terminal a text fills. */
    static int width(String text) {
        return text.codePoints().map(TextTable::cells).sum();
    }

    private static int cells(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0xFFE0 && c <= 0xFFE6)
                || (c >= 0x1F300 && c <= 0x1FAFF)
                || (c >= 0x20000 && c <= 0x3FFFD);
        return wide ? 2 : 1;
    }
}
