package dev.tagrouter.core.embedding;

/**
 * Turns a text into a vector so that texts of like meaning lie close by cosine. Found by {@link java.util.ServiceLoader};
 * the module {@code embeddings} brings one, another is plugged in by putting it on the class path.
 *
 * <p>Implementations are safe for use by several threads and give the same vector for the same text.
 */
public interface SentenceEmbedder {
    /** Identifies model and version, for the cache and the results: letters, digits, dots and hyphens. */
    String id();

    /** The vector of a text, always of as many dimensions; a blank text has one too. */
    float[] embed(String text);
}
