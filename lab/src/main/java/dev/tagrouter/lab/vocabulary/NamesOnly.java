package dev.tagrouter.lab.vocabulary;

import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.lab.tagger.TaggedQuery;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.util.List;

/**
 * No alignment: another's vocabulary without its aliases, so that only a tag written as its name counts as that tag.
 *
 * @param whole who makes the vocabulary
 */
public record NamesOnly(VocabularyMaker whole) implements VocabularyMaker {
    @Override
    public Vocabulary vocabulary(List<TaggedQuery> queries, Progress progress) throws IOException {
        return new Vocabulary(whole.vocabulary(queries, progress).entries().stream()
                .map(entry -> new Vocabulary.Entry(entry.name(), entry.frequency(), List.of()))
                .toList());
    }

    @Override
    public String id() {
        return "names only of " + whole.id();
    }
}
