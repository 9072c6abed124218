package dev.tagrouter.core.testing;

import dev.tagrouter.core.embedding.SentenceEmbedder;
import java.util.concurrent.atomic.AtomicInteger;

/** An embedder without a model: a phrase lies near another as far as they share words' first letters. */
public final class WordEmbedder implements SentenceEmbedder {
    private static final int LETTERS = 26;

    private final AtomicInteger calls = new AtomicInteger();

    @Override
    public String id() {
        return "words";
    }

    @Override
    public float[] embed(String text) {
        calls.incrementAndGet();
        float[] counts = new float[LETTERS + 1];
        counts[LETTERS] = 0.1f;
        for (String word : text.split("\\W+", -1)) {
            if (!word.isEmpty() && word.charAt(0) >= 'a' && word.charAt(0) <= 'z') {
                counts[word.charAt(0) - 'a']++;
            }
        }
        return counts;
    }

    /** How often it was asked. */
    public int calls() {
        return calls.get();
    }
}
