package dev.tagrouter.lab.vocabulary;

import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.lab.tagger.TaggedQuery;
import dev.tagrouter.lab.tagger.TaggerTrainer;
import dev.tagrouter.learning.Progress;
import java.util.List;

/**
 * No normalisation: every spelling that enough queries carry is a tag of its own.
 *
 * @param trainer whose frequency cut is used
 */
public record AsSpelt(TaggerTrainer trainer) implements VocabularyMaker {
    @Override
    public Vocabulary vocabulary(List<TaggedQuery> queries, Progress progress) {
        return trainer.vocabularyAsSpelt(queries);
    }

    @Override
    public String id() {
        return "as spelt, " + trainer.leastFrequency();
    }
}
