package dev.tagrouter.embeddings;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.tagrouter.core.embedding.SentenceEmbedder;
import java.util.regex.Pattern;

/**
 * all-MiniLM-L6-v2, quantised, in the process: 384 dimensions, English, some 5 ms for a sentence and 20 ms for a
 * paragraph on one core. Found by {@link java.util.ServiceLoader}.
 */
public final class MiniLmEmbedder implements SentenceEmbedder {
    /** Control characters and halves of surrogate pairs, which the tokenizer refuses or drops. */
    private static final Pattern UNREADABLE = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    /** Stands for a text without anything to read. */
    private static final String NOTHING = "-";

    private final EmbeddingModel model = new AllMiniLmL6V2QuantizedEmbeddingModel(Runnable::run);

    @Override
    public String id() {
        return "all-minilm-l6-v2-q";
    }

    @Override
    public float[] embed(String text) {
        String words = UNREADABLE.matcher(text).replaceAll(" ");
        return model.embed(words.isBlank() ? NOTHING : words).content().vector();
    }
}
