package dev.tagrouter.lab.tagger;

import dev.tagrouter.core.tagging.Vocabulary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which vocabulary tags each query carries. */
final class Labels {
    private Labels() {}

    /** The tags that at least {@code least} queries carry, by name. */
    static Vocabulary vocabulary(List<TaggedQuery> queries, int least) {
        Map<String, Long> frequency = new TreeMap<>();
        for (TaggedQuery query : queries) {
            for (String tag : new HashSet<>(query.tags())) {
                frequency.merge(tag, 1L, Long::sum);
            }
        }
        List<Vocabulary.Entry> entries = new ArrayList<>();
        frequency.forEach((tag, count) -> {
            if (count >= least) {
                entries.add(new Vocabulary.Entry(tag, count, List.of()));
            }
        });
        return new Vocabulary(entries);
    }

    /** The tag indexes of each query, without those outside the vocabulary. */
    static int[][] of(Vocabulary vocabulary, List<TaggedQuery> queries) {
        int[][] labels = new int[queries.size()][];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = queries.get(i).tags().stream()
                    .mapToInt(tag -> vocabulary.indexOf(tag).orElse(-1))
                    .filter(t -> t >= 0)
                    .distinct()
                    .sorted()
                    .toArray();
        }
        return labels;
    }
}
