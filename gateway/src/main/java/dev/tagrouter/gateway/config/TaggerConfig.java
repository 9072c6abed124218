package dev.tagrouter.gateway.config;

import dev.tagrouter.client.AnswerForm;
import dev.tagrouter.client.TagPrompt;
import java.time.Duration;

/**
 * A model that tags queries before they are routed; where it fails, the profile's own tagger does.
 *
 * @param upstream the name of the upstream that serves it
 * @param model what the upstream calls it
 * @param deadline how long a query waits for its tags, from 1 ms to 60 s
 * @param form how it is asked
 * @param prompt what it is told
 * @param cacheEntries how many queries' tags are kept, from 0 to a million
 * @param alignment how its tags are brought onto the vocabulary
 */
public record TaggerConfig(
        String upstream,
        String model,
        Duration deadline,
        AnswerForm form,
        TagPrompt prompt,
        int cacheEntries,
        Alignment alignment) {
    public static final Duration DEADLINE = Duration.ofMillis(500);
    public static final int CACHE_ENTRIES = 10_000;
    static final int MOST_CACHE_ENTRIES = 1_000_000;

    /** How free tags are brought onto the vocabulary. */
    public enum Alignment {
        /** By name, alias and spelling rules. */
        EXACT,
        /** And by meaning, which needs a sentence embedder. */
        SIMILAR
    }

    public TaggerConfig {
        if (model.isBlank()) {
            throw new IllegalArgumentException("the tagger's model is blank; name one that the upstream lists");
        }
        if (deadline.toMillis() < 1 || deadline.compareTo(Duration.ofSeconds(60)) > 0) {
            throw new IllegalArgumentException(
                    "the tagger's deadline is " + deadline.toMillis() + "ms; give one from 1ms to 60s");
        }
    }

    /** A model asked by the built-in prompt, with the usual deadline and cache. */
    public static TaggerConfig of(String upstream, String model) {
        return new TaggerConfig(
                upstream,
                model,
                DEADLINE,
                AnswerForm.JSON,
                TagPrompt.standard(AnswerForm.JSON),
                CACHE_ENTRIES,
                Alignment.EXACT);
    }

    public TaggerConfig withDeadline(Duration newDeadline) {
        return new TaggerConfig(upstream, model, newDeadline, form, prompt, cacheEntries, alignment);
    }

    public TaggerConfig withAlignment(Alignment newAlignment) {
        return new TaggerConfig(upstream, model, deadline, form, prompt, cacheEntries, newAlignment);
    }
}
