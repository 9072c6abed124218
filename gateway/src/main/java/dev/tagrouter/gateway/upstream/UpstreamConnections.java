package dev.tagrouter.gateway.upstream;

import dev.tagrouter.gateway.config.UpstreamConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Opens connections from one event loop to one upstream and keeps those that are free for the next call, the last used
 * first. As many are open as calls are under way, which the number of clients bounds.
 *
 * <p>Vert.x has a pool too, which looks the upstream up by its address and TLS options for each call
 * (docs/benchmarks/gateway-profile.md has what that took).
 */
final class UpstreamConnections {
    /** Less than the 5 s after which common servers close an idle connection, so that none is used as it closes. */
    private static final long KEEP_ALIVE_NANOS = 4_000_000_000L;

    private static final long MILLIS_BETWEEN_LOOKS = 1000;
    private static final Set<String> TLS = Set.of("TLSv1.3", "TLSv1.2");

    private final Vertx vertx;
    private final UpstreamConfig config;
    private final HttpClientAgent client;
    private final Set<HttpConnection> open = Collections.newSetFromMap(new IdentityHashMap<>());
    /** The longest unused first. */
    private final ArrayDeque<Free> free = new ArrayDeque<>();

    private final long looking;

    private record Free(HttpClientConnection connection, long sinceNanos) {}

    /** Called on the event loop that will use it. */
    UpstreamConnections(Vertx vertx, UpstreamConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.client = vertx.createHttpClient(options(config));
        this.looking = vertx.setPeriodic(MILLIS_BETWEEN_LOOKS, look -> closeStale(System.nanoTime()));
    }

    /** Whoever answers must have a certificate for the host's name, by a signer who is trusted. */
    private static HttpClientOptions options(UpstreamConfig config) {
        HttpClientOptions options = new HttpClientOptions()
                .setSsl(config.ssl())
                .setEnabledSecureTransportProtocols(TLS)
                .setVerifyHost(true);
        String trusted = config.trusted();
        return trusted == null
                ? options
                : options.setTrustOptions(
                        new PemTrustOptions().addCertValue(Buffer.buffer(trusted, StandardCharsets.ISO_8859_1.name())));
    }

    /** A request on a connection that nobody else uses until it is {@link #free}. */
    Future<HttpClientRequest> request(RequestOptions options, long connectMillis) {
        if (!free.isEmpty()) {
            closeStale(System.nanoTime());
            Free last = free.pollLast();
            if (last != null) {
                return last.connection().request(options);
            }
        }
        HttpConnectOptions connecting = new HttpConnectOptions()
                .setHost(config.baseUrl().getHost())
                .setPort(config.port())
                .setSsl(config.ssl())
                .setConnectTimeout(connectMillis);
        return client.connect(connecting).compose(connection -> {
            open.add(connection);
            connection.closeHandler(closed -> {
                open.remove(connection);
                free.removeIf(one -> one.connection().equals(connection));
            });
            // What breaks a connection fails its call; said again here it would be logged as an error of ours.
            connection.exceptionHandler(e -> {});
            return connection.request(options);
        });
    }

    /** The answer is complete: its connection may be used again, unless it is about to be closed. */
    void free(HttpClientResponse answered) {
        if (answered.request().connection() instanceof HttpClientConnection connection
                && open.contains(connection)
                && answered.version() == HttpVersion.HTTP_1_1
                && !"close".equalsIgnoreCase(answered.getHeader("connection"))) {
            free.addLast(new Free(connection, System.nanoTime()));
        }
    }

    private void closeStale(long now) {
        for (Free oldest = free.peekFirst();
                oldest != null && now - oldest.sinceNanos() > KEEP_ALIVE_NANOS;
                oldest = free.peekFirst()) {
            free.removeFirst();
            oldest.connection().close();
        }
    }

    /** Closes all connections; nobody may be using them any more. */
    void close() {
        vertx.cancelTimer(looking);
        client.close();
    }
}
