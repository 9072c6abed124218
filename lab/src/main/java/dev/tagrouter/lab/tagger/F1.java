package dev.tagrouter.lab.tagger;

import dev.tagrouter.core.tagging.Tag;
import dev.tagrouter.core.tagging.Tagger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How F1 is counted: for each query, exact match between the stated tags and the teacher's raw tags; then the mean
 * over queries.
 */
public final class F1 {
    private F1() {}

    /** F1 of one query, in [0, 1]; 0 when nothing was stated or nothing is right. */
    public static double of(Set<String> stated, Set<String> teacher) {
        long shared = stated.stream().filter(teacher::contains).count();
        return shared == 0 ? 0 : 2.0 * shared / (stated.size() + teacher.size());
    }

    /** Mean F1 over some queries, NaN without any; {@code without} is taken out of both sides. */
    public static double mean(
            Tagger tagger, List<TaggedQuery> queries, Predicate<TaggedQuery> which, Set<String> without) {
        double sum = 0;
        long count = 0;
        for (TaggedQuery query : queries) {
            if (which.test(query)) {
                Set<String> stated = new HashSet<>();
                for (Tag tag : tagger.tag(query.query()).stated()) {
                    stated.add(tag.name());
                }
                Set<String> teacher = new HashSet<>(query.tags());
                stated.removeAll(without);
                teacher.removeAll(without);
                sum += of(stated, teacher);
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }
}
