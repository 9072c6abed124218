package dev.tagrouter.gateway;

import dev.tagrouter.gateway.api.Endpoints;
import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.config.UpstreamConfig;
import dev.tagrouter.gateway.flow.ChatFlow;
import dev.tagrouter.gateway.flow.Chooser;
import dev.tagrouter.gateway.flow.ClientWatch;
import dev.tagrouter.gateway.flow.Forwarder;
import dev.tagrouter.gateway.flow.ModelTagger;
import dev.tagrouter.gateway.telemetry.Telemetry;
import dev.tagrouter.gateway.upstream.Breakers;
import dev.tagrouter.gateway.upstream.UpstreamClient;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The gateway on one event loop: a server and its own clients. */
final class GatewayVerticle extends VerticleBase {
    private final GatewayConfig config;
    private final Chooser chooser;
    private final Telemetry telemetry;
    private final Breakers breakers;
    private final Supplier<String> decisionIds;
    private final IntConsumer port;
    private final @Nullable ModelTagger tagger;
    private final BooleanSupplier stopping;
    private @Nullable HttpServer server;

    /**
     * @param tagger the model that tags, shared by all event loops, or null
     * @param port told the port once it is bound
     * @param stopping whether the gateway was told to stop
     */
    GatewayVerticle(
            GatewayConfig config,
            Chooser chooser,
            Telemetry telemetry,
            Breakers breakers,
            Supplier<String> decisionIds,
            @Nullable ModelTagger tagger,
            IntConsumer port,
            BooleanSupplier stopping) {
        this.config = config;
        this.chooser = chooser;
        this.telemetry = telemetry;
        this.breakers = breakers;
        this.decisionIds = decisionIds;
        this.tagger = tagger;
        this.port = port;
        this.stopping = stopping;
    }

    @Override
    public Future<?> start() {
        Map<String, UpstreamClient> clients = new HashMap<>();
        for (UpstreamConfig upstream : config.upstreams()) {
            clients.put(upstream.name(), new UpstreamClient(vertx, upstream));
        }
        ClientWatch watch = new ClientWatch(config.server().timeouts(), telemetry);
        vertx.setPeriodic(watch.millisBetweenLooks(), look -> watch.look());
        Forwarder forwarder = new Forwarder(
                vertx,
                chooser.catalog(),
                clients,
                config.failure(),
                breakers,
                new SplittableRandom(),
                InstantSource.system());
        ChatFlow flow = new ChatFlow(config.server().maxBodyBytes(), chooser, forwarder, decisionIds, tagger);
        Endpoints endpoints = new Endpoints(config.server(), chooser.catalog(), flow, telemetry, watch, stopping);
        HttpServer listening = vertx.createHttpServer(new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(false)
                .setTcpNoDelay(true)
                .setIdleTimeout(idleSeconds()));
        server = listening;
        return listening
                .connectionHandler(connection -> {
                    DecodedGuard.over(connection);
                    watch.connected(connection);
                })
                .requestHandler(endpoints::handle)
                .invalidRequestHandler(endpoints::refuse)
                .listen(address())
                .onSuccess(bound -> port.accept(bound.actualPort()));
    }

    /** Takes no more connections, and waits for what is under way as long as that may take. */
    @Override
    public Future<?> stop() {
        HttpServer listening = server;
        return listening == null
                ? Future.succeededFuture()
                : listening.shutdown(config.server().timeouts().drain());
    }

    /** No connection stays silent for longer than a request may take: what is left behind is closed. */
    private int idleSeconds() {
        Duration longest = config.failure().total();
        for (UpstreamConfig upstream : config.upstreams()) {
            Duration idle = upstream.timeouts().idle();
            longest = idle.compareTo(longest) > 0 ? idle : longest;
        }
        return (int) longest.plusSeconds(30).toSeconds();
    }

    /** Port 0 is one free port for all event loops, not one for each. */
    private SocketAddress address() {
        String host = config.server().host();
        int wanted = config.server().port();
        return wanted == 0 ? SocketAddress.sharedRandomPort(1, host) : SocketAddress.inetSocketAddress(wanted, host);
    }
}
