package dev.tagrouter.lab.vocabulary;

import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.lab.tagger.TaggedQuery;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.util.List;

/** How a teacher's free tags become a vocabulary. Deterministic. */
public interface VocabularyMaker {
    /** The vocabulary of the queries that are not marked as test. */
    Vocabulary vocabulary(List<TaggedQuery> queries, Progress progress) throws IOException;

    /** Identifies the settings and the rules, for caches of what is made from a vocabulary. */
    String id();
}
