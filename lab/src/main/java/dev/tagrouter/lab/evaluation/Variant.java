package dev.tagrouter.lab.evaluation;

import dev.tagrouter.lab.tagger.TaggerTrainer;
import dev.tagrouter.lab.vocabulary.VocabularyMaker;

/** One row of an ablation: what is different from what is shipped. */
sealed interface Variant {
    /** Lower case, no white space. */
    String name();

    /** The same in a few words for people. */
    String description();

    /**
     * Cross-fitted taggers that are trained in another way, and routing with their tags.
     *
     * @param trainer the settings
     * @param vocabularies makes the vocabulary of each fold
     * @param percent how much of the tagged queries is trained on, 1 to 100; a smaller share is part of a larger one
     */
    record Student(String name, String description, TaggerTrainer trainer, VocabularyMaker vocabularies, int percent)
            implements Variant {
        public Student {
            if (percent < 1 || percent > 100) {
                throw new IllegalArgumentException("percent is " + percent + "; give 1 to 100");
            }
        }
    }

    /**
     * Routing with the teacher's own tags, when learning and when deciding.
     *
     * @param vocabularies makes the vocabulary of each fold
     * @param alignment brings the tags onto it
     */
    record Teacher(String name, String description, VocabularyMaker vocabularies, Alignment alignment)
            implements Variant {}

    /**
     * The published method with another value of a tie, on the tags of the standard taggers.
     *
     * @param value what a tie is worth
     */
    record TieValue(String name, String description, double value) implements Variant {}
}
