package dev.tagrouter.core.tagging;

import java.util.List;

/**
 * How the newest turn of a query is laid out: four axes behind those of its {@linkplain Wording words}, the logarithms of its
 * characters, its lines, its first line and its longest line, at most two standard deviations from the mean; white space around it
 * does not count. A question of several choices is not hard as an essay of that length is (docs/adr/0022-bend.md).
 */
public final class Layout {
    /** What the axes are called. */
    static final List<String> NAMES = List.of(
            Wording.PREFIX + "characters",
            Wording.PREFIX + "lines",
            Wording.PREFIX + "first line",
            Wording.PREFIX + "longest line");

    /** How many axes there are. */
    public static final int AXES = NAMES.size();

    /** How much of the turn is looked through for lines, and of each of its ends for white space. */
    private static final int READ = 4_000;

    /** About where the queries that taggers are trained on lie, and how far they spread: means and standard deviations, rounded. */
    private static final double[] CENTRE = {5.1, 0.7, 4.5, 4.7};

    private static final double[] SPREAD = {1.4, 1.1, 1.2, 1.2};

    /** No text is taken to be further out than this, in spreads: few were that effects are learned from. */
    private static final double REACH = 2;

    private Layout() {}

    /** How many axes a query has whose words have so many: none without words. */
    static int beside(int wordAxes) {
        return wordAxes == 0 ? 0 : wordAxes + AXES;
    }

    /** Where a query lies, in units of 1/{@value Tags#UNITS}, from {@code at} on; a query without turns lies at the centre. */
    static void place(Query query, short[] units, int at) {
        if (query.turns().isEmpty()) {
            return;
        }
        String turn = query.turns().getLast();
        int start = 0;
        while (start < Math.min(READ, turn.length()) && Character.isWhitespace(turn.charAt(start))) {
            start++;
        }
        int end = turn.length();
        while (end > Math.max(start, turn.length() - READ) && Character.isWhitespace(turn.charAt(end - 1))) {
            end--;
        }
        int read = Math.min(start + READ, end);
        int lines = 0;
        int first = 0;
        int longest = 0;
        int from = start;
        while (from <= read) {
            int lineEnd = turn.indexOf('\n', from, read);
            int length = (lineEnd < 0 ? read : lineEnd) - from;
            first = lines == 0 ? length : first;
            longest = Math.max(longest, length);
            lines++;
            from += length + 1;
        }
        put(units, at, 0, 1 + end - start);
        put(units, at, 1, lines);
        put(units, at, 2, 1 + first);
        put(units, at, 3, 1 + longest);
    }

    private static void put(short[] units, int at, int axis, int count) {
        double place = (StrictMath.log(count) - CENTRE[axis]) / SPREAD[axis];
        units[at + axis] = (short) Math.round(Tags.UNITS * Math.max(-REACH, Math.min(REACH, place)));
    }
}
