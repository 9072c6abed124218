package dev.tagrouter.gateway.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tagrouter.gateway.config.Secret;
import dev.tagrouter.gateway.dialect.ErrorShape;
import dev.tagrouter.gateway.flow.ClientWatch;
import dev.tagrouter.gateway.flow.Exchange;
import dev.tagrouter.gateway.flow.Fault;
import dev.tagrouter.gateway.flow.FaultKind;
import dev.tagrouter.gateway.telemetry.Telemetry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.function.Supplier;

/** The operator's paths and who answers them; on a port of their own. */
public final class AdminEndpoints {
    private final Vertx vertx;
    private final Operations operations;
    private final Supplier<Secret> key;
    private final Telemetry telemetry;
    private final ClientWatch watch;
    private final Map<String, Endpoint> endpoints;

    /** @param key what every request but those for health must carry at the moment */
    public AdminEndpoints(
            Vertx vertx, Operations operations, Supplier<Secret> key, Telemetry telemetry, ClientWatch watch) {
        this.vertx = vertx;
        this.operations = operations;
        this.key = key;
        this.telemetry = telemetry;
        this.watch = watch;
        this.endpoints = Map.of(
                "/admin/reload",
                new Endpoint(HttpMethod.POST, false, this::reload),
                "/admin/status",
                new Endpoint(HttpMethod.GET, false, this::status),
                "/metrics",
                Endpoint.metrics(telemetry),
                "/health/live",
                Endpoint.live(),
                "/health/ready",
                Endpoint.ready(operations::isStopping));
    }

    /** Answers a request. No page can send the key from a browser unasked, so Host and type do not matter. */
    public void handle(HttpServerRequest request) {
        String path = request.path();
        Endpoint endpoint = path == null ? null : endpoints.get(path);
        Exchange exchange = exchange(request, endpoint == null || path == null ? "other" : path);
        try {
            if (endpoint == null || !endpoint.open()) {
                ApiKeys.require(key.get(), request);
            }
            if (endpoint == null) {
                throw new Fault(
                        FaultKind.NOT_FOUND,
                        "there is nothing at this path; try /admin/status, /admin/reload or /metrics",
                        null);
            }
            endpoint.requireMethod(request);
            endpoint.action().answer(exchange);
        } catch (Fault fault) {
            exchange.fail(fault);
        }
    }

    /** Answers what is no HTTP request that could be served; the connection is closed after it. */
    public void refuse(HttpServerRequest request) {
        Undecoded.refuse(exchange(request, "other"));
    }

    private Exchange exchange(HttpServerRequest request, String path) {
        return new Exchange(request, path, ErrorShape.OPENAI, telemetry, watch, () -> {});
    }

    private void reload(Exchange exchange) {
        Context loop = vertx.getOrCreateContext();
        operations.reload().onSuccess(done -> loop.runOnContext(ready -> answer(exchange, done)));
    }

    private static void answer(Exchange exchange, Operations.Reload done) {
        if (!done.swapped()) {
            exchange.fail(new Fault(FaultKind.RELOAD_REFUSED, done.message(), null));
            return;
        }
        exchange.answer(
                200,
                Endpoint.JSON,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("edition", done.edition())
                        .put("message", done.message())
                        .toString());
    }

    private void status(Exchange exchange) {
        exchange.answer(200, Endpoint.JSON, operations.status().toString());
    }
}
