package dev.tagrouter.lab.tagger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The training queries in parts of about equal size, equal texts together: a model trained without a part says of it what
 * a model says of queries it has not seen.
 */
final class Parts {
    /** How many there are. */
    static final int COUNT = 4;

    private final int[] partOf;

    private Parts(int[] partOf) {
        this.partOf = partOf;
    }

    /** Deals the distinct texts out in the order of a hash. */
    static Parts of(List<TaggedQuery> queries) {
        Map<Integer, Map<String, Integer>> byHash = new TreeMap<>();
        for (TaggedQuery query : queries) {
            byHash.computeIfAbsent(query.text().hashCode() * 0x9E3779B1, hash -> new TreeMap<>())
                    .put(query.text(), 0);
        }
        Map<String, Integer> partOfText = new HashMap<>();
        for (Map<String, Integer> texts : byHash.values()) {
            for (String text : texts.keySet()) {
                partOfText.put(text, partOfText.size() % COUNT);
            }
        }
        return new Parts(queries.stream()
                .mapToInt(query -> partOfText.getOrDefault(query.text(), 0))
                .toArray());
    }

    int[] all() {
        return IntStream.range(0, partOf.length).toArray();
    }

    int[] in(int part) {
        return IntStream.range(0, partOf.length).filter(i -> partOf[i] == part).toArray();
    }

    int[] outside(int part) {
        return IntStream.range(0, partOf.length).filter(i -> partOf[i] != part).toArray();
    }
}
