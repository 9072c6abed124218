package dev.tagrouter.cli;

import dev.tagrouter.core.embedding.EmbeddingCache;
import dev.tagrouter.core.embedding.SentenceEmbedder;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The sentence embedder that is installed, if any, and where embeddings are kept. */
final class Embedders {
    private Embedders() {}

    static @Nullable SentenceEmbedder installed() {
        return ServiceLoader.load(SentenceEmbedder.class).findFirst().orElse(null);
    }

    /** The same, and where there is none says what is left out. */
    static @Nullable SentenceEmbedder installedOrSaid(Io io) {
        SentenceEmbedder embedder = installed();
        if (embedder == null) {
            io.err()
                    .println(
                            "tagrouter: no sentence embedder is on the class path, so tags are compared by spelling rules"
                                    + " only; the launcher brings one, or add the module embeddings");
            io.err().flush();
        }
        return embedder;
    }

    /** @param asked what cannot be done without one, such as an option */
    static SentenceEmbedder required(String asked) {
        SentenceEmbedder embedder = installed();
        if (embedder == null) {
            throw new FailedException(asked + " needs a sentence embedder, and none is on the class path; the launcher"
                    + " brings one, or add the module embeddings");
        }
        return embedder;
    }

    /** Where taggers and embeddings are kept between runs. */
    static Path cache() {
        return EmbeddingCache.standardFolder();
    }
}
