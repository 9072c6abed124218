package dev.tagrouter.gateway;

import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.gateway.config.TaggerConfig;
import dev.tagrouter.gateway.config.UpstreamConfig;
import dev.tagrouter.gateway.flow.ModelTagger;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model that tags, lent to every edition that is told of the same one, so that what it remembers is not lost. The last
 * edition to give it back closes it.
 */
final class SharedTagger {
    private final Told told;
    private final ModelTagger tagger;
    private final AtomicInteger editions = new AtomicInteger(1);
    private final AtomicBoolean closed = new AtomicBoolean();

    /** All that makes one tagger another; tags are of one vocabulary in memory, so the profile is the very same. */
    record Told(TaggerConfig config, UpstreamConfig upstream, Profile profile) {}

    /** Lent once from the start. */
    SharedTagger(Told told, ModelTagger tagger) {
        this.told = told;
        this.tagger = tagger;
    }

    boolean isFor(Told other) {
        return told.equals(other);
    }

    ModelTagger tagger() {
        return tagger;
    }

    /** Lends it once more; only while somebody has it. */
    SharedTagger lend() {
        editions.incrementAndGet();
        return this;
    }

    void giveBack() {
        if (editions.decrementAndGet() == 0) {
            // Closing waits for calls under way, and may be asked for on an event loop.
            Thread.ofVirtual().name("close tagger").start(this::close);
        }
    }

    /** Closes it whoever has it. */
    void close() {
        if (!closed.getAndSet(true)) {
            tagger.close();
        }
    }
}
