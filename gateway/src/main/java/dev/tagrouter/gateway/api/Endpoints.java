package dev.tagrouter.gateway.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.dialect.ErrorShape;
import dev.tagrouter.gateway.flow.Catalog;
import dev.tagrouter.gateway.flow.ChatFlow;
import dev.tagrouter.gateway.flow.ClientWatch;
import dev.tagrouter.gateway.flow.Exchange;
import dev.tagrouter.gateway.flow.Fault;
import dev.tagrouter.gateway.flow.FaultKind;
import dev.tagrouter.gateway.flow.Served;
import dev.tagrouter.gateway.telemetry.Telemetry;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The paths and who answers them. One for each event loop. */
public final class Endpoints {
    private static final String JSON = "application/json";
    private static final String MESSAGES = "/v1/messages";

    private final Guard guard;
    private final Telemetry telemetry;
    private final ClientWatch watch;
    private final Map<String, Endpoint> endpoints;

    /** What answers one path, for one method. */
    private record Endpoint(HttpMethod method, boolean open, Action action) {
        /** What GET answers, HEAD answers without the body. */
        boolean takes(HttpMethod asked) {
            return method.equals(asked) || (method.equals(HttpMethod.GET) && asked.equals(HttpMethod.HEAD));
        }

        String allowed() {
            return method.equals(HttpMethod.GET) ? "GET, HEAD" : method.name();
        }
    }

    private interface Action {
        void answer(Exchange exchange);
    }

    /** @param stopping whether the gateway was told to stop */
    public Endpoints(
            ServerConfig server,
            Catalog catalog,
            ChatFlow flow,
            Telemetry telemetry,
            ClientWatch watch,
            BooleanSupplier stopping) {
        this.guard = new Guard(server);
        this.telemetry = telemetry;
        this.watch = watch;
        ChatFlow.Explanation explanation = (routing, tagging, withoutEvidence, requested) -> {
            ObjectNode explained =
                    RoutingJson.of(catalog.profile(), routing, tagging, withoutEvidence, catalog::nameOf);
            if (requested != null) {
                explained.put("requested", requested);
            }
            return explained;
        };
        this.endpoints = Map.of(
                "/v1/chat/completions",
                post(exchange -> flow.answer(Api.CHAT, exchange)),
                "/v1/responses",
                post(exchange -> flow.answer(Api.RESPONSES, exchange)),
                MESSAGES,
                post(exchange -> flow.answer(Api.MESSAGES, exchange)),
                "/v1/embeddings",
                post(exchange -> flow.answer(Api.EMBEDDINGS, exchange)),
                "/v1/route",
                post(exchange -> flow.explain(exchange, explanation)),
                // Written when asked for: the first JSON tree to be written takes longer than the rest of this.
                "/v1/models",
                get(false, exchange -> exchange.answer(200, JSON, models(catalog))),
                "/health/live",
                get(true, exchange -> exchange.answer(200, JSON, "{\"status\":\"live\"}")),
                "/health/ready",
                get(true, exchange -> ready(exchange, stopping.getAsBoolean())),
                "/metrics",
                get(
                        false,
                        exchange ->
                                exchange.answer(200, "text/plain; version=0.0.4; charset=utf-8", telemetry.scrape())));
    }

    private static void ready(Exchange exchange, boolean stopping) {
        exchange.answer(stopping ? 503 : 200, JSON, "{\"status\":\"" + (stopping ? "stopping" : "ready") + "\"}");
    }

    private static Endpoint post(Action action) {
        return new Endpoint(HttpMethod.POST, false, action);
    }

    private static Endpoint get(boolean open, Action action) {
        return new Endpoint(HttpMethod.GET, open, action);
    }

    /** Answers a request. */
    public void handle(HttpServerRequest request) {
        String path = request.path();
        Endpoint endpoint = path == null ? null : endpoints.get(path);
        String named = endpoint == null || path == null ? "other" : path;
        Exchange exchange = new Exchange(request, named, errorShape(path), telemetry, watch);
        try {
            if (endpoint == null || !endpoint.open()) {
                guard.requireKey(request);
            }
            if (endpoint == null) {
                throw new Fault(
                        FaultKind.NOT_FOUND,
                        "there is nothing at this path; try /v1/chat/completions, /v1/responses, /v1/messages, /v1/embeddings,"
                                + " /v1/models or /v1/route",
                        null);
            }
            if (!endpoint.takes(request.method())) {
                request.response().putHeader("allow", endpoint.allowed());
                throw new Fault(
                        FaultKind.METHOD_NOT_ALLOWED,
                        "this path does not take this method; use "
                                + endpoint.method().name(),
                        null);
            }
            if (endpoint.method().equals(HttpMethod.POST)) {
                guard.requireSafePost(request);
            }
            endpoint.action().answer(exchange);
        } catch (Fault fault) {
            exchange.fail(fault);
        }
    }

    /** Clients of Messages expect errors in their own shape, below their path too. */
    private static ErrorShape errorShape(@Nullable String path) {
        if (path == null) {
            return ErrorShape.OPENAI;
        }
        return path.startsWith(MESSAGES)
                ? ErrorShape.ANTHROPIC
                : path.equals("/v1/responses") ? ErrorShape.RESPONSES : ErrorShape.OPENAI;
    }

    /** Answers what is no HTTP request that could be served; the connection is closed after it. */
    public void refuse(HttpServerRequest request) {
        Exchange exchange = new Exchange(request, "other", ErrorShape.OPENAI, telemetry, watch);
        request.response().putHeader("connection", "close");
        exchange.fail(undecoded(request.decoderResult().cause()));
    }

    private static Fault undecoded(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new Fault(FaultKind.URI_TOO_LONG, "the request line is too long; send the data as the body", null);
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new Fault(
                    FaultKind.HEADERS_TOO_LARGE, "the headers are too large; send fewer or shorter ones", null);
        }
        return new Fault(
                FaultKind.INVALID_HTTP,
                "the request is not valid HTTP/1.1; check its request line, headers and lengths",
                null);
    }

    private static String models(Catalog catalog) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("object", "list");
        ArrayNode data = root.putArray("data");
        long created = catalog.profile().manifest().created().getEpochSecond();
        model(data, "auto", created, "tagrouter");
        catalog.aliases().keySet().forEach(alias -> model(data, alias, created, "tagrouter"));
        for (Served served : catalog.models()) {
            model(data, served.name(), created, served.upstream());
        }
        return root.toString();
    }

    private static void model(ArrayNode data, String id, long created, String owner) {
        data.addObject()
                .put("id", id)
                .put("object", "model")
                .put("created", created)
                .put("owned_by", owner);
    }
}
