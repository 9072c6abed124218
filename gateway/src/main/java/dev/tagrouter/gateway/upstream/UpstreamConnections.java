package dev.tagrouter.gateway.upstream;

import dev.tagrouter.gateway.config.UpstreamConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.impl.UnpooledHttpClientConnection;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
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
 * first. Each is either idle here or its call's, which gives it back by {@link #release} or ends it by {@link
 * UpstreamConnection#shut}; no two calls share one.
 *
 * <p>Vert.x has a pool too, which looks the upstream up by its address and TLS options for each call
 * (docs/benchmarks/gateway-profile.md has what that took).
 */
final class UpstreamConnections {
    /** Less than the 5 s after which common servers close an idle connection, so that none is used as it closes. */
    private static final long MOST_IDLE_SECONDS = 4;

    /** Calls under way, which clients bound, and calls given up that still connect, which only time does. */
    private static final int MOST_CONNECTIONS = 10_000;

    /** How long the upstream says that it leaves a connection open. */
    private static final Pattern TIMEOUT = Pattern.compile("timeout\\s*=\\s*(\\d{1,6})", Pattern.CASE_INSENSITIVE);

    private static final long MILLIS_BETWEEN_LOOKS = 1000;
    private static final Set<String> TLS = Set.of("TLSv1.3", "TLSv1.2");

    private final Vertx vertx;
    private final ContextInternal context;
    private final UpstreamConfig config;
    private final HttpClientAgent client;
    private final Set<UpstreamConnection> open = Collections.newSetFromMap(new IdentityHashMap<>());
    /** The last used last. */
    private final ArrayDeque<Idle> idle = new ArrayDeque<>();

    private final long looking;
    private int connecting;

    /** As many connections are open as there may be. */
    static final class TooMany extends IOException {
        private static final long serialVersionUID = 1;
    }

    private record Idle(UpstreamConnection connection, long untilNanos) {
        boolean isStale(long now) {
            return now - untilNanos > 0;
        }
    }

    /** Called on the event loop that will use it. */
    UpstreamConnections(Vertx vertx, UpstreamConfig config) {
        this.vertx = vertx;
        this.context = ((ContextInternal) vertx.getOrCreateContext()).unwrap();
        this.config = config;
        this.client = vertx.createHttpClient(options(config));
        this.looking = vertx.setPeriodic(MILLIS_BETWEEN_LOOKS, look -> closeStale());
    }

    /** Whoever answers must have a certificate for the host's name, by a signer who is trusted. */
    private static HttpClientOptions options(UpstreamConfig config) {
        long connectMillis = config.timeouts().connect().toMillis();
        HttpClientOptions options = new HttpClientOptions()
                .setSsl(config.ssl())
                .setEnabledSecureTransportProtocols(TLS)
                .setVerifyHost(true)
                // What its call has given up ends too.
                .setConnectTimeout((int) Math.min(Integer.MAX_VALUE, connectMillis))
                .setSslHandshakeTimeout(connectMillis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        String trusted = config.trusted();
        return trusted == null
                ? options
                : options.setTrustOptions(
                        new PemTrustOptions().addCertValue(Buffer.buffer(trusted, StandardCharsets.ISO_8859_1.name())));
    }

    /** An idle connection; null when there is none. The upstream may be about to close it. */
    @Nullable
    UpstreamConnection reuse() {
        for (Idle last = idle.pollLast(); last != null; last = idle.pollLast()) {
            if (!last.isStale(System.nanoTime()) && last.connection().isUsable()) {
                return last.connection();
            }
            last.connection().shut();
        }
        return null;
    }

    /** A new connection. */
    Future<UpstreamConnection> open() {
        if (open.size() + connecting >= MOST_CONNECTIONS) {
            return Future.failedFuture(new TooMany());
        }
        HttpConnectOptions to = new HttpConnectOptions()
                .setHost(config.baseUrl().getHost())
                .setPort(config.port())
                .setSsl(config.ssl());
        connecting++;
        return client.connect(to).onComplete(connected -> connecting--).map(this::opened);
    }

    private UpstreamConnection opened(HttpClientConnection made) {
        if (!(made instanceof UnpooledHttpClientConnection unpooled)) {
            throw new IllegalStateException("Vert.x made a connection of another kind: " + made.getClass());
        }
        // What breaks a connection is told its call; said again here it would be logged as an error of ours.
        made.exceptionHandler(e -> {});
        ChannelHandlerContext vertxHandler = unpooled.unwrap().channelHandlerContext();
        UpstreamConnection connection = new UpstreamConnection(context, vertxHandler, this::forget);
        open.add(connection);
        return connection;
    }

    private void forget(UpstreamConnection connection) {
        open.remove(connection);
        idle.removeIf(one -> one.connection().equals(connection));
    }

    /** The answer is complete: its connection may be used again, or else is closed. */
    void release(UpstreamConnection connection, HttpResponse answered) {
        long seconds = idleSeconds(answered.headers().get("keep-alive"));
        if (open.contains(connection) && seconds > 0 && connection.isReusable()) {
            idle.addLast(new Idle(connection, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds)));
        } else {
            connection.shut();
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
                one.connection().shut();
            }
        }
    }

    /** Closes all connections; nobody may be using them any more. */
    void close() {
        vertx.cancelTimer(looking);
        client.close();
    }
}
