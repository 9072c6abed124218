package dev.tagrouter.core.tagging;

import java.util.List;

/** A tagger that was told the tags: whatever is asked, the answer is what the caller gave, aligned to a vocabulary. */
public final class FixedTagger implements Tagger {
    private final Vocabulary vocabulary;
    private final AlignedTags aligned;

    /** @param given free tags; those that are not aligned are {@linkplain #unknown() kept apart} */
    public FixedTagger(Aligner aligner, List<String> given) {
        this.vocabulary = aligner.vocabulary();
        this.aligned = aligner.align(given);
    }

    /** The given tags, for every query, a blank one too. */
    @Override
    public Tags tag(Query query) {
        return aligned.tags();
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** What was given and is no tag of the vocabulary, as it was written. */
    public List<String> unknown() {
        return aligned.unknown();
    }
}
