package dev.tagrouter.gateway.upstream;

import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.config.Secret;
import dev.tagrouter.gateway.config.UpstreamConfig;
import dev.tagrouter.gateway.config.UpstreamKind;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Calls one upstream from one event loop. */
public final class UpstreamClient {
    private final Vertx vertx;
    private final UpstreamConfig config;
    private final UpstreamConnections connections;
    private final UpstreamFailures failures;
    private final Map<Api, String> uris = new EnumMap<>(Api.class);
    /** What the host header says. */
    private final String host;

    private int inFlight;

    /** Called on the event loop that will use it. */
    public UpstreamClient(Vertx vertx, UpstreamConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.host = config.baseUrl().getHost()
                + (config.baseUrl().getPort() < 0 ? "" : ":" + config.baseUrl().getPort());
        for (Api api : config.apis()) {
            uris.put(api, config.path(api.path()));
        }
        this.connections = new UpstreamConnections(vertx, config);
        this.failures = new UpstreamFailures(config);
    }

    /** Closes all connections; nobody may be using them any more. */
    public void close() {
        connections.close();
    }

    /** Whom it calls. */
    public UpstreamConfig config() {
        return config;
    }

    /**
     * Calls one of the upstream's APIs.
     *
     * @param api one that it speaks
     * @param headers end-to-end headers to send; the upstream's own key is added
     * @param deadlineNanos the point of {@link System#nanoTime()} at which the answer must be complete
     */
    public UpstreamCall call(Api api, MultiMap headers, Buffer body, long deadlineNanos, UpstreamAnswer answer) {
        headers.set("host", host);
        putKey(headers);
        headers.set("content-length", Integer.toString(body.length()));
        String uri = Objects.requireNonNull(uris.get(api), "an API that is not spoken");
        UpstreamCall call = new UpstreamCall(
                vertx, this, new UpstreamCall.Sent(uri, asWritten(headers), body), deadlineNanos, answer);
        inFlight++;
        call.begin();
        return call;
    }

    /** Vert.x' headers are Netty's, too. */
    private static HttpHeaders asWritten(MultiMap headers) {
        if (headers instanceof HttpHeaders written) {
            return written;
        }
        HttpHeaders copied = new DefaultHttpHeaders();
        headers.forEach(header -> copied.add(header.getKey(), header.getValue()));
        return copied;
    }

    private void putKey(MultiMap headers) {
        Secret key = config.apiKey();
        if (config.kind().keyHasOwnHeader()) {
            if (!headers.contains("anthropic-version")) {
                headers.set("anthropic-version", UpstreamKind.ANTHROPIC_VERSION);
            }
            if (key != null) {
                headers.set("x-api-key", key.reveal());
            }
        } else if (key != null) {
            headers.set("authorization", "Bearer " + key.reveal());
        }
    }

    /** The calls under way from this event loop. */
    public int inFlight() {
        return inFlight;
    }

    UpstreamConnections connections() {
        return connections;
    }

    UpstreamFailures failures() {
        return failures;
    }

    /** What to tell of an HTTP status that the upstream answered and that is not the request's own. */
    public UpstreamFailure refusal(int status) {
        return failures.refusal(status);
    }

    /** A call is over. */
    void left() {
        inFlight--;
    }
}
