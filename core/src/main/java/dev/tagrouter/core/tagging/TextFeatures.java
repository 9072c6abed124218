package dev.tagrouter.core.tagging;

import java.util.Arrays;

/**
 * Cuts text into the hashed features that the embedded tagger reads: words, how long words begin and end where the word itself
 * is not common, word pairs, how a turn opens, how long it is, and whether there are several. English, Chinese and code
 * need no language detection: a CJK character is a word.
 *
 * <p>Text is folded first (lower case, full-width to ASCII, numbers of three digits and more to one word). Of a turn longer
 * than {@value #HEAD} + {@value #TAIL} characters, only its first {@value #HEAD} and last {@value #TAIL} are read, so time
 * and memory are bounded. Not safe for use by several threads; allocates nothing after construction.
 *
 * <p>{@link Words} finds the words.
 */
public final class TextFeatures {
    /** Characters read from the start of a turn. */
    public static final int HEAD = 3000;

    /** Characters read from the end of a turn that is longer than head and tail together. */
    public static final int TAIL = 1000;

    /** Receives the features of a query, turn by turn. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Says which words of a turn are common, before its features are told: of those that are not, how they begin and end is told
         * too, if they are long enough. None is, unless this says so.
         *
         * @param hashes of the words, in text order, repeats included
         * @param count how many there are
         * @param common where to set what is true of each; all false before
         */
        default void words(int[] hashes, int count, boolean[] common) {}

        /**
         * All features of a turn, its words among them, in text order, repeats included.
         *
         * @param hashes a 32-bit hash of each feature and its kind
         * @param count how many there are
         * @param weight the weight of the turn, in (0, 1]
         */
        void features(int[] hashes, int count, float weight);
    }

    private static final long STEM = 0x9E3779B97F4A7C15L;
    private static final long LONG_STEM = 0xD6E8FEB86659FD93L;
    private static final long ENDING = 0xA0761D6478BD642FL;
    private static final long WORD = 0xC2B2AE3D27D4EB4FL;
    private static final long PAIR = 0x165667B19E3779F9L;
    private static final long OPENING_WORD = 0x27D4EB2F165667C5L;
    private static final long OPENING_PAIR = 0x85EBCA77C2B2AE63L;
    private static final long LENGTH = 0xFF51AFD7ED558CCDL;
    private static final int SEVERAL_TURNS = hash(0x2545F4914F6CDD1DL);

    /** Letters of a stem, of a long stem and of an ending; a word is cut only when more than the part is left of it. */
    private static final int STEM_LETTERS = 4;

    private static final int LONG_STEM_LETTERS = 6;
    private static final int ENDING_LETTERS = 3;

    private static final long PAIRING = 0x100000001B3L;

    /** What all numbers of more digits than {@link #SHORT_NUMBER} are. */
    private static final long NUMBER = 2;

    private static final int SHORT_NUMBER = 2;

    private static final int MOST_WORDS = HEAD + TAIL + 1;

    /** Of a word: itself, two beginnings and an ending, and the pair with the one before. */
    private static final int MOST_OF_A_WORD = 5;

    /** How a turn opens, in one word and in two, and how long it is. */
    private static final int MOST_OF_A_TURN = 3;

    private final Words words = new Words(MOST_WORDS);
    private final long[] wordHashes = new long[MOST_WORDS];
    private final int[] wordFeatures = new int[MOST_WORDS];
    private final boolean[] common = new boolean[MOST_WORDS];
    private final int[] features = new int[MOST_WORDS * MOST_OF_A_WORD + MOST_OF_A_TURN];

    /** Hands every feature of the query's turns to {@code sink}, the newest turn first. */
    public void extract(Query query, Sink sink) {
        int notBlank = 0;
        for (int i = query.turns().size() - 1; i >= 0; i--) {
            notBlank += extract(query.turns().get(i), query.weight(i), sink) ? 1 : 0;
        }
        if (notBlank > 1) {
            features[0] = SEVERAL_TURNS;
            sink.features(features, 1, 1);
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
        int found = words.find(read(turn));
        if (found > 0) {
            hashWords(found);
            Arrays.fill(common, 0, found, false);
            sink.words(wordFeatures, found, common);
            sink.features(features, hashAll(found), weight);
        }
        return found > 0;
    }

    private void hashWords(int found) {
        for (int w = 0; w < found; w++) {
            int from = words.start(w);
            int to = words.end(w);
            boolean number = words.kind(w) == Words.DIGIT && to - from > SHORT_NUMBER;
            long word = number ? NUMBER : words.hash(from, to);
            wordHashes[w] = word;
            wordFeatures[w] = hash(WORD + word);
        }
    }

    /** All features in text order; returns how many there are. */
    private int hashAll(int found) {
        int[] all = features;
        long first = wordHashes[0];
        int n = hashWord(0, 0);
        all[n++] = hash(OPENING_WORD + first);
        long previous = first;
        for (int w = 1; w < found; w++) {
            n = hashWord(w, n);
            long pair = previous * PAIRING + wordHashes[w];
            all[n++] = hash(PAIR + pair);
            if (w == 1) {
                all[n++] = hash(OPENING_PAIR + pair);
            }
            previous = wordHashes[w];
        }
        all[n++] = hash(LENGTH + (31 - Integer.numberOfLeadingZeros(found + 1)));
        return n;
    }

    /** A word, and of a long one that is not common how it begins and ends: what inflected, derived and misspelt forms of it share. */
    private int hashWord(int w, int at) {
        int[] all = features;
        int n = at;
        all[n++] = wordFeatures[w];
        int from = words.start(w);
        int to = words.end(w);
        if (!common[w] && to - from > STEM_LETTERS && words.kind(w) == Words.LETTER) {
            all[n++] = hash(STEM + words.hash(from, from + STEM_LETTERS));
            if (to - from > LONG_STEM_LETTERS) {
                all[n++] = hash(LONG_STEM + words.hash(from, from + LONG_STEM_LETTERS));
            }
            all[n++] = hash(ENDING + words.hash(to - ENDING_LETTERS, to));
        }
        return n;
    }

    /** Copies what is read of the turn to where its words are looked for; returns how many characters that is. */
    private int read(String turn) {
        char[] text = words.text();
        int length = turn.length();
        if (length <= HEAD + TAIL) {
            turn.getChars(0, length, text, 0);
            return length;
        }
        turn.getChars(0, HEAD, text, 0);
        text[HEAD] = ' ';
        turn.getChars(length - TAIL, length, text, HEAD + 1);
        return HEAD + 1 + TAIL;
    }

    private static int hash(long value) {
        long h = Words.mix(value);
        return (int) (h ^ (h >>> 32));
    }
}
