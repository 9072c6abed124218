package dev.tagrouter.lab.evaluation;

import dev.tagrouter.core.embedding.SentenceEmbedder;
import dev.tagrouter.core.tagging.Aligner;
import dev.tagrouter.core.tagging.Tag;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.core.tagging.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How a teacher's free tags are brought onto a vocabulary. */
sealed interface Alignment {
    /** Aligns the free tags of one query; safe for use by many threads. */
    @FunctionalInterface
    interface Aligning {
        Tags align(List<String> free);
    }

    /** @throws IOException when embeddings are needed and their cache cannot be read or written */
    Aligning onto(Vocabulary vocabulary) throws IOException;

    /** Only what is written as a tag's name is that tag. */
    record Names() implements Alignment {
        @Override
        public Aligning onto(Vocabulary vocabulary) {
            return free -> Tags.of(
                    vocabulary,
                    free.stream()
                            .distinct()
                            .filter(tag -> vocabulary.indexOf(tag).stream()
                                    .anyMatch(index -> vocabulary.name(index).equals(tag)))
                            .map(tag -> new Tag(tag, 1))
                            .toList());
        }
    }

    /** By name, alias and spelling rules. */
    record Rules() implements Alignment {
        @Override
        public Aligning onto(Vocabulary vocabulary) {
            Aligner aligner = Aligner.exact(vocabulary);
            return free -> aligner.align(free).tags();
        }
    }

    /**
     * By name, alias and spelling rules, then by meaning.
     *
     * @param embedder of tags
     * @param cache where embeddings are kept
     */
    record Meaning(SentenceEmbedder embedder, Path cache) implements Alignment {
        @Override
        public Aligning onto(Vocabulary vocabulary) throws IOException {
            Aligner aligner = Aligner.similar(vocabulary, embedder, cache);
            return free -> aligner.align(free).tags();
        }
    }
}
