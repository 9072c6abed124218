package dev.tagrouter.lab.vocabulary;

import dev.tagrouter.core.embedding.Embedding;
import dev.tagrouter.core.tagging.Spelling;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Spellings that are one tag, with the queries that carry any of them. Grows as classes are merged. */
final class TagClass {
    /** The most frequent first, then by name: the same whatever the order of the queries. */
    static final Comparator<TagClass> BY_FREQUENCY =
            Comparator.comparingLong(TagClass::frequency).reversed().thenComparing(TagClass::name);

    /** Which queries carry each spelling. */
    private final Map<String, BitSet> queriesBySpelling = new TreeMap<>();

    private final List<Merge> merges = new ArrayList<>();
    private String name;
    private BitSet queries;

    TagClass(String spelling, BitSet queries) {
        this.name = spelling;
        this.queries = (BitSet) queries.clone();
        queriesBySpelling.put(spelling, queries);
    }

    /** The most frequent spelling. */
    String name() {
        return name;
    }

    /** How many queries carry any of the spellings. */
    long frequency() {
        return queries.cardinality();
    }

    /** How often any of the spellings stands in a query. */
    long occurrences() {
        return queriesBySpelling.values().stream()
                .mapToLong(BitSet::cardinality)
                .sum();
    }

    List<String> spellings() {
        return List.copyOf(queriesBySpelling.keySet());
    }

    List<Merge> merges() {
        return merges;
    }

    /** Takes in another class; the name is the most frequent spelling of both. */
    void merge(TagClass other, Merge.Step step, double cosine) {
        String before = name;
        queriesBySpelling.putAll(other.queriesBySpelling);
        queries = (BitSet) queries.clone();
        queries.or(other.queries);
        merges.addAll(other.merges);
        name = queriesBySpelling.entrySet().stream()
                .max(Map.Entry.<String, BitSet>comparingByValue(Comparator.comparingInt(BitSet::cardinality))
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
        String alias = name.equals(other.name) ? before : other.name;
        merges.add(new Merge(alias, carriersOf(alias), name, step, cosine));
        merges.replaceAll(merge -> new Merge(merge.alias(), merge.frequency(), name, merge.step(), merge.cosine()));
    }

    private long carriersOf(String spelling) {
        BitSet carriers = queriesBySpelling.get(spelling);
        return carriers == null ? 0 : carriers.cardinality();
    }

    /** The mean of the spellings' embeddings, each as heavy as it is frequent. */
    Embedding embedding(Map<String, Embedding> vectors) {
        float[] sum = new float[of(vectors, name).dimensions()];
        queriesBySpelling.forEach((spelling, carriers) -> {
            Embedding vector = of(vectors, spelling);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += carriers.cardinality() * vector.value(i);
            }
        });
        return Embedding.of(sum);
    }

    /** The cosine between the names, in [-1, 1] up to rounding. */
    double cosine(TagClass other, Map<String, Embedding> vectors) {
        return of(vectors, name).cosine(of(vectors, other.name));
    }

    /** Whether any two of the spellings are {@linkplain Spelling#areOpposed opposed}. */
    boolean isOpposed(TagClass other) {
        return queriesBySpelling.keySet().stream()
                .anyMatch(one ->
                        other.queriesBySpelling.keySet().stream().anyMatch(two -> Spelling.areOpposed(one, two)));
    }

    private static Embedding of(Map<String, Embedding> vectors, String spelling) {
        return vectors.getOrDefault(spelling, Embedding.NONE);
    }
}
