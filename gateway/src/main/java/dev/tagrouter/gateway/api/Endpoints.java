package dev.tagrouter.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The paths and who answers them. One for each edition on each event loop. */
public final class Endpoints {
    private static final String MESSAGES = "/v1/messages";
    private static final String ONE_MODEL = "/v1/models/";
    /** As metrics name it. */
    private static final String ONE_MODEL_PATTERN = "/v1/models/{model}";

    private final Guard guard;
    private final Cors cors;
    private final Runnable whenOver;
    private final Telemetry telemetry;
    private final ClientWatch watch;
    private final Map<String, Endpoint> endpoints;
    private final Endpoint oneModel;

    /**
     * @param stopping whether the gateway was told to stop
     * @param whenOver told of each request whose answer is complete or whose client is gone
     */
    public Endpoints(
            ServerConfig server,
            Catalog catalog,
            ChatFlow flow,
            Telemetry telemetry,
            ClientWatch watch,
            BooleanSupplier stopping,
            Runnable whenOver) {
        this.guard = new Guard(server);
        this.cors = new Cors(server.origins());
        this.whenOver = whenOver;
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
        this.oneModel = Endpoint.get(
                false,
                exchange -> exchange.answer(
                        200,
                        Endpoint.JSON,
                        model(catalog, String.valueOf(exchange.request().path()))));
        this.endpoints = Map.of(
                "/v1/chat/completions",
                Endpoint.post(exchange -> flow.answer(Api.CHAT, exchange)),
                "/v1/responses",
                Endpoint.post(exchange -> flow.answer(Api.RESPONSES, exchange)),
                MESSAGES,
                Endpoint.post(exchange -> flow.answer(Api.MESSAGES, exchange)),
                "/v1/embeddings",
                Endpoint.post(exchange -> flow.answer(Api.EMBEDDINGS, exchange)),
                "/v1/route",
                Endpoint.post(exchange -> flow.explain(exchange, explanation)),
                // Written when asked for: the first JSON tree to be written takes longer than the rest of this.
                "/v1/models",
                Endpoint.get(false, exchange -> exchange.answer(200, Endpoint.JSON, models(catalog))),
                "/health/live",
                Endpoint.live(),
                "/health/ready",
                Endpoint.ready(stopping),
                "/metrics",
                Endpoint.metrics(telemetry));
    }

    /** Answers a request. */
    public void handle(HttpServerRequest request) {
        String path = request.path();
        Endpoint endpoint = path == null ? null : endpoint(path);
        String named =
                endpoint == null || path == null ? "other" : endpoint.equals(oneModel) ? ONE_MODEL_PATTERN : path;
        Exchange exchange = new Exchange(request, named, errorShape(path), telemetry, watch, whenOver);
        cors.admit(request);
        if (cors.answersPreflight(request)) {
            return;
        }
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
            endpoint.requireMethod(request);
            if (endpoint.method().equals(HttpMethod.POST)) {
                guard.requireSafePost(request);
            }
            endpoint.action().answer(exchange);
        } catch (Fault fault) {
            exchange.fail(fault);
        }
    }

    private @Nullable Endpoint endpoint(String path) {
        Endpoint endpoint = endpoints.get(path);
        return endpoint == null && path.startsWith(ONE_MODEL) ? oneModel : endpoint;
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
        Undecoded.refuse(new Exchange(request, "other", errorShape(request.path()), telemetry, watch, whenOver));
    }

    private static String models(Catalog catalog) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("object", "list");
        root.set("data", listed(catalog));
        return root.toString();
    }

    /** The one that the end of a path names, slashes and all. */
    private static String model(Catalog catalog, String path) throws Fault {
        String name = path.substring(ONE_MODEL.length());
        try {
            name = URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Fault(
                    FaultKind.INVALID_VALUE, "the model's name is not percent-encoded; encode it as it is", "model");
        }
        for (JsonNode model : listed(catalog)) {
            if (model.path("id").textValue().equals(name)) {
                return model.toString();
            }
        }
        throw new Fault(
                FaultKind.MODEL_NOT_FOUND,
                "there is no model '" + Fault.shown(name) + "'; /v1/models lists those that there are",
                "model");
    }

    private static ArrayNode listed(Catalog catalog) {
        ArrayNode data = JsonNodeFactory.instance.arrayNode();
        long created = catalog.profile().manifest().created().getEpochSecond();
        model(data, "auto", created, "tagrouter");
        catalog.aliases().keySet().forEach(alias -> model(data, alias, created, "tagrouter"));
        for (Served served : catalog.models()) {
            model(data, served.name(), created, served.upstream());
        }
        return data;
    }

    private static void model(ArrayNode data, String id, long created, String owner) {
        data.addObject()
                .put("id", id)
                .put("object", "model")
                .put("created", created)
                .put("owned_by", owner);
    }
}
