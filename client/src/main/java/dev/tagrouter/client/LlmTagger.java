package dev.tagrouter.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tagrouter.client.FreeTags.Failure;
import dev.tagrouter.client.LlmTagging.Fallback;
import dev.tagrouter.core.tagging.AlignedTags;
import dev.tagrouter.core.tagging.Aligner;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Tagger;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.core.tagging.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A tagger that asks a model, by a deadline, and lets another tagger answer where that fails.
 *
 * <p>The model's free tags are aligned to the vocabulary. Tags once had are kept by a hash of the text,
 * so that the same query is asked once; failures are not kept. Blocks its caller for up to the deadline, and where tags are
 * aligned by meaning for some milliseconds more for each that was never seen: on an event loop
 * call {@link #cached} and leave {@link #tagging} to a virtual thread.
 */
public final class LlmTagger implements Tagger {
    private static final int MOST_AT_ONCE = 64;

    private final Teacher teacher;
    private final Tagger other;
    private final Aligner aligner;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final Rest rest;
    private final Cache<String, LlmTagging> kept;

    /**
     * @param teacher with a {@link Patience} that does not retry: its deadline is all that a query waits
     * @param other who answers where the model does not; its vocabulary is this tagger's
     * @param aligner brings the model's tags onto that vocabulary
     * @param cacheEntries how many queries' tags are kept, 0 or more
     */
    public LlmTagger(Teacher teacher, Tagger other, Aligner aligner, int cacheEntries) {
        this(teacher, other, aligner, cacheEntries, System::nanoTime);
    }

    LlmTagger(Teacher teacher, Tagger other, Aligner aligner, int cacheEntries, LongSupplier nanoClock) {
        if (cacheEntries < 0) {
            throw new IllegalArgumentException("cacheEntries is " + cacheEntries + "; give 0 or more");
        }
        if (aligner.vocabulary() != other.vocabulary()) {
            throw new IllegalArgumentException("the aligner's vocabulary is another than the other tagger's; give one");
        }
        this.teacher = teacher;
        this.other = other;
        this.aligner = aligner;
        this.rest = new Rest(nanoClock);
        this.kept = Caffeine.newBuilder()
                .maximumSize(cacheEntries)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Tags tag(Query query) {
        return tagging(query).tags();
    }

    @Override
    public Vocabulary vocabulary() {
        return other.vocabulary();
    }

    /** What is already known of a query, or null; never blocks. */
    public @Nullable LlmTagging cached(Query query) {
        String text = text(query);
        return text.isBlank() ? nothing() : kept.getIfPresent(key(text));
    }

    /** The query's tags and how it came by them; answers in any case. */
    public LlmTagging tagging(Query query) {
        String text = text(query);
        if (text.isBlank()) {
            return nothing();
        }
        String key = key(text);
        LlmTagging known = kept.getIfPresent(key);
        if (known != null) {
            return known;
        }
        if (rest.isOn()) {
            return instead(query, List.of(), Fallback.RESTING, "the model failed several times in a row");
        }
        if (!places.tryAcquire()) {
            return instead(query, List.of(), Fallback.BUSY, MOST_AT_ONCE + " queries are with the model");
        }
        try {
            LlmTagging asked = asked(query, teacher.tag(text));
            if (asked.fallback() == null) {
                kept.put(key, asked);
            }
            return asked;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return instead(query, List.of(), Fallback.TIMED_OUT, "interrupted");
        } finally {
            places.release();
        }
    }

    private LlmTagging asked(Query query, FreeTags answer) {
        return switch (answer) {
            case FreeTags.Tagged tagged -> {
                rest.succeeded();
                AlignedTags aligned = aligner.align(tagged.tags());
                yield aligned.tags().isEmpty()
                        ? instead(
                                query,
                                aligned.unknown(),
                                Fallback.UNKNOWN_TAGS,
                                "the vocabulary has none of the model's tags")
                        : new LlmTagging(aligned.tags(), aligned.unknown(), null, "");
            }
            case FreeTags.Failed failed -> {
                if (failed.failure().isOfTheServer()) {
                    rest.failed();
                } else {
                    rest.succeeded();
                }
                yield instead(
                        query,
                        List.of(),
                        fallback(failed.failure()),
                        failed.failure().label());
            }
        };
    }

    private static Fallback fallback(Failure failure) {
        return failure == Failure.TIMED_OUT
                ? Fallback.TIMED_OUT
                : failure.isOfTheServer() ? Fallback.SERVER_FAILED : Fallback.NO_TAGS;
    }

    private LlmTagging instead(Query query, List<String> unknown, Fallback why, String detail) {
        return new LlmTagging(other.tag(query), unknown, why, detail);
    }

    private LlmTagging nothing() {
        return new LlmTagging(Tags.none(vocabulary()), List.of(), null, "");
    }

    /** All that is tagged of the query. */
    private static String text(Query query) {
        return ChatRequest.sendable(TagPrompt.conversation(query));
    }

    private static String key(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
