package dev.tagrouter.lab.evaluation;

import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Tagger;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.lab.dataset.JudgedTable;
import dev.tagrouter.lab.evaluation.Alignment.Aligning;
import dev.tagrouter.lab.tagger.TaggedQuery;
import dev.tagrouter.lab.tagger.TopicMaker;
import dev.tagrouter.lab.vocabulary.VocabularyMaker;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The tags that the teacher itself wrote, for the queries under test too: what a perfect student would say. */
final class TeacherTags implements TagSource {
    private static final long TOPICS_SEED = 1;

    private final VocabularyMaker vocabularies;
    private final Alignment alignment;

    TeacherTags(VocabularyMaker vocabularies, Alignment alignment) {
        this.vocabularies = vocabularies;
        this.alignment = alignment;
    }

    @Override
    public List<Tagger> taggers(List<TaggedQuery> tagged, Folds folds, Progress progress) throws IOException {
        Map<String, List<String>> written = written(tagged);
        List<Tagger> taggers = new ArrayList<>();
        for (int fold = 0; fold < folds.count(); fold++) {
            progress.report("vocabulary", fold, folds.count());
            Vocabulary vocabulary = vocabulary(TagSource.outside(fold, tagged, folds), progress);
            taggers.add(new Recall(vocabulary, written, alignment.onto(vocabulary)));
        }
        return taggers;
    }

    /** With topics, as a student has them, of the tags that the teacher wrote for the same queries; without wording, which no tag has. */
    private Vocabulary vocabulary(List<TaggedQuery> training, Progress progress) throws IOException {
        Vocabulary plain = vocabularies.vocabulary(training, progress);
        Alignment.Aligning aligning = new Alignment.Rules().onto(plain);
        List<Tags> tags =
                training.stream().map(query -> aligning.align(query.tags())).toList();
        return TopicMaker.withTopics(plain, tags, TOPICS_SEED);
    }

    /** How many of a set's queries no teacher tagged. */
    static int untagged(JudgedTable table, List<TaggedQuery> tagged) {
        Map<String, List<String>> written = written(tagged);
        return (int) table.rows().stream()
                .filter(row -> !written.containsKey(Folds.normalised(row.text())))
                .count();
    }

    /** Texts of one set and of the teacher's file differ in white space at their ends. */
    private static Map<String, List<String>> written(List<TaggedQuery> tagged) {
        Map<String, List<String>> written = new HashMap<>();
        tagged.forEach(query -> written.putIfAbsent(Folds.normalised(query.text()), query.tags()));
        return written;
    }

    /** Remembers what was written for a text; says nothing to a text that it has not seen. */
    private static final class Recall implements Tagger {
        private final Vocabulary vocabulary;
        private final Map<String, List<String>> written;
        private final Aligning aligning;

        /** By text: aligning by meaning takes milliseconds, and methods ask often. */
        private final Map<String, Tags> known = new ConcurrentHashMap<>();

        private Recall(Vocabulary vocabulary, Map<String, List<String>> written, Aligning aligning) {
            this.vocabulary = vocabulary;
            this.written = written;
            this.aligning = aligning;
        }

        @Override
        public Tags tag(Query query) {
            return known.computeIfAbsent(
                    query.turns().getFirst(),
                    text -> aligning.align(written.getOrDefault(Folds.normalised(text), List.of())));
        }

        @Override
        public Vocabulary vocabulary() {
            return vocabulary;
        }
    }
}
