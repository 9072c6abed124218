package dev.tagrouter.gateway.flow;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tagrouter.core.decision.Constraints.Held;
import dev.tagrouter.gateway.config.SessionConfig;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Remembers who answered which conversation, so that its next turn is not answered by somebody weaker. For any thread. */
public final class Sessions {
    private final Cache<Conversation.Key, Turn> turns;
    private final boolean on;
    private final long promptCacheNanos;
    private final LongSupplier nanoClock;

    /**
     * A turn that was answered.
     *
     * @param model by whom, as clients call it
     * @param upstream where
     * @param inputTokens how long its prompt was
     * @param atNanos when
     */
    record Turn(String model, String upstream, long inputTokens, long atNanos) {}

    /** @param nanoClock the time, as {@link System#nanoTime()} */
    public Sessions(SessionConfig config, LongSupplier nanoClock) {
        this.on = config.entries() > 0;
        this.promptCacheNanos = config.promptCache().toNanos();
        this.nanoClock = nanoClock;
        this.turns = Caffeine.newBuilder()
                .maximumSize(config.entries())
                .expireAfterWrite(config.idle())
                .ticker(nanoClock::getAsLong)
                // Event loops write: what is left to do afterwards is little, and no other thread need be woken for it.
                .executor(Runnable::run)
                .build();
    }

    boolean on() {
        return on;
    }

    /** Who answered the turn before, or null where that is not known, or there was none. */
    @Nullable
    Held before(Conversation conversation, Catalog catalog, long inputTokens) {
        Turn turn = conversation.earlier() == null ? null : turns.getIfPresent(conversation.earlier());
        Served model = turn == null ? null : catalog.find(turn.model());
        if (turn == null || model == null) {
            return null;
        }
        long repeated = Math.min(turn.inputTokens(), inputTokens);
        return new Held(model.candidateName(), isFresh(turn) ? repeated * model.cachedSavesUsdPerToken() : 0);
    }

    /** Which upstream of a model still has the turn before, or null. */
    @Nullable
    String upstreamBefore(Conversation conversation, Served model) {
        Turn turn = conversation.earlier() == null ? null : turns.getIfPresent(conversation.earlier());
        return turn != null && turn.model().equals(model.name()) && isFresh(turn) ? turn.upstream() : null;
    }

    private boolean isFresh(Turn turn) {
        return nanoClock.getAsLong() - turn.atNanos() <= promptCacheNanos;
    }

    /** A turn is being answered. */
    void answered(Conversation conversation, Served model, String upstream, long inputTokens) {
        turns.put(conversation.now(), new Turn(model.name(), upstream, inputTokens, nanoClock.getAsLong()));
    }
}
