package dev.tagrouter.lab.tagger;

import java.util.Arrays;

/** Counts 32-bit hashes: an open-addressing map of primitives for the millions of features of a training set. */
final class HashCounts {
    private int[] hashes = new int[1 << 16];
    private int[] counts = new int[1 << 16];
    private int size;

    /** Adds one to the count of {@code hash}. */
    void add(int hash) {
        int slot = slot(hashes, counts, hash);
        if (counts[slot] == 0) {
            hashes[slot] = hash;
            size++;
        }
        counts[slot]++;
        if (2 * size > hashes.length) {
            grow();
        }
    }

    private static int slot(int[] hashes, int[] counts, int hash) {
        int mask = hashes.length - 1;
        int slot = hash & mask;
        while (counts[slot] != 0 && hashes[slot] != hash) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        int[] newHashes = new int[2 * hashes.length];
        int[] newCounts = new int[2 * hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            if (counts[i] != 0) {
                int slot = slot(newHashes, newCounts, hashes[i]);
                newHashes[slot] = hashes[i];
                newCounts[slot] = counts[i];
            }
        }
        hashes = newHashes;
        counts = newCounts;
    }

    int get(int hash) {
        return counts[slot(hashes, counts, hash)];
    }

    /** The {@code limit} most frequent hashes counted from {@code least} to {@code most} times, most frequent first. */
    int[] mostFrequent(int limit, int least, int most) {
        long[] keys = new long[size];
        int n = 0;
        for (int i = 0; i < hashes.length; i++) {
            if (counts[i] >= least && counts[i] <= most) {
                keys[n++] = ((long) (Integer.MAX_VALUE - counts[i]) << 32) | Integer.toUnsignedLong(hashes[i]);
            }
        }
        Arrays.sort(keys, 0, n);
        int[] top = new int[Math.min(limit, n)];
        for (int i = 0; i < top.length; i++) {
            top[i] = (int) keys[i];
        }
        return top;
    }
}
