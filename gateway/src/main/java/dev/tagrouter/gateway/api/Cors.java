package dev.tagrouter.gateway.api;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which web pages a browser lets read answers: those listed, and no other. */
final class Cors {
    private static final String METHODS = "GET, HEAD, POST";
    private static final String SECONDS = "600";
    /** What {@link dev.tagrouter.gateway.flow.ChatFlow} may say of a decision; browsers take no prefix for it. */
    private static final String EXPOSED = "x-tagrouter-model, x-tagrouter-decision-id, x-tagrouter-reason,"
            + " x-tagrouter-profile, x-tagrouter-overhead-us, x-tagrouter-expected-cost-usd, x-tagrouter-theta,"
            + " x-tagrouter-tags, x-tagrouter-tagger, x-tagrouter-tagger-fallback, x-tagrouter-unknown-tags,"
            + " x-tagrouter-attempts";

    private final Set<String> origins;

    Cors(Collection<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /** Lets a listed page read the answer, whatever it will be. */
    void admit(HttpServerRequest request) {
        String origin = listedOrigin(request);
        if (origin != null) {
            HttpServerResponse response = request.response();
            // Last of all, since an upstream's headers take the place of whatever was put before.
            response.headersEndHandler(head -> allow(response.headers(), origin));
        }
    }

    private @Nullable String listedOrigin(HttpServerRequest request) {
        String origin = origins.isEmpty() ? null : request.getHeader("origin");
        return origin != null && origins.contains(origin) ? origin : null;
    }

    private static void allow(MultiMap headers, String origin) {
        headers.set("access-control-allow-origin", origin);
        headers.set("access-control-expose-headers", EXPOSED);
        headers.add("vary", "origin");
    }

    /** Answers a browser that asks beforehand whether a listed page may call; false where it is another request. */
    boolean answersPreflight(HttpServerRequest request) {
        String method = request.getHeader("access-control-request-method");
        if (!request.method().equals(HttpMethod.OPTIONS) || method == null || listedOrigin(request) == null) {
            return false;
        }
        HttpServerResponse response = request.response();
        response.putHeader("access-control-allow-methods", METHODS).putHeader("access-control-max-age", SECONDS);
        String headers = request.getHeader("access-control-request-headers");
        if (headers != null) {
            // A listed page is trusted with all of them; clients send many of their own.
            response.putHeader("access-control-allow-headers", headers);
        }
        response.setStatusCode(204).end();
        return true;
    }
}
