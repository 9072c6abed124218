package dev.tagrouter.gateway.flow;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.tagrouter.gateway.config.FailureConfig;
import dev.tagrouter.gateway.config.ModelUpstream;
import dev.tagrouter.gateway.dialect.Dialect;
import dev.tagrouter.gateway.upstream.Breakers;
import dev.tagrouter.gateway.upstream.UpstreamClient;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Sends chosen requests to upstreams, from one event loop. */
public final class Forwarder {
    private final Vertx vertx;
    private final Catalog catalog;
    private final FailureConfig limits;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final Dialect dialect;
    private final Map<String, Lanes> lanesByModel = new HashMap<>();

    /**
     * @param clients this event loop's clients by the upstreams' names
     * @param random draws pauses and between upstreams; used on this event loop only
     * @param clock what dates in {@code Retry-After} are compared with, and what dates answers that bring none
     */
    public Forwarder(
            Vertx vertx,
            Catalog catalog,
            Map<String, UpstreamClient> clients,
            FailureConfig limits,
            Breakers breakers,
            RandomGenerator random,
            InstantSource clock) {
        this.vertx = vertx;
        this.catalog = catalog;
        this.limits = limits;
        this.random = random;
        this.clock = clock;
        this.dialect = new Dialect(clock);
        for (Served model : catalog.models()) {
            List<Lane> lanes = new ArrayList<>();
            for (ModelUpstream at : model.upstreams()) {
                UpstreamClient client = clients.get(at.upstream());
                if (client == null) {
                    throw new IllegalStateException("no client for upstream " + at.upstream());
                }
                lanes.add(new Lane(
                        client,
                        quoted(at.upstreamModel()),
                        at.weight(),
                        breakers.of(client.config(), at.upstreamModel(), limits.breaker())));
            }
            lanesByModel.put(model.name(), new Lanes(lanes, random));
        }
    }

    private static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }

    /**
     * Has a request answered by the model chosen for it, or where that fails before its first byte by whom its ranking
     * names next.
     *
     * @param startNanos when the request's last byte was there
     * @param deadlineNanos the point of {@link System#nanoTime()} by which the client wants the whole answer, or null
     */
    void forward(
            Exchange exchange,
            ChatBody body,
            Choice choice,
            String decisionId,
            long startNanos,
            @Nullable Long deadlineNanos) {
        long limit = startNanos + limits.total().toNanos();
        long deadline = deadlineNanos != null && deadlineNanos - limit < 0 ? deadlineNanos : limit;
        Relay relay = new Relay(this, exchange, body, choice, decisionId, startNanos, deadline);
        long now = System.nanoTime();
        String kept = choice.upstreamBefore();
        Lanes lanes = lanes(choice.model());
        Lane lane = kept == null ? lanes.pick(now, Set.of()) : lanes.pick(now, kept);
        if (lane != null) {
            relay.call(lane);
        } else {
            relay.avoid();
        }
    }

    Lanes lanes(Served model) {
        Lanes lanes = lanesByModel.get(model.name());
        if (lanes == null) {
            throw new IllegalStateException("no lanes for model " + model.name());
        }
        return lanes;
    }

    /** A pause before a retry: drawn evenly from 0 to a bound that doubles with each. */
    long pauseNanos(int retries) {
        long bound = Math.min(
                limits.pause().toNanos() << retries, limits.longestPause().toNanos());
        return random.nextLong(bound + 1);
    }

    long retryAfterNanos(@Nullable String header) {
        return RetryAfter.nanos(header, clock.instant());
    }

    /** Acts after a pause. */
    void after(long nanos, Runnable action) {
        vertx.setTimer(Math.max(1, nanos / 1_000_000), fired -> action.run());
    }

    /** What this event loop belongs to. */
    Vertx vertx() {
        return vertx;
    }

    Dialect dialect() {
        return dialect;
    }

    FailureConfig limits() {
        return limits;
    }

    Catalog catalog() {
        return catalog;
    }
}
