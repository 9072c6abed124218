package dev.tagrouter.lab.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Finds texts that say nearly the same: those whose sets of word triples overlap by {@value #LEAST_OVERLAP} or more
 * (Jaccard), and everything they are linked to.
 *
 * <p>Candidates come from MinHash signatures in bands (Broder 1997); each is then checked on the sets themselves.
 */
final class NearDuplicates {
    private static final double LEAST_OVERLAP = 0.8;
    private static final int WORDS = 3;
    private static final int BANDS = 12;
    private static final int ROWS = 3;

    private NearDuplicates() {}

    /** The smallest text of each text's group, for every text that is not alone. */
    static Map<String, String> representatives(Collection<String> texts) {
        List<String> sorted = new ArrayList<>(new TreeSet<>(texts));
        long[][] shingles = new long[sorted.size()][];
        IntStream.range(0, shingles.length).parallel().forEach(i -> shingles[i] = shingles(sorted.get(i)));
        int[] group = IntStream.range(0, shingles.length).toArray();
        for (int band = 0; band < BANDS; band++) {
            Map<Long, Integer> firstInBucket = new HashMap<>();
            for (int i = 0; i < shingles.length; i++) {
                Integer first = firstInBucket.putIfAbsent(signature(shingles[i], band), i);
                if (first != null
                        && root(group, first) != root(group, i)
                        && overlap(shingles[first], shingles[i]) >= LEAST_OVERLAP) {
                    int a = root(group, first);
                    int b = root(group, i);
                    group[Math.max(a, b)] = Math.min(a, b);
                }
            }
        }
        Map<String, String> representatives = new HashMap<>();
        for (int i = 0; i < group.length; i++) {
            if (root(group, i) != i) {
                representatives.put(sorted.get(i), sorted.get(root(group, i)));
            }
        }
        return representatives;
    }

    private static int root(int[] group, int i) {
        int at = i;
        while (group[at] != at) {
            group[at] = group[group[at]];
            at = group[at];
        }
        return at;
    }

    /** Sorted hashes of the text's word triples; a text of fewer words is one triple. */
    private static long[] shingles(String text) {
        String[] words = text.split(" ", -1);
        long[] hashes = new long[Math.max(1, words.length - WORDS + 1)];
        for (int i = 0; i < hashes.length; i++) {
            long hash = 0;
            for (int w = i; w < Math.min(words.length, i + WORDS); w++) {
                hash = mix(hash * 31 + words[w].hashCode());
            }
            hashes[i] = hash;
        }
        return Arrays.stream(hashes).sorted().distinct().toArray();
    }

    /** The smallest hash under each of the band's permutations, in one number. */
    private static long signature(long[] shingles, int band) {
        long signature = band;
        for (int row = 0; row < ROWS; row++) {
            long salt = mix(band * (long) ROWS + row + 1);
            long least = Long.MAX_VALUE;
            for (long shingle : shingles) {
                least = Math.min(least, mix(shingle ^ salt));
            }
            signature = mix(signature ^ least);
        }
        return signature;
    }

    /** The Jaccard overlap of two sorted sets, in [0, 1]. */
    private static double overlap(long[] a, long[] b) {
        int shared = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            if (a[i] == b[j]) {
                shared++;
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return shared / (double) (a.length + b.length - shared);
    }

    /** The finaliser of MurmurHash3 (Appleby). */
    private static long mix(long value) {
        long h = value;
        h = (h ^ (h >>> 33)) * 0xFF51AFD7ED558CCDL;
        h = (h ^ (h >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return h ^ (h >>> 33);
    }
}
