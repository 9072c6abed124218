package dev.tagrouter.gateway.api;

import dev.tagrouter.gateway.flow.Exchange;
import dev.tagrouter.gateway.flow.Fault;
import dev.tagrouter.gateway.flow.FaultKind;
import dev.tagrouter.gateway.telemetry.Telemetry;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.BooleanSupplier;

/**
 * What answers one path, for one method.
 *
 * @param open whether no key is needed
 */
record Endpoint(HttpMethod method, boolean open, Action action) {
    static final String JSON = "application/json";

    interface Action {
        void answer(Exchange exchange) throws Fault;
    }

    static Endpoint post(Action action) {
        return new Endpoint(HttpMethod.POST, false, action);
    }

    static Endpoint get(boolean open, Action action) {
        return new Endpoint(HttpMethod.GET, open, action);
    }

    static Endpoint live() {
        return get(true, exchange -> exchange.answer(200, JSON, "{\"status\":\"live\"}"));
    }

    static Endpoint ready(BooleanSupplier stopping) {
        return get(true, exchange -> {
            boolean stops = stopping.getAsBoolean();
            exchange.answer(stops ? 503 : 200, JSON, "{\"status\":\"" + (stops ? "stopping" : "ready") + "\"}");
        });
    }

    static Endpoint metrics(Telemetry telemetry) {
        return get(
                false,
                exchange -> exchange.answer(200, "text/plain; version=0.0.4; charset=utf-8", telemetry.scrape()));
    }

    /** Refuses a method that the path does not take; what GET answers, HEAD answers without the body. */
    void requireMethod(HttpServerRequest request) throws Fault {
        HttpMethod asked = request.method();
        if (method.equals(asked) || (method.equals(HttpMethod.GET) && asked.equals(HttpMethod.HEAD))) {
            return;
        }
        request.response().putHeader("allow", method.equals(HttpMethod.GET) ? "GET, HEAD" : method.name());
        throw new Fault(
                FaultKind.METHOD_NOT_ALLOWED, "this path does not take this method; use " + method.name(), null);
    }
}
