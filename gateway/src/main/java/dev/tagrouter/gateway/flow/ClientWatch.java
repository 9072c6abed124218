package dev.tagrouter.gateway.flow;

import dev.tagrouter.gateway.config.ClientTimeouts;
import io.netty.channel.ChannelOutboundBuffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts off clients that take too long to say what they want: the head of a request, its body, or the next request.
 *
 * <p>One for each event loop. It looks at all connections now and then instead of setting a timer for each request, so
 * that a request costs one look-up, and a limit is kept to within a second.
 */
public final class ClientWatch {
    /** How long what a refused client still sends is thrown away, so that it gets to read the answer. */
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private static final long MOST_MILLIS_BETWEEN_LOOKS = 1000;

    private final Connections port;
    private ClientTimeouts limits;
    private final Map<HttpConnection, Watched> connections = new HashMap<>();

    /** What a connection is doing, and since when. */
    private static final class Watched {
        private boolean closing;
        private long unread;
        private @Nullable Exchange exchange;
        private Phase phase = Phase.HEAD;
        private long sinceNanos = System.nanoTime();
    }

    private enum Phase {
        /** No request yet. */
        HEAD,
        /** The head is there, the body is not. */
        BODY,
        /** The client waits for us. */
        ANSWER,
        /** The answer is there, before the body was. */
        DRAIN,
        /** The client may ask again. */
        KEEP_ALIVE,
        /** The connection is closed as soon as the client has read all that was said to it. */
        CLOSING
    }

    /** @param port counts the clients of a port over all event loops */
    public ClientWatch(ClientTimeouts limits, Connections port) {
        this.limits = limits;
        this.port = port;
    }

    /** Other limits from now on, for those already connected too. */
    public void changes(ClientTimeouts newLimits) {
        limits = newLimits;
    }

    /** How often to {@link #look()}. */
    public long millisBetweenLooks() {
        long shortest = Math.min(
                limits.head().toMillis(),
                Math.min(limits.body().toMillis(), limits.keepAlive().toMillis()));
        return Math.max(1, Math.min(MOST_MILLIS_BETWEEN_LOOKS, shortest / 4));
    }

    /** A client has connected; it is sent away where there are too many. */
    public void connected(HttpConnection connection) {
        boolean welcome = port.enters();
        if (welcome) {
            connections.put(connection, new Watched());
        }
        connection.closeHandler(closed -> {
            connections.remove(connection);
            port.leaves();
        });
        // What breaks a connection is told to the exchange under way; without one there is nobody to tell.
        connection.exceptionHandler(e -> {});
        if (!welcome) {
            connection.close();
        }
    }

    /** The head of a request is complete. */
    void serves(Exchange exchange) {
        Watched watched = connections.get(exchange.request().connection());
        if (watched != null) {
            watched.exchange = exchange;
            watched.phase = Phase.BODY;
            watched.sinceNanos = System.nanoTime();
        }
    }

    /** Cuts off whoever has used up its time. */
    public void look() {
        long now = System.nanoTime();
        for (Map.Entry<HttpConnection, Watched> entry : new ArrayList<>(connections.entrySet())) {
            Watched watched = entry.getValue();
            Phase phase = phase(watched);
            long unread = phase == Phase.KEEP_ALIVE || phase == Phase.CLOSING ? unread(entry.getKey()) : 0;
            if (phase != watched.phase || unread < watched.unread) {
                watched.phase = phase;
                watched.sinceNanos = now;
            }
            watched.unread = unread;
            Duration limit = limit(phase);
            if (limit != null && now - watched.sinceNanos > limit.toNanos()) {
                cutOff(entry.getKey(), watched);
            }
        }
    }

    /** How many bytes are still to be sent to a client that reads slowly: as long as they get fewer, it is at work. */
    private static long unread(HttpConnection connection) {
        ChannelOutboundBuffer unsent = connection instanceof HttpServerConnection server
                ? server.channelHandlerContext().channel().unsafe().outboundBuffer()
                : null;
        return unsent == null ? 0 : unsent.totalPendingWriteBytes();
    }

    private static Phase phase(Watched watched) {
        if (watched.closing) {
            return Phase.CLOSING;
        }
        Exchange exchange = watched.exchange;
        if (exchange == null) {
            return Phase.HEAD;
        }
        boolean answered = exchange.response().ended();
        if (exchange.request().isEnded()) {
            return answered ? Phase.KEEP_ALIVE : Phase.ANSWER;
        }
        return answered ? Phase.DRAIN : Phase.BODY;
    }

    private @Nullable Duration limit(Phase phase) {
        return switch (phase) {
            case HEAD -> limits.head();
            case BODY -> limits.body();
            case ANSWER -> null;
            case DRAIN -> DRAIN;
            case KEEP_ALIVE, CLOSING -> limits.keepAlive();
        };
    }

    private void cutOff(HttpConnection connection, Watched watched) {
        if (watched.phase == Phase.CLOSING) {
            shut(connection);
            return;
        }
        Exchange exchange = watched.exchange;
        if (watched.phase == Phase.BODY && exchange != null) {
            exchange.fail(new Fault(
                    FaultKind.REQUEST_TIMEOUT,
                    "the body did not arrive within " + limits.body().toMillis()
                            + "ms; send it faster or raise server.timeouts.body",
                    null));
        }
        close(connection);
    }

    /** Closes a connection once the client has read all that was said to it, for which it has as long as it may be idle. */
    void close(HttpConnection connection) {
        Watched watched = connections.get(connection);
        if (watched != null) {
            watched.closing = true;
        }
        connection.close();
    }

    /** Ends every answer under way: its client is told that it is not complete. */
    public void stop() {
        for (Watched watched : new ArrayList<>(connections.values())) {
            if (watched.exchange != null) {
                watched.exchange.stop();
            }
        }
    }

    /** Closes all connections at once. */
    public void shutAll() {
        List.copyOf(connections.keySet()).forEach(ClientWatch::shut);
    }

    /** Closes at once; Vert.x would wait until the client has read all that was said to it. */
    @SuppressWarnings("FutureReturnValueIgnored") // There is nothing to be done when it is closed.
    static void shut(HttpConnection connection) {
        if (connection instanceof HttpServerConnection server) {
            server.channelHandlerContext().close();
        } else {
            connection.close();
        }
    }
}
