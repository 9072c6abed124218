package dev.tagrouter.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.core.embedding.Embedding;
import dev.tagrouter.core.embedding.SentenceEmbedder;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The embedder is found, and puts like texts close together. */
class MiniLmEmbedderTest {
    private final SentenceEmbedder embedder =
            ServiceLoader.load(SentenceEmbedder.class).findFirst().orElseThrow();

    private Embedding of(String text) {
        return Embedding.of(embedder.embed(text));
    }

    @Test
    void likeTextsLieCloserThanUnlikeOnes() {
        Embedding query = of("Write a SQL query that ranks customers by revenue");

        assertThat(query.dimensions()).isEqualTo(384);
        assertThat(query.cosine(of("How do I sort buyers by sales in a database?")))
                .isGreaterThan(query.cosine(of("A poem about the sea in autumn")) + 0.2f);
        assertThat(query.cosine(query)).isBetween(0.999f, 1.001f);
    }

    @Test
    void answersTextWithoutWords() {
        assertThat(of("").dimensions()).isEqualTo(384);
        assertThat(of("🙂\u0000\uD800").dimensions()).isEqualTo(384);
    }
}
