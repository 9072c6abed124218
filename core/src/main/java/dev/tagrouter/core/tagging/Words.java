package dev.tagrouter.core.tagging;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds the words of a text and hashes them: runs of letters or of digits, and every other character that is no space by itself, a
 * CJK character too. Letters are folded first: lower case, full-width to ASCII. Scratch space of one thread, reused.
 *
 * <p>One pass turns each character into its kind and the hash of all text up to it, so that the hash of any piece is what its end
 * has and its beginning had not. It asks the text nothing but whether a character is ASCII, and what is not goes through a loop
 * of its own: a call in the fast one would make the compiler keep everything in memory across it (four times slower). A second
 * pass finds where the kind changes, eight characters at a time, for the same reason as the first: a processor that guesses wrong at the
 * end of each word loses more time there than by all else.
 */
final class Words {
    private static final VarHandle EIGHT_KINDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final byte SPACE = 0;
    static final byte LETTER = 1;
    static final byte DIGIT = 2;
    /** A character that is a word by itself. */
    private static final byte SINGLE = 4;

    private static final long SINGLES = 0x0404040404040404L;

    /** Lifts the highest bit of each byte that is neither zero nor has it yet. */
    private static final long TO_HIGHEST = 0x7F7F7F7F7F7F7F7FL;

    private static final long HIGHEST = 0x8080808080808080L;
    /** Times this, the lowest bits of eight bytes stand side by side in the uppermost byte. */
    private static final long SIDE_BY_SIDE = 0x0102040810204080L;

    /** By how many bits a hash is turned for each further character. */
    private static final int TURN = 7;

    /** What each character of a long piece adds to its hash. */
    private static final long OF_LENGTH = 0x100000001B3L;

    private static final char IDEOGRAPHIC_SPACE = '\u3000';
    private static final char LAST_IDEOGRAPH = '\u9FFF';

    private static final int ASCII = 128;
    private static final byte[] ASCII_KIND = new byte[ASCII];
    /** What each character, in lower case, adds to a hash. */
    private static final long[] ASCII_BITS = new long[ASCII];

    static {
        for (char c = 0; c < ASCII; c++) {
            ASCII_KIND[c] = kind(c);
            ASCII_BITS[c] = bits(c);
        }
    }

    private final char[] text;
    private final byte[] kinds;
    /** The hash of so many characters from the start of the text on. */
    private final long[] hashTo;

    private final int[] starts;
    private final int[] ends;

    /** @param room for so many characters */
    Words(int room) {
        this.text = new char[room];
        this.kinds = new byte[wholeBlocks(room)];
        this.hashTo = new long[room + 1];
        this.starts = new int[room + 1];
        this.ends = new int[room + 1];
    }

    /** Where a text of up to the room's length is put before its words are found; what was found before is lost. */
    char[] text() {
        return text;
    }

    /** Finds the words among the first so many characters of the text; returns how many there are. */
    int find(int length) {
        int read = 0;
        while (read < length) {
            read = foldAscii(read, length);
            read = foldOther(read, length);
        }
        Arrays.fill(kinds, length, wholeBlocks(length), SPACE);
        return findEnds(length);
    }

    /** Goes on up to the next character that is not ASCII; returns where that is. */
    private int foldAscii(int from, int length) {
        char[] chars = text;
        byte[] kindOf = kinds;
        long[] hashes = hashTo;
        long hash = hashes[from];
        int i = from;
        for (; i < length; i++) {
            char c = chars[i];
            if (c >= ASCII) {
                break;
            }
            hash = Long.rotateLeft(hash, TURN) ^ ASCII_BITS[c];
            hashes[i + 1] = hash;
            kindOf[i] = ASCII_KIND[c];
        }
        return i;
    }

    private int foldOther(int from, int length) {
        int i = from;
        for (; i < length && text[i] >= ASCII; i++) {
            char c = text[i];
            hashTo[i + 1] = Long.rotateLeft(hashTo[i], TURN) ^ bits(c);
            kinds[i] = kind(c);
        }
        return i;
    }

    /** Notes where words start and where they end; a text is followed by a space. */
    private int findEnds(int length) {
        int[] start = starts;
        int[] end = ends;
        int started = 0;
        int ended = 0;
        long kindBefore = 0;
        long wordBefore = 0;
        for (int block = 0; block <= length; block += Long.SIZE) {
            long starting = 0;
            long ending = 0;
            for (int i = 0; i < Long.SIZE; i += Long.BYTES) {
                long kind = (long) EIGHT_KINDS.get(kinds, block + i);
                long differs = (kind ^ (kind << 8 | kindBefore)) | (kind & SINGLES);
                long edge = (differs + TO_HIGHEST) & HIGHEST;
                long word = (kind + TO_HIGHEST) & HIGHEST;
                starting |= sideBySide(edge & word) << i;
                ending |= sideBySide(edge & (word << 8 | wordBefore)) << i;
                kindBefore = kind >>> 56;
                wordBefore = word >>> 56;
            }
            for (; starting != 0; starting &= starting - 1) {
                start[started++] = block + Long.numberOfTrailingZeros(starting);
            }
            for (; ending != 0; ending &= ending - 1) {
                end[ended++] = block + Long.numberOfTrailingZeros(ending);
            }
        }
        return ended;
    }

    private static long sideBySide(long highest) {
        return ((highest >>> 7) * SIDE_BY_SIDE) >>> 56;
    }

    int start(int word) {
        return starts[word];
    }

    /** Where a word ends: behind its last character. */
    int end(int word) {
        return ends[word];
    }

    /** {@link #LETTER}, {@link #DIGIT}, or another for a character by itself. */
    byte kind(int word) {
        return kinds[starts[word]];
    }

    /** The hash of a piece of the text; of a long one, whose characters 64 apart are turned alike, with its length. */
    long hash(int from, int to) {
        int letters = to - from;
        long hash = hashTo[to] ^ Long.rotateLeft(hashTo[from], TURN * letters);
        return letters < Long.SIZE ? hash : hash + letters * OF_LENGTH;
    }

    /** So many characters and a space, or some more: a multiple of {@link Long#SIZE}. */
    private static int wholeBlocks(int length) {
        return (length | (Long.SIZE - 1)) + 1;
    }

    private static char narrow(char c) {
        return c >= '\uFF01' && c <= '\uFF5E' ? (char) (c - 0xFEE0) : c;
    }

    private static long bits(char c) {
        return mix(Character.toLowerCase(narrow(c)));
    }

    private static byte kind(char full) {
        if (full > IDEOGRAPHIC_SPACE && full <= LAST_IDEOGRAPH) {
            return SINGLE;
        }
        char c = narrow(full);
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

    /** The finaliser of MurmurHash3 (Appleby), without its last step. */
    static long mix(long value) {
        long h = value;
        h = (h ^ (h >>> 33)) * 0xFF51AFD7ED558CCDL;
        return (h ^ (h >>> 33)) * 0xC4CEB9FE1A85EC53L;
    }
}
