package dev.tagrouter.gateway;

import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.flow.Catalog;
import dev.tagrouter.gateway.flow.Chooser;
import dev.tagrouter.gateway.flow.ModelTagger;
import dev.tagrouter.gateway.flow.Sessions;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway goes by at a time: a configuration and a profile, checked against each other. It never changes; another
 * one takes its place, while requests come to their end by the one they began with.
 */
final class Edition {
    private final int number;
    private final Instant since;
    private final GatewayConfig config;
    private final Chooser chooser;
    private final Sessions sessions;
    private final @Nullable SharedTagger tagger;
    /** Whoever made it, until it is replaced, and each event loop until its last request by it is over. */
    private final AtomicInteger users = new AtomicInteger(1);

    /**
     * @param number 1 for the one a gateway starts with
     * @param sessions who answered which conversation, by whichever edition
     * @param tagger lent to it, or null
     */
    Edition(
            int number,
            Instant since,
            GatewayConfig config,
            Chooser chooser,
            Sessions sessions,
            @Nullable SharedTagger tagger) {
        this.sessions = sessions;
        this.number = number;
        this.since = since;
        this.config = config;
        this.chooser = chooser;
        this.tagger = tagger;
    }

    int number() {
        return number;
    }

    Instant since() {
        return since;
    }

    GatewayConfig config() {
        return config;
    }

    Chooser chooser() {
        return chooser;
    }

    Catalog catalog() {
        return chooser.catalog();
    }

    Sessions sessions() {
        return sessions;
    }

    @Nullable
    SharedTagger shared() {
        return tagger;
    }

    @Nullable
    ModelTagger tagger() {
        return tagger == null ? null : tagger.tagger();
    }

    /** Somebody more goes by it. */
    void used() {
        users.incrementAndGet();
    }

    /** Somebody does no more; with the last of them goes what only it needed. */
    void left() {
        if (users.decrementAndGet() == 0 && tagger != null) {
            tagger.giveBack();
        }
    }
}
