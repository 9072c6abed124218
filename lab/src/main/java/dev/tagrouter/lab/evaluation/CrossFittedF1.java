package dev.tagrouter.lab.evaluation;

import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.core.tagging.Tag;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.lab.tagger.F1;
import dev.tagrouter.lab.tagger.TaggedQuery;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * F1 of cross-fitted taggers, each on the tagged queries of its own fold; the mean over all queries.
 *
 * @param exact between the tags stated and the teacher's, as written
 * @param canonical where names and aliases of one tag are the same; what the vocabulary does not know stays as written
 */
record CrossFittedF1(double exact, double canonical) {
    private record One(double exact, double canonical) {}

    /** @param vocabularies whose aliases count for the canonical figure, by fold; the same whatever the taggers know */
    static CrossFittedF1 of(Corpus corpus, List<EmbeddedTagger> taggers, List<Vocabulary> vocabularies) {
        List<One> all = corpus.tagged().parallelStream()
                .map(query -> {
                    int fold = corpus.folds().of(query.text());
                    return one(query, taggers.get(fold), vocabularies.get(fold));
                })
                .toList();
        return new CrossFittedF1(
                all.stream().mapToDouble(One::exact).average().orElse(Double.NaN),
                all.stream().mapToDouble(One::canonical).average().orElse(Double.NaN));
    }

    private static One one(TaggedQuery query, EmbeddedTagger tagger, Vocabulary vocabulary) {
        Set<String> stated =
                tagger.tag(query.query()).stated().stream().map(Tag::name).collect(Collectors.toSet());
        Set<String> teacher = Set.copyOf(query.tags());
        return new One(F1.of(stated, teacher), F1.of(canonical(vocabulary, stated), canonical(vocabulary, teacher)));
    }

    private static Set<String> canonical(Vocabulary vocabulary, Collection<String> tags) {
        return tags.stream().map(vocabulary::canonical).collect(Collectors.toSet());
    }
}
