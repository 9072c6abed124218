package dev.tagrouter.client;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** One tag as a model wrote it, without the quotes, marks and capitals around it; what it means is not touched. */
final class TidyTag {
    private static final int MOST_WORDS = 5;
    private static final int MOST_CHARACTERS = 60;
    private static final Pattern GAPS = Pattern.compile("[\\s_\\p{Cntrl}]+");
    private static final Pattern BEFORE = Pattern.compile("^[\\s\"'`*#\\[({<“”‘’«-]+");
    /** Plus and sharp stay: c++, c#. */
    private static final Pattern AFTER = Pattern.compile("[\\s\"'`*\\])}>“”‘’».,;:!?。，；：！？-]+$");

    private TidyTag() {}

    /** The tidied tag; empty where there was nothing in it. A comma, which no vocabulary can hold, ends it. */
    static String of(String written) {
        String text = Normalizer.normalize(written, Normalizer.Form.NFKC);
        int comma = text.indexOf(',');
        text = comma > 0 ? text.substring(0, comma) : text;
        text = GAPS.matcher(text).replaceAll(" ");
        text = BEFORE.matcher(text).replaceFirst("");
        text = AFTER.matcher(text).replaceFirst("");
        return text.toLowerCase(Locale.ROOT);
    }

    /** Whether it is rather a sentence. */
    static boolean isTooLong(String tag) {
        return tag.length() > MOST_CHARACTERS || tag.split(" ", -1).length > MOST_WORDS;
    }

    /** Whether all letters are Latin. */
    static boolean isLatin(String tag) {
        return tag.codePoints()
                .filter(Character::isLetter)
                .allMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN);
    }
}
