package dev.tagrouter.gateway;

import dev.tagrouter.gateway.config.ClientTimeouts;
import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.flow.ClientWatch;
import dev.tagrouter.gateway.flow.Connections;
import dev.tagrouter.gateway.loop.Rounds;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The gateway on one event loop: a server, and the edition that its requests begin with. */
final class GatewayVerticle extends VerticleBase {
    /** How long after the drain what is said to clients then may take to be written. */
    private static final Duration FLUSH = Duration.ofSeconds(1);

    private final EditionOnLoop.Shared shared;
    private final Connections connections;
    private final IntConsumer port;
    private final ClientWatch watch;
    /** Null once it has begun: editions come and go. */
    private @Nullable Edition first;

    private @Nullable HttpServer server;
    private @Nullable EditionOnLoop current;
    /** Null before the first look: every number is some timer's, 0 too. */
    private @Nullable Long looking;

    /** @param port told the port once it is bound */
    GatewayVerticle(Edition first, EditionOnLoop.Shared shared, Connections connections, IntConsumer port) {
        this.first = first;
        this.shared = shared;
        this.connections = connections;
        this.port = port;
        this.watch = new ClientWatch(first.config().server().timeouts(), connections);
    }

    @Override
    public Future<?> start() {
        Edition begun = Objects.requireNonNull(first);
        first = null;
        current = new EditionOnLoop(vertx, begun, watch, shared);
        lookAfterClients();
        HttpServer listening =
                vertx.createHttpServer(Listening.options(begun.config().server()));
        server = listening;
        return listening
                .connectionHandler(connection -> {
                    takeInRounds(connection);
                    DecodedGuard.over(connection);
                    watch.connected(connection);
                })
                .requestHandler(request -> current().handle(request))
                .invalidRequestHandler(request -> current().refuse(request))
                .listen(address(begun.config().server()))
                .onSuccess(bound -> port.accept(bound.actualPort()));
    }

    private static void takeInRounds(HttpConnection connection) {
        if (connection instanceof HttpServerConnection server) {
            Rounds.joinClient(server.channelHandlerContext().pipeline());
        }
    }

    private EditionOnLoop current() {
        EditionOnLoop now = current;
        if (now == null) {
            throw new IllegalStateException("a request before the start");
        }
        return now;
    }

    private void lookAfterClients() {
        if (looking != null) {
            vertx.cancelTimer(looking);
        }
        looking = vertx.setPeriodic(watch.millisBetweenLooks(), look -> watch.look());
    }

    /** Makes an edition ready on this event loop; nobody goes by it yet. */
    Future<EditionOnLoop> prepare(Edition edition) {
        Promise<EditionOnLoop> ready = Promise.promise();
        context.runOnContext(here -> {
            try {
                ready.complete(new EditionOnLoop(vertx, edition, watch, shared));
            } catch (RuntimeException e) {
                ready.fail(e);
            }
        });
        return ready.future();
    }

    /** Gives up what was made ready. */
    void discard(EditionOnLoop ready) {
        context.runOnContext(here -> ready.close());
    }

    /** From now on requests begin with what was made ready; those under way end with what they began with. */
    Future<Void> swap(EditionOnLoop ready) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(here -> {
            EditionOnLoop before = current();
            current = ready;
            ServerConfig config = ready.edition().config().server();
            ClientTimeouts timeouts = config.timeouts();
            watch.changes(timeouts);
            connections.changes(config.maxConnections());
            lookAfterClients();
            before.replaced();
            done.complete();
        });
        return done.future();
    }

    /** Shows an edition's certificate to whoever connects from now on. */
    Future<Void> certify(Edition edition) {
        return Listening.certify(server, edition.config().server().tls());
    }

    /** Takes no more connections, and waits for what is under way as long as that may take. */
    @Override
    public Future<?> stop() {
        HttpServer listening = server;
        if (listening == null) {
            return Future.succeededFuture();
        }
        Duration drain = current().edition().config().server().timeouts().drain();
        Duration flushed = drain.plus(FLUSH);
        long over = vertx.setTimer(Math.max(1, drain.toMillis()), fired -> watch.stop());
        long late = vertx.setTimer(flushed.plus(FLUSH).toMillis(), fired -> watch.shutAll());
        return listening.shutdown(flushed).onComplete(done -> {
            vertx.cancelTimer(over);
            vertx.cancelTimer(late);
        });
    }

    /** Port 0 is one free port for all event loops, not one for each. */
    private static SocketAddress address(ServerConfig server) {
        return server.port() == 0
                ? SocketAddress.sharedRandomPort(1, server.host())
                : SocketAddress.inetSocketAddress(server.port(), server.host());
    }
}
