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
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections from one event loop to one upstream and keeps those that are idle for the next call, the last used
 * first. As many are open as calls are under way, which the number of clients bounds.
 *
 * <p>Vert.x has a pool too, which looks the upstream up by its address and TLS options for each call
 * (docs/benchmarks/gateway-profile.md has what that took).
 */
final class UpstreamConnections {
    /** Less than the 5 s after which common servers close an idle connection, so that none is used as it closes. */
    private static final long MOST_IDLE_SECONDS = 4;

    /** How long the upstream says that it leaves a connection open. */
    private static final Pattern TIMEOUT = Pattern.compile("timeout\\s*=\\s*(\\d{1,6})", Pattern.CASE_INSENSITIVE);

    private static final long MILLIS_BETWEEN_LOOKS = 1000;
    private static final Set<String> TLS = Set.of("TLSv1.3", "TLSv1.2");

    private final Vertx vertx;
    private final UpstreamConfig config;
    private final HttpClientAgent client;
    private final Set<HttpConnection> open = Collections.newSetFromMap(new IdentityHashMap<>());
    /** The last used last. */
    private final ArrayDeque<Idle> idle = new ArrayDeque<>();

    private final long looking;

    private record Idle(HttpClientConnection connection, long untilNanos) {
        boolean isStale(long now) {
            return now - untilNanos > 0;
        }
    }

    /** Called on the event loop that will use it. */
    UpstreamConnections(Vertx vertx, UpstreamConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.client = vertx.createHttpClient(options(config));
        this.looking = vertx.setPeriodic(MILLIS_BETWEEN_LOOKS, look -> closeStale());
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

    /** A request on a connection that nobody else uses until it is {@link #release released}. */
    Future<HttpClientRequest> request(RequestOptions options, long connectMillis) {
        Idle last = idle.pollLast();
        if (last != null && !last.isStale(System.nanoTime())) {
            return last.connection().request(options);
        }
        if (last != null) {
            last.connection().close();
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
                idle.removeIf(one -> one.connection().equals(connection));
            });
            // What breaks a connection fails its call; said again here it would be logged as an error of ours.
            connection.exceptionHandler(e -> {});
            return connection.request(options);
        });
    }

    /** The answer is complete: its connection may be used again, unless it is about to be closed. */
    void release(HttpClientResponse answered) {
        if (answered.request().connection() instanceof HttpClientConnection connection
                && open.contains(connection)
                && answered.version() == HttpVersion.HTTP_1_1
                && !"close".equalsIgnoreCase(answered.getHeader("connection"))) {
            long seconds = idleSeconds(answered.getHeader("keep-alive"));
            idle.addLast(new Idle(connection, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds)));
        }
    }

    /** How long a connection may stay idle: a second less than the upstream says, if it does. */
    private static long idleSeconds(@Nullable String keepAlive) {
        if (keepAlive == null) {
            return MOST_IDLE_SECONDS;
        }
        Matcher said = TIMEOUT.matcher(keepAlive);
        return said.find()
                ? Math.min(MOST_IDLE_SECONDS, Math.max(0, Long.parseLong(said.group(1)) - 1))
                : MOST_IDLE_SECONDS;
    }

    private void closeStale() {
        long now = System.nanoTime();
        for (Idle one : List.copyOf(idle)) {
            if (one.isStale(now)) {
                idle.remove(one);
                one.connection().close();
            }
        }
    }

    /** Closes all connections; nobody may be using them any more. */
    void close() {
        vertx.cancelTimer(looking);
        client.close();
    }
}
