package dev.tagrouter.core.tagging;

import java.util.List;

/** A tagger that was told the tags: whatever is asked, the answer is what the caller gave, aligned to the vocabulary. */
public final class FixedTagger implements Tagger {
    private final Vocabulary vocabulary;
    private final AlignedTags aligned;

    /** @param given free tags; those outside the vocabulary are {@linkplain #unknown() kept apart} */
    public FixedTagger(Vocabulary vocabulary, List<String> given) {
        this.vocabulary = vocabulary;
        this.aligned = AlignedTags.of(vocabulary, given);
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
