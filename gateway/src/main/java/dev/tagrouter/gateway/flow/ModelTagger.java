package dev.tagrouter.gateway.flow;

import dev.tagrouter.client.ApiKey;
import dev.tagrouter.client.LlmTagger;
import dev.tagrouter.client.LlmTagging;
import dev.tagrouter.client.ModelServer;
import dev.tagrouter.client.Patience;
import dev.tagrouter.client.Teacher;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.tagging.Aligner;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.gateway.config.Secret;
import dev.tagrouter.gateway.config.TaggerConfig;
import dev.tagrouter.gateway.config.UpstreamConfig;
import dev.tagrouter.gateway.telemetry.Telemetry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The configured model as a tagger that no event loop waits for: it blocks virtual threads, and its tags come back to
 * the event loop that asked. Shared by all event loops.
 */
public final class ModelTagger implements AutoCloseable {
    private final Teacher teacher;
    private final LlmTagger tagger;
    private final Telemetry telemetry;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param upstream the one that {@code config} names
     * @param aligner brings its tags onto the profile's vocabulary; may block, since only virtual threads call it
     */
    public ModelTagger(
            TaggerConfig config, UpstreamConfig upstream, Profile profile, Aligner aligner, Telemetry telemetry) {
        Secret key = upstream.apiKey();
        this.teacher = new Teacher(
                new ModelServer(upstream.baseUrl(), key == null ? null : new ApiKey(key.reveal()), config.model()),
                config.form(),
                config.prompt(),
                Patience.once(config.deadline()));
        this.tagger = new LlmTagger(teacher, profile.tagger(), aligner, config.cacheEntries());
        this.telemetry = telemetry;
    }

    /**
     * Tags a query; called on an event loop.
     *
     * @param then told the tags on the same event loop, at once where they are known; null where tagging itself broke, so
     *     that the profile's own tagger is to be asked
     */
    void tag(Query query, Consumer<@Nullable Tagging> then) {
        long startNanos = System.nanoTime();
        LlmTagging known = tagger.cached(query);
        if (known != null) {
            then.accept(Tagging.of(known, System.nanoTime() - startNanos));
            return;
        }
        Context loop = Objects.requireNonNull(Vertx.currentContext(), "not on an event loop");
        threads.execute(() -> {
            Tagging tagging = tagging(query, startNanos);
            try {
                loop.runOnContext(ready -> then.accept(tagging));
            } catch (RejectedExecutionException e) {
                // The gateway has stopped meanwhile: nobody waits any more.
                return;
            }
        });
    }

    private @Nullable Tagging tagging(Query query, long startNanos) {
        try {
            LlmTagging tagging = tagger.tagging(query);
            if (tagging.fallback() != null) {
                telemetry.taggerFellBack(tagging.fallback().label());
            }
            return Tagging.of(tagging, System.nanoTime() - startNanos);
        } catch (RuntimeException e) {
            System.getLogger(ModelTagger.class.getName()).log(System.Logger.Level.ERROR, "the tagger failed", e);
            return null;
        }
    }

    /** What is under way ends at once. */
    @Override
    public void close() {
        threads.shutdownNow();
        teacher.close();
    }
}
