package dev.tagrouter.lab.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The position of each key by a 128-bit hash, so that millions of ids or texts are told apart without keeping them: 20
 * bytes a place, of which at most half are taken. Two keys with one hash are not to be expected (2^-80 among
 * ten million).
 */
public final class KeyIndex {
    private static final int FIRST_PLACES = 1 << 10;

    private long[] high = new long[FIRST_PLACES];
    private long[] low = new long[FIRST_PLACES];
    private int[] position = filled(FIRST_PLACES);
    private int size;

    private static int[] filled(int places) {
        int[] positions = new int[places];
        Arrays.fill(positions, -1);
        return positions;
    }

    /** How many keys there are. */
    public int size() {
        return size;
    }

    /** The position of a key, or -1 where it is new. */
    public int find(String key) {
        ByteBuffer hash = hash(key);
        return position[place(hash.getLong(0), hash.getLong(8))];
    }

    /** Gives a new key the next position. */
    public int add(String key) {
        if (2 * (size + 1) > position.length) {
            grow();
        }
        ByteBuffer hash = hash(key);
        int place = place(hash.getLong(0), hash.getLong(8));
        if (position[place] >= 0) {
            throw new IllegalArgumentException("this key has position " + position[place] + " already");
        }
        high[place] = hash.getLong(0);
        low[place] = hash.getLong(8);
        position[place] = size;
        return size++;
    }

    /** Where a hash stands, or the free place where it would. */
    private int place(long hashHigh, long hashLow) {
        int mask = position.length - 1;
        int at = (int) hashLow & mask;
        while (position[at] >= 0 && (high[at] != hashHigh || low[at] != hashLow)) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        long[] oldHigh = high;
        long[] oldLow = low;
        int[] oldPosition = position;
        high = new long[2 * oldHigh.length];
        low = new long[high.length];
        position = filled(high.length);
        for (int i = 0; i < oldPosition.length; i++) {
            if (oldPosition[i] >= 0) {
                int place = place(oldHigh[i], oldLow[i]);
                high[place] = oldHigh[i];
                low[place] = oldLow[i];
                position[place] = oldPosition[i];
            }
        }
    }

    private static ByteBuffer hash(String key) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
