package dev.tagrouter.gateway.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Counts, times and logs requests. Names of models and paths are from the configuration, never from a client. */
public final class Telemetry implements AutoCloseable {
    /** Says whether lines are wanted; they are written by {@link AccessLog}. */
    private static final System.Logger LEVELS = System.getLogger("dev.tagrouter.gateway.access");

    private final AccessLog log = new AccessLog(System.err, InstantSource.system());
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    /** From what a decision takes to what a person notices. */
    private static final Duration[] BUCKETS = LongStream.of(
                    10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 100_000, 1_000_000)
            .mapToObj(micros -> Duration.ofNanos(1_000 * micros))
            .toArray(Duration[]::new);

    private final Timer decisions = Timer.builder("tagrouter.decision")
            .description("Time to tag, score and decide")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    private final Timer overheads = Timer.builder("tagrouter.overhead")
            .description("Time from the request's last byte to the upstream request")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    private final Counter attempts = Counter.builder("tagrouter.attempts")
            .description("Calls to upstreams for requests that are over")
            .register(registry);
    private final MultiGauge breakers = MultiGauge.builder("tagrouter.breaker.state")
            .description("Models of upstreams: 0 in use, 1 left alone for a time, 2 on trial")
            .register(registry);
    private volatile Supplier<List<BreakerState>> breakerStates = List::of;
    private final Map<String, Counter> retries = new ConcurrentHashMap<>();
    private final Map<Turn, Counter> turns = new ConcurrentHashMap<>();
    private final Map<Labels, Counter> requests = new ConcurrentHashMap<>();
    private final Map<UpstreamError, Counter> errors = new ConcurrentHashMap<>();
    private final Map<String, Counter> fallbacks = new ConcurrentHashMap<>();

    private final Counter refusedConnections = Counter.builder("tagrouter.connections.refused")
            .description("Clients sent away because too many were connected")
            .register(registry);
    private final Map<String, Counter> reloads = new ConcurrentHashMap<>();

    private record Labels(String path, String model, String reason, int status) {}

    private record Turn(String from, String to) {}

    /**
     * Whether a model of an upstream is in use.
     *
     * @param state 0 in use, 1 left alone for a time, 2 on trial
     */
    public record BreakerState(String upstream, String model, int state) {}

    private record UpstreamError(String upstream, String kind) {}

    /**
     * A request that is over.
     *
     * @param method its method
     * @param path the endpoint's path, or {@code other}
     * @param status the status answered, or 499 where the client went away before one was
     * @param model the configured model that answered, or {@code none}
     * @param reason why that model, or {@code none}
     * @param decisionId the id that the client was told, or "-"
     * @param calls how often upstreams were called for it
     * @param overheadNanos from the request's last byte to the upstream request, or -1 without one
     * @param totalNanos from the request's head to the answer's last byte
     */
    public record Finished(
            String method,
            String path,
            int status,
            String model,
            String reason,
            String decisionId,
            int calls,
            long overheadNanos,
            long totalNanos,
            String cutShort) {
        private void appendTo(StringBuilder line) {
            line.append(method).append(' ').append(path).append(' ').append(status);
            line.append(" model=").append(model).append(" reason=").append(reason);
            line.append(" decision=").append(decisionId).append(" overhead_us=");
            if (overheadNanos < 0) {
                line.append('-');
            } else {
                line.append(overheadNanos / 1000);
            }
            if (calls > 1) {
                line.append(" attempts=").append(calls);
            }
            line.append(" total_ms=").append(totalNanos / 1_000_000);
            if (!cutShort.isEmpty()) {
                line.append(" cut_short=").append(cutShort);
            }
        }
    }

    /** Counts and logs a request. */
    public void finished(Finished request) {
        requests.computeIfAbsent(
                        new Labels(request.path(), request.model(), request.reason(), request.status()), this::counter)
                .increment();
        if (request.calls() > 0) {
            attempts.increment(request.calls());
        }
        if (request.overheadNanos() >= 0) {
            overheads.record(request.overheadNanos(), TimeUnit.NANOSECONDS);
        }
        // Probes and browsers' questions beforehand come every few seconds and say nothing.
        System.Logger.Level level = switch (request.method()) {
            case "GET", "HEAD", "OPTIONS" -> System.Logger.Level.DEBUG;
            default -> System.Logger.Level.INFO;
        };
        if (LEVELS.isLoggable(level)) {
            log.add(level, request::appendTo);
        }
    }

    private Counter counter(Labels labels) {
        return Counter.builder("tagrouter.requests")
                .description("Requests answered")
                .tag("path", labels.path())
                .tag("model", labels.model())
                .tag("reason", labels.reason())
                .tag("status", Integer.toString(labels.status()))
                .register(registry);
    }

    /** Says whom to ask how many clients are connected. */
    public void watchConnections(IntSupplier open) {
        Gauge.builder("tagrouter.connections", open, IntSupplier::getAsInt)
                .description("Clients connected")
                .strongReference(true)
                .register(registry);
    }

    /** A client was sent away because there were too many. */
    public void connectionRefused() {
        refusedConnections.increment();
    }

    /** Configuration and profile were to be read again: {@code swapped} or {@code refused}. */
    public void reloaded(String outcome) {
        reloads.computeIfAbsent(
                        outcome,
                        what -> Counter.builder("tagrouter.reloads")
                                .description("Attempts to read configuration and profile again")
                                .tag("outcome", what)
                                .register(registry))
                .increment();
    }

    /** A decision took this long. */
    public void decided(long nanos) {
        decisions.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** A call to an upstream failed. */
    public void upstreamFailed(String upstream, String kind) {
        errors.computeIfAbsent(
                        new UpstreamError(upstream, kind),
                        error -> Counter.builder("tagrouter.upstream.errors")
                                .description("Calls to upstreams that failed")
                                .tag("upstream", error.upstream())
                                .tag("kind", error.kind())
                                .register(registry))
                .increment();
    }

    /** A model is asked again, there or at another of its upstreams, because this upstream failed. */
    public void retried(String upstream) {
        retries.computeIfAbsent(
                        upstream,
                        failed -> Counter.builder("tagrouter.retries")
                                .description("Models asked again because an upstream failed")
                                .tag("upstream", failed)
                                .register(registry))
                .increment();
    }

    /** Another model is asked, because one cannot answer. */
    public void fellBack(String from, String to) {
        turns.computeIfAbsent(
                        new Turn(from, to),
                        turn -> Counter.builder("tagrouter.fallbacks")
                                .description("Requests handed on to another model because one could not answer")
                                .tag("from", turn.from())
                                .tag("to", turn.to())
                                .register(registry))
                .increment();
    }

    /** Says whom to ask for the breakers' states whenever somebody wants to know. */
    public void watchBreakers(Supplier<List<BreakerState>> states) {
        breakerStates = states;
    }

    /** Which models of upstreams are in use now. */
    public List<BreakerState> breakerStates() {
        return breakerStates.get();
    }

    /** The model that tags did not, so the profile's own tagger did. */
    public void taggerFellBack(String reason) {
        fallbacks
                .computeIfAbsent(
                        reason,
                        why -> Counter.builder("tagrouter.tagger.fallbacks")
                                .description("Queries that the configured model did not tag")
                                .tag("reason", why)
                                .register(registry))
                .increment();
    }

    /** Everything in Prometheus' text format. */
    public String scrape() {
        refreshBreakers();
        return registry.scrape();
    }

    /** One at a time: two event loops that register the same gauges would each be in the other's way. */
    private synchronized void refreshBreakers() {
        breakers.register(
                breakerStates.get().stream()
                        .map(breaker -> MultiGauge.Row.of(
                                Tags.of("upstream", breaker.upstream(), "model", breaker.model()), breaker.state()))
                        .toList(),
                true);
    }

    @Override
    public void close() {
        log.close();
        registry.close();
    }
}
