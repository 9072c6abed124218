package dev.tagrouter.core.testing;

import java.util.Base64;
import java.util.Random;

/** Texts that nobody plans for, and anybody may send. */
public enum AnyText {
    EMPTY(""),
    BLANK(" \t\r\n\u3000\u00a0"),
    TEN_MEGABYTES("Lorem ipsum dolor sit amet sql ".repeat(10_000_000 / 31)),
    TEN_MEGABYTES_WITHOUT_A_SPACE("x".repeat(10_000_000)),
    NEWLINES("\n".repeat(100_000)),
    LINES("sql\r\n".repeat(100_000)),
    LONE_SURROGATES("\ud800 sql \udfff\ud800" + "\udc00\ud800".repeat(3000)),
    SURROGATES_SPLIT_WHERE_THE_TEXT_IS_CUT("x".repeat(2999) + "🙂".repeat(10_000)),
    NULS("\0\0sql\0" + "\0".repeat(100_000)),
    CONTROLS("\u0001\u001b[2J\u007f\u0085\u2028\u2029\ufeff\ufffe\uffff sql"),
    EMOJI("🙂👩‍👩‍👧‍👦🇩🇪🏴󠁧󠁢󠁥󠁮󠁧󠁿".repeat(2000)),
    COMBINING("e" + "\u0301".repeat(50_000)),
    BIDI("\u202esql\u202c \u2066poem\u2069"),
    BASE64(base64()),
    CODE("public static void main(String[] a) { for (;;) { /* sql */ } }\n\t\"\\u0000\" <script>${env:HOME}</script>\n"
            .repeat(500)),
    CHINESE("写一首关于数据库的诗。".repeat(2000)),
    FULL_WIDTH("ＳＱＬ，ＰＯＥＭ！"),
    DIGITS("1234567890".repeat(10_000));

    private final String text;

    AnyText(String text) {
        this.text = text;
    }

    private static String base64() {
        byte[] bytes = new byte[200_000];
        new Random(1).nextBytes(bytes);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes);
    }

    public String text() {
        return text;
    }
}
