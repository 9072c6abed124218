package dev.tagrouter.gateway;

import dev.tagrouter.gateway.api.AdminEndpoints;
import dev.tagrouter.gateway.api.Operations;
import dev.tagrouter.gateway.config.AdminConfig;
import dev.tagrouter.gateway.config.Secret;
import dev.tagrouter.gateway.flow.ClientWatch;
import dev.tagrouter.gateway.flow.Connections;
import dev.tagrouter.gateway.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The operator's port, on one event loop. */
final class AdminVerticle extends VerticleBase {
    /** Operators and scrapers are few; whoever leaves connections open must not keep them out of the other port. */
    private static final int MOST_CONNECTIONS = 100;

    private static final Duration DRAIN = Duration.ofSeconds(1);

    private final AdminConfig address;
    private final Telemetry telemetry;
    private final Operations operations;
    private volatile Edition edition;
    private volatile int port;
    private @Nullable HttpServer server;

    /** @param address where to listen, which does not change */
    AdminVerticle(AdminConfig address, Edition edition, Telemetry telemetry, Operations operations) {
        this.address = address;
        this.edition = edition;
        this.telemetry = telemetry;
        this.operations = operations;
    }

    @Override
    public Future<?> start() {
        Connections connections = new Connections(MOST_CONNECTIONS, telemetry::connectionRefused);
        ClientWatch watch = new ClientWatch(edition.config().server().timeouts(), connections);
        vertx.setPeriodic(watch.millisBetweenLooks(), look -> watch.look());
        AdminEndpoints endpoints = new AdminEndpoints(vertx, operations, this::key, telemetry, watch);
        HttpServer listening =
                vertx.createHttpServer(Listening.options(edition.config().server()));
        server = listening;
        return listening
                .connectionHandler(connection -> {
                    DecodedGuard.over(connection);
                    watch.connected(connection);
                })
                .requestHandler(endpoints::handle)
                .invalidRequestHandler(endpoints::refuse)
                .listen(SocketAddress.inetSocketAddress(address.port(), address.host()))
                .onSuccess(bound -> port = bound.actualPort());
    }

    private Secret key() {
        AdminConfig now = edition.config().server().admin();
        return now == null ? address.apiKey() : now.apiKey();
    }

    /** The port bound. */
    int port() {
        return port;
    }

    /** Goes by another edition's key from now on. */
    void swap(Edition next) {
        edition = next;
    }

    /** Shows an edition's certificate to whoever connects from now on. */
    Future<Void> certify(Edition next) {
        return Listening.certify(server, next.config().server().tls());
    }

    @Override
    public Future<?> stop() {
        HttpServer listening = server;
        return listening == null ? Future.succeededFuture() : listening.shutdown(DRAIN);
    }
}
