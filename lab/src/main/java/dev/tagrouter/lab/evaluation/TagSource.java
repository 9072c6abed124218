package dev.tagrouter.lab.evaluation;

import dev.tagrouter.core.tagging.Tagger;
import dev.tagrouter.lab.tagger.TaggedQuery;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.util.List;

/** Who tags the queries while a fold is under test, by a vocabulary that was made without that fold. */
interface TagSource {
    /** The tagger of every fold, in order. */
    List<? extends Tagger> taggers(List<TaggedQuery> tagged, Folds folds, Progress progress) throws IOException;

    /** The tagged queries outside a fold. A query marked as test for a tagger's own figures may well train here. */
    static List<TaggedQuery> outside(int fold, List<TaggedQuery> tagged, Folds folds) {
        return tagged.stream()
                .filter(query -> folds.of(query.text()) != fold)
                .map(query -> new TaggedQuery(query.id(), query.language(), false, query.text(), query.tags()))
                .toList();
    }
}
