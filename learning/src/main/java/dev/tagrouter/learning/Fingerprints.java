package dev.tagrouter.learning;

import java.util.Arrays;
import java.util.Collection;

/** Which queries a set is made of: their fingerprints, rising, one for each query however often its text occurs. */
final class Fingerprints {
    private final long[] sorted;

    private Fingerprints(long[] sorted) {
        this.sorted = sorted;
    }

    static Fingerprints of(Collection<Long> fingerprints) {
        return new Fingerprints(
                fingerprints.stream().mapToLong(Long::longValue).sorted().toArray());
    }

    int size() {
        return sorted.length;
    }

    long at(int index) {
        return sorted[index];
    }

    boolean contains(QueryKey key) {
        return Arrays.binarySearch(sorted, key.fingerprint()) >= 0;
    }
}
