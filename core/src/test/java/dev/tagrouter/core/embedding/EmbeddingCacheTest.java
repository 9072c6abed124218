package dev.tagrouter.core.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Embeddings are computed once, also across runs and after a cut-off file. */
class EmbeddingCacheTest {
    private static final List<String> TEXTS = List.of("one", "two", "three", "one");

    @TempDir
    private Path folder = Path.of("");

    private static final class Counting implements SentenceEmbedder {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public String id() {
            return "counting";
        }

        @Override
        public float[] embed(String text) {
            calls.incrementAndGet();
            return new float[] {text.length(), 4};
        }
    }

    @Test
    void computesOnceAndScalesToLengthOne() throws IOException {
        Counting embedder = new Counting();
        EmbeddingCache cache = new EmbeddingCache(folder, embedder);

        assertThat(cache.missing(TEXTS)).isEqualTo(3);
        List<Embedding> embeddings = cache.of(TEXTS, done -> {});
        assertThat(embedder.calls).hasValue(3);
        assertThat(embeddings.getFirst().value(0)).isEqualTo(0.6f);
        assertThat(embeddings.get(0).cosine(embeddings.get(3)))
                .isEqualTo(1, org.assertj.core.api.Assertions.within(1e-6f));

        Counting second = new Counting();
        new EmbeddingCache(folder, second).of(TEXTS, done -> {});
        assertThat(second.calls).hasValue(0);
    }

    @Test
    void aCutOffFileCountsAsFarAsItGoes() throws IOException {
        new EmbeddingCache(folder, new Counting()).of(TEXTS, done -> {});
        Path file = folder.resolve("embeddings-counting.bin");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 5));

        Counting embedder = new Counting();
        assertThat(new EmbeddingCache(folder, embedder).of(TEXTS, done -> {})).hasSize(4);

        assertThat(embedder.calls).hasValue(1);
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }
}
