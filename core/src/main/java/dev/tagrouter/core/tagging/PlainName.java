package dev.tagrouter.core.tagging;

import java.nio.charset.StandardCharsets;

/** What a name of a tag, model or set may hold, so that it can stand in a table's cell and in a one-line message. */
public final class PlainName {
    private static final int SHOWN = 100;

    private PlainName() {}

    /** Whether there is no control character in it, and no half of a character that UTF-8 could not carry. */
    public static boolean is(String name) {
        // Read a thousand times when a program starts, on code that is not compiled yet: what is plain calls nothing.
        boolean plain = true;
        for (byte b : name.getBytes(StandardCharsets.ISO_8859_1)) {
            // A question mark may stand for a character beyond these.
            plain &= b >= ' ' && b < 0x7F && b != '?';
        }
        return plain || isInAnyScript(name);
    }

    /** The same, and that it is not blank and holds no comma, which separates names in a list. */
    static boolean isListable(String name) {
        boolean plain = true;
        boolean blank = true;
        for (byte b : name.getBytes(StandardCharsets.ISO_8859_1)) {
            plain &= b >= ' ' && b < 0x7F && b != '?' && b != ',';
            blank &= b == ' ';
        }
        return (plain && !blank) || (!name.isBlank() && name.indexOf(',') < 0 && isInAnyScript(name));
    }

    private static boolean isInAnyScript(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c) || (Character.isSurrogate(c) && !isPairAt(name, i))) {
                return false;
            }
            i += Character.isSurrogate(c) ? 1 : 0;
        }
        return true;
    }

    private static boolean isPairAt(String name, int i) {
        return i + 1 < name.length() && Character.isSurrogatePair(name.charAt(i), name.charAt(i + 1));
    }

    /** A doubtful name as a message may show it: short, on one line. */
    public static String shown(String name) {
        String cut = name.length() > SHOWN ? name.substring(0, SHOWN) + "..." : name;
        return cut.replaceAll("[\\p{Cntrl}\u0080-\u009F\u2028\u2029]", "?");
    }
}
