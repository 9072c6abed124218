package dev.tagrouter.core.tagging;

/**
 * Cuts text into the hashed features that the embedded tagger reads: words, how long words begin and end, word pairs,
 * how a turn opens, how long it is, and whether there are several. English, Chinese and code need no language detection:
 * a CJK character is a word.
 *
 * <p>Text is folded first (lower case, full-width to ASCII, runs of white space to one space, numbers of three digits
 * and more to one word). Of a turn longer than {@value #HEAD} + {@value #TAIL} characters, only its first
 * {@value #HEAD} and last {@value #TAIL} are read, so time and memory are bounded. Not safe for use by several threads;
 * allocates nothing after construction.
 */
public final class TextFeatures {
    /** Characters read from the start of a turn. */
    public static final int HEAD = 3000;

    /** Characters read from the end of a turn that is longer than head and tail together. */
    public static final int TAIL = 1000;

    /** Receives features in text order, repeats included. */
    @FunctionalInterface
    public interface Sink {
        /**
         * @param hash a 32-bit hash of the feature and its kind
         * @param weight the weight of the turn that it stands in, in (0, 1]
         */
        void accept(int hash, float weight);
    }

    private static final long STEM = 0x9E3779B97F4A7C15L;
    private static final long LONG_STEM = 0xD6E8FEB86659FD93L;
    private static final long ENDING = 0xA0761D6478BD642FL;
    private static final long WORD = 0xC2B2AE3D27D4EB4FL;
    private static final long PAIR = 0x165667B19E3779F9L;
    private static final long OPENING_WORD = 0x27D4EB2F165667C5L;
    private static final long OPENING_PAIR = 0x85EBCA77C2B2AE63L;
    private static final long LENGTH = 0xFF51AFD7ED558CCDL;
    private static final int SEVERAL_TURNS = mix(0x2545F4914F6CDD1DL);

    /** Letters of a stem, of a long stem and of an ending; a word is cut only when more than the part is left of it. */
    private static final int STEM_LETTERS = 4;

    private static final int LONG_STEM_LETTERS = 6;
    private static final int ENDING_LETTERS = 3;

    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private static final byte SPACE = 0;
    private static final byte LETTER = 1;
    private static final byte DIGIT = 2;
    private static final byte SINGLE = 3;
    private static final byte[] ASCII_KIND = new byte[128];

    static {
        for (char c = 0; c < 128; c++) {
            ASCII_KIND[c] = slowKind(c);
        }
    }

    private final char[] text = new char[HEAD + TAIL + 2];

    /** Hands every feature of the query's turns to {@code sink}, the newest turn first. */
    public void extract(Query query, Sink sink) {
        int notBlank = 0;
        for (int i = query.turns().size() - 1; i >= 0; i--) {
            notBlank += extract(query.turns().get(i), query.weight(i), sink) ? 1 : 0;
        }
        if (notBlank > 1) {
            sink.accept(SEVERAL_TURNS, 1);
        }
    }

    /** The same, and then the system prompt as if it were one more turn, with weight 1. */
    void extractWithSystem(Query query, Sink sink) {
        extract(query, sink);
        extract(query.system(), 1, sink);
    }

    /** Whether the turn has any text. */
    private boolean extract(String turn, float weight, Sink sink) {
        int length = fold(turn);
        if (length > 0) {
            words(length, weight, sink);
        }
        return length > 0;
    }

    /** Folds the turn into {@link #text} without outer white space; returns how many characters it has there. */
    private int fold(String turn) {
        int length = turn.length() <= HEAD + TAIL ? append(turn, 0, turn.length(), 0) : appendHeadAndTail(turn);
        return length > 0 && text[length - 1] == ' ' ? length - 1 : length;
    }

    private int appendHeadAndTail(String turn) {
        int length = append(turn, 0, HEAD, 0);
        if (length > 0 && text[length - 1] != ' ') {
            text[length++] = ' ';
        }
        return append(turn, turn.length() - TAIL, turn.length(), length);
    }

    private int append(String turn, int from, int to, int length) {
        int at = length;
        for (int i = from; i < to; i++) {
            char c = turn.charAt(i);
            if (c >= '\uFF01' && c <= '\uFF5E') {
                c = (char) (c - 0xFEE0);
            }
            if (kind(c) != SPACE) {
                text[at++] = c < 128 ? (c >= 'A' && c <= 'Z' ? (char) (c + 32) : c) : Character.toLowerCase(c);
            } else if (at > 0 && text[at - 1] != ' ') {
                text[at++] = ' ';
            }
        }
        return at;
    }

    private void words(int length, float weight, Sink sink) {
        int count = 0;
        long previous = 0;
        int at = 0;
        while (at < length) {
            byte kind = kind(text[at]);
            if (kind == SPACE) {
                at++;
                continue;
            }
            int end = at + 1;
            if (kind != SINGLE) {
                while (end < length && kind(text[end]) == kind) {
                    end++;
                }
            }
            long word = kind == DIGIT && end - at > 2 ? DIGIT : hash(FNV_OFFSET, at, end);
            sink.accept(mix(WORD + word), weight);
            if (kind == LETTER && end - at > STEM_LETTERS) {
                parts(at, end, weight, sink);
            }
            if (count == 0) {
                sink.accept(mix(OPENING_WORD + word), weight);
            } else {
                long pair = previous * FNV_PRIME + word;
                sink.accept(mix(PAIR + pair), weight);
                if (count == 1) {
                    sink.accept(mix(OPENING_PAIR + pair), weight);
                }
            }
            previous = word;
            count++;
            at = end;
        }
        sink.accept(mix(LENGTH + (31 - Integer.numberOfLeadingZeros(count + 1))), weight);
    }

    /** How a long word begins and ends: what inflected, derived and misspelt forms of it share. */
    private void parts(int from, int to, float weight, Sink sink) {
        long stem = hash(FNV_OFFSET, from, from + STEM_LETTERS);
        sink.accept(mix(STEM + stem), weight);
        if (to - from > LONG_STEM_LETTERS) {
            sink.accept(mix(LONG_STEM + hash(stem, from + STEM_LETTERS, from + LONG_STEM_LETTERS)), weight);
        }
        sink.accept(mix(ENDING + hash(FNV_OFFSET, to - ENDING_LETTERS, to)), weight);
    }

    /** The FNV-1a hash, by characters, of a piece of the text that goes on from {@code before}. */
    private long hash(long before, int from, int to) {
        long hash = before;
        for (int i = from; i < to; i++) {
            hash = (hash ^ text[i]) * FNV_PRIME;
        }
        return hash;
    }

    private static byte kind(char c) {
        return c < 128 ? ASCII_KIND[c] : slowKind(c);
    }

    private static byte slowKind(char c) {
        if (Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c)) {
            return SPACE;
        }
        if (c >= '\u2E80' && (c <= '\u9FFF' || (c >= '\uF900' && c <= '\uFAFF'))) {
            return SINGLE;
        }
        if (Character.isLetter(c)) {
            return LETTER;
        }
        return Character.isDigit(c) ? DIGIT : SINGLE;
    }

    /** The finaliser of MurmurHash3 (Appleby), folded to 32 bits. */
    private static int mix(long value) {
        long h = value;
        h = (h ^ (h >>> 33)) * 0xFF51AFD7ED558CCDL;
        h = (h ^ (h >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return (int) (h ^ (h >>> 32));
    }
}
