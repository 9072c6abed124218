package dev.tagrouter.core.tagging;

/**
 * Cuts text into the hashed features that the embedded tagger reads: words, how long words begin and end where the word itself
 * is not common, word pairs, how a turn opens, how long it is, and whether there are several. English, Chinese and code
 * need no language detection: a CJK character is a word.
 *
 * <p>Text is folded first (lower case, full-width to ASCII, numbers of three digits and more to one word). Of a turn longer
 * than {@value #HEAD} + {@value #TAIL} characters, only its first {@value #HEAD} and last {@value #TAIL} are read, so time
 * and memory are bounded. Not safe for use by several threads; allocates nothing after construction.
 *
 * <p>A turn is read in two passes: the first folds and hashes it character by character without a branch that depends on the
 * text (as long as it is ASCII), since a processor that guesses wrong at the end of each word loses more time there than by
 * all else.
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
         * A feature other than a word.
         *
         * @param hash a 32-bit hash of the feature and its kind
         * @param weight the weight of the turn that it stands in, in (0, 1]
         */
        void accept(int hash, float weight);

        /**
         * A word, like any other feature; returns whether it is common. Of one that is not, how it begins and ends is told
         * next, if it is long enough.
         */
        default boolean word(int hash, float weight) {
            accept(hash, weight);
            return false;
        }
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

    private static final long PAIRING = 0x100000001B3L;

    /** By how many bits a hash is turned for each further character. */
    private static final int TURN = 7;

    private static final int SPACE = 0;
    private static final int LETTER = 1;
    private static final int DIGIT = 2;
    /** A character that is a word by itself. */
    private static final int SINGLE = 3;

    private static final char IDEOGRAPHIC_SPACE = '\u3000';
    private static final char LAST_IDEOGRAPH = '\u9FFF';

    /** A folded character in the lower 16 bits, its kind above. */
    private static final int[] ASCII = new int[128];

    /** What each character adds to a hash. */
    private static final long[] ASCII_BITS = new long[128];

    /** By the kinds of a character and, two bits higher, of the one before: 1 where a run of characters ends between them. */
    private static final byte[] ENDS_RUN = new byte[16];

    static {
        for (char c = 0; c < 128; c++) {
            ASCII[c] = folded(c);
            ASCII_BITS[c] = mix64(c);
        }
        for (int pair = 0; pair < ENDS_RUN.length; pair++) {
            ENDS_RUN[pair] = (byte) (pair >> 2 != (pair & 3) || (pair & 3) == SINGLE ? 1 : 0);
        }
    }

    /** The turn as it is, then folded, with a space behind it. */
    private final char[] text = new char[HEAD + TAIL + 2];

    /** Where each run of characters ends, shifted by two bits for its kind. */
    private final int[] runEnd = new int[text.length];

    /** The hash of the text up to there; what a run adds to it is the hash of the run. */
    private final long[] runHash = new long[text.length];

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

    /** The features of one turn by itself; returns whether it has text. */
    boolean extractTurn(String turn, Sink sink) {
        return extract(turn, 1, sink);
    }

    /** Whether the turn has any text. */
    private boolean extract(String turn, float weight, Sink sink) {
        int runs = findRuns(read(turn));
        int words = 0;
        int from = 0;
        long previous = 0;
        long before = 0;
        for (int r = 0; r < runs; r++) {
            int kind = runEnd[r] & 3;
            int to = runEnd[r] >> 2;
            if (kind != SPACE) {
                long word = kind == DIGIT && to - from > 2 ? DIGIT : word(from, to, before, runHash[r]);
                boolean common = sink.word(mix(WORD + word), weight);
                if (!common && kind == LETTER && to - from > STEM_LETTERS) {
                    parts(from, to, weight, sink);
                }
                if (words > 0) {
                    sink.accept(mix(PAIR + pair(previous, word)), weight);
                }
                if (words <= 1) {
                    sink.accept(
                            words == 0 ? mix(OPENING_WORD + word) : mix(OPENING_PAIR + pair(previous, word)), weight);
                }
                previous = word;
                words++;
            }
            from = to;
            before = runHash[r];
        }
        if (words > 0) {
            sink.accept(mix(LENGTH + (31 - Integer.numberOfLeadingZeros(words + 1))), weight);
        }
        return words > 0;
    }

    /** Copies what is read of the turn into {@link #text}, with a space behind it; returns how many characters that is. */
    private int read(String turn) {
        int length = turn.length();
        if (length <= HEAD + TAIL) {
            turn.getChars(0, length, text, 0);
        } else {
            turn.getChars(0, HEAD, text, 0);
            text[HEAD] = ' ';
            turn.getChars(length - TAIL, length, text, HEAD + 1);
            length = HEAD + 1 + TAIL;
        }
        text[length] = ' ';
        return length + 1;
    }

    /**
     * Folds the text and finds its runs of characters of one kind: words and what is between them. Returns how many there
     * are; the space at the end is none. A run's end is written at every character and stays only where it is one: no
     * branch here depends on the text as long as it is ASCII.
     */
    private int findRuns(int length) {
        // Copies of the references: what is written into the arrays might else be one of these, for all the compiler
        // knows.
        char[] chars = text;
        int[] ends = runEnd;
        long[] hashes = runHash;
        int runs = 0;
        int before = SPACE;
        long hash = 0;
        for (int i = 0; i < length; i++) {
            char c = chars[i];
            int folded = c < 128 ? ASCII[c] : folded(c);
            int kind = folded >> 16;
            ends[runs] = i << 2 | before;
            hashes[runs] = hash;
            chars[i] = (char) folded;
            runs += ENDS_RUN[(before << 2 | kind) & 15];
            hash = Long.rotateLeft(hash, TURN) ^ bits((char) folded);
            before = kind;
        }
        return runs;
    }

    /** The hash of a word between two hashes of the text; of a long one, whose characters 64 apart are turned alike, with its length. */
    private static long word(int from, int to, long before, long after) {
        int letters = to - from;
        long word = after ^ Long.rotateLeft(before, TURN * letters);
        return letters < Long.SIZE ? word : word + letters * PAIRING;
    }

    private static long bits(char c) {
        return c < 128 ? ASCII_BITS[c] : mix64(c);
    }

    private static long pair(long first, long second) {
        return first * PAIRING + second;
    }

    /** How a long word begins and ends: what inflected, derived and misspelt forms of it share. */
    private void parts(int from, int to, float weight, Sink sink) {
        long stem = hash(0, from, from + STEM_LETTERS);
        sink.accept(mix(STEM + stem), weight);
        if (to - from > LONG_STEM_LETTERS) {
            sink.accept(mix(LONG_STEM + hash(stem, from + STEM_LETTERS, from + LONG_STEM_LETTERS)), weight);
        }
        sink.accept(mix(ENDING + hash(0, to - ENDING_LETTERS, to)), weight);
    }

    /** The hash of a piece of the text that goes on from {@code before}. */
    private long hash(long before, int from, int to) {
        long hashed = before;
        for (int i = from; i < to; i++) {
            hashed = Long.rotateLeft(hashed, TURN) ^ bits(text[i]);
        }
        return hashed;
    }

    /** The character in lower case, full-width as ASCII, with its kind above it. */
    private static int folded(char full) {
        if (full > IDEOGRAPHIC_SPACE && full <= LAST_IDEOGRAPH) {
            return SINGLE << 16 | full;
        }
        char c = full >= '\uFF01' && full <= '\uFF5E' ? (char) (full - 0xFEE0) : full;
        return kind(c) << 16 | Character.toLowerCase(c);
    }

    private static int kind(char c) {
        if (Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c)) {
            return SPACE;
        }
        if (c >= '\u2E80' && (c <= LAST_IDEOGRAPH || (c >= '\uF900' && c <= '\uFAFF'))) {
            return SINGLE;
        }
        if (Character.isLetter(c)) {
            return LETTER;
        }
        return Character.isDigit(c) ? DIGIT : SINGLE;
    }

    private static int mix(long value) {
        long h = mix64(value);
        return (int) (h ^ (h >>> 32));
    }

    /** The finaliser of MurmurHash3 (Appleby), without its last step. */
    private static long mix64(long value) {
        long h = value;
        h = (h ^ (h >>> 33)) * 0xFF51AFD7ED558CCDL;
        return (h ^ (h >>> 33)) * 0xC4CEB9FE1A85EC53L;
    }
}
