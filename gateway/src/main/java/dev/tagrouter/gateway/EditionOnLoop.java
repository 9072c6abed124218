package dev.tagrouter.gateway;

import dev.tagrouter.gateway.api.Endpoints;
import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.config.UpstreamConfig;
import dev.tagrouter.gateway.flow.ChatFlow;
import dev.tagrouter.gateway.flow.ClientWatch;
import dev.tagrouter.gateway.flow.Forwarder;
import dev.tagrouter.gateway.telemetry.Telemetry;
import dev.tagrouter.gateway.upstream.Breakers;
import dev.tagrouter.gateway.upstream.UpstreamClient;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** An edition on one event loop: clients of its own, closed once it is replaced and its last request over. */
final class EditionOnLoop {
    private final Vertx vertx;
    private final Edition edition;
    private final Map<String, UpstreamClient> clients = new HashMap<>();
    private final Endpoints endpoints;
    private int requests;
    private boolean replaced;

    /** What editions on all event loops share. */
    record Shared(Telemetry telemetry, Breakers breakers, Supplier<String> decisionIds, BooleanSupplier stopping) {}

    /** Called on the event loop. */
    EditionOnLoop(Vertx vertx, Edition edition, ClientWatch watch, Shared shared) {
        this.vertx = vertx;
        this.edition = edition;
        GatewayConfig config = edition.config();
        for (UpstreamConfig upstream : config.upstreams()) {
            clients.put(upstream.name(), new UpstreamClient(vertx, upstream));
        }
        Forwarder forwarder = new Forwarder(
                vertx,
                edition.catalog(),
                clients,
                config.failure(),
                shared.breakers(),
                new SplittableRandom(),
                InstantSource.system());
        ChatFlow flow = new ChatFlow(
                config.server().maxBodyBytes(), edition.chooser(), forwarder, shared.decisionIds(), edition.tagger());
        this.endpoints = new Endpoints(
                config.server(), edition.catalog(), flow, shared.telemetry(), watch, shared.stopping(), this::over);
        edition.used();
    }

    Edition edition() {
        return edition;
    }

    void handle(HttpServerRequest request) {
        requests++;
        endpoints.handle(request);
    }

    void refuse(HttpServerRequest request) {
        requests++;
        endpoints.refuse(request);
    }

    private void over() {
        requests--;
        if (replaced && requests == 0) {
            // Not now: what ends a request may be at work with its client still.
            vertx.runOnContext(later -> close());
        }
    }

    /** No request begins with it any more. */
    void replaced() {
        replaced = true;
        if (requests == 0) {
            close();
        }
    }

    /** Given up before any request, or after the last. */
    void close() {
        clients.values().forEach(UpstreamClient::close);
        edition.left();
    }
}
