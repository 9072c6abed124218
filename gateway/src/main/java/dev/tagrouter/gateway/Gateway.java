package dev.tagrouter.gateway;

import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.gateway.api.Operations;
import dev.tagrouter.gateway.config.AdminConfig;
import dev.tagrouter.gateway.config.ConfigException;
import dev.tagrouter.gateway.config.ConfigSource;
import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.flow.Connections;
import dev.tagrouter.gateway.telemetry.Telemetry;
import dev.tagrouter.gateway.upstream.Breakers;
import dev.tagrouter.gateway.upstream.Surroundings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A running gateway: the parts put together by hand, in reading order. */
public final class Gateway implements AutoCloseable {
    private final Vertx vertx;
    private final Telemetry telemetry;
    private final Reloader reloader;
    private final String deployment;
    private final int port;
    private final int adminPort;
    private final AtomicBoolean closing = new AtomicBoolean();

    private Gateway(Vertx vertx, Telemetry telemetry, Reloader reloader, String deployment, int port, int adminPort) {
        this.vertx = vertx;
        this.telemetry = telemetry;
        this.reloader = reloader;
        this.deployment = deployment;
        this.port = port;
        this.adminPort = adminPort;
    }

    /**
     * Starts a gateway that goes by one configuration and profile for as long as it runs.
     *
     * @param startLines told, line by line, what was started and how to try it
     * @throws ConfigException when the configuration is wrong
     * @throws GatewayException when the port cannot be bound
     * @throws IOException when a file cannot be read
     */
    public static Gateway start(GatewayConfig config, Consumer<String> startLines)
            throws IOException, ConfigException, GatewayException {
        return start(config, FileStates.of(config.files()), null, startLines, options());
    }

    /**
     * Starts a gateway that reads its configuration and profile again whenever their files change, or when told to.
     *
     * @param lines told, line by line, what was started and how to try it, and later what is new
     * @throws ConfigException when the configuration is wrong
     * @throws GatewayException when the port cannot be bound
     * @throws IOException when a file cannot be read
     */
    public static Gateway start(ConfigSource source, Consumer<String> lines)
            throws IOException, ConfigException, GatewayException {
        return start(source, lines, options());
    }

    /** @param options how event loops run */
    static Gateway start(ConfigSource source, Consumer<String> lines, VertxOptions options)
            throws IOException, ConfigException, GatewayException {
        // Which files there are is said by them: read once more, so that no change meanwhile is taken for what was
        // read.
        FileStates files = FileStates.of(source.read().files());
        GatewayConfig config = source.read();
        return start(config, files.extendedTo(config.files()), source, lines, options);
    }

    private static Gateway start(
            GatewayConfig config,
            FileStates files,
            @Nullable ConfigSource source,
            Consumer<String> lines,
            VertxOptions options)
            throws IOException, ConfigException, GatewayException {
        // The longest step by far: Vert.x and the metrics start beside it.
        EditionMaker maker = new EditionMaker(config);
        Vertx vertx = Vertx.vertx(options);
        Telemetry telemetry = new Telemetry();
        Reloader reloader = null;
        try {
            GatewayConfig complete = config.isAutomatic() ? found(vertx, config, maker.profile()) : config;
            Edition first = maker.first(complete, telemetry);
            // Beside binding the port: a request in the first 0.1 s shares the cores with it.
            Thread.ofPlatform().name("warm-up").daemon().start(first.chooser()::warmUp);
            Breakers breakers = new Breakers();
            telemetry.watchBreakers(() -> states(breakers));
            Loops loops = new Loops();
            Reloader operations =
                    new Reloader(config.isAutomatic() ? null : source, files, first, loops, breakers, telemetry, lines);
            reloader = operations;
            AtomicInteger port = new AtomicInteger();
            String deployment = deploy(vertx, first, breakers, telemetry, loops, operations, port);
            int adminPort = deployAdmin(vertx, first, telemetry, loops, operations);
            new StartLines(complete, first.catalog(), port.get(), adminPort).forEach(lines);
            operations.watchFiles();
            return new Gateway(vertx, telemetry, operations, deployment, port.get(), adminPort);
        } catch (ConfigException | GatewayException | RuntimeException | IOException e) {
            stop(vertx, telemetry, reloader);
            throw e;
        }
    }

    private static String deploy(
            Vertx vertx,
            Edition first,
            Breakers breakers,
            Telemetry telemetry,
            Loops loops,
            Reloader reloader,
            AtomicInteger port)
            throws GatewayException {
        ServerConfig server = first.config().server();
        Connections connections = new Connections(server.maxConnections(), telemetry::connectionRefused);
        telemetry.watchConnections(connections::open);
        EditionOnLoop.Shared shared =
                new EditionOnLoop.Shared(telemetry, breakers, Gateway::requestId, reloader::isStopping);
        try {
            return Awaiting.result(vertx.deployVerticle(
                    () -> loops.add(new GatewayVerticle(first, shared, connections, port::set)),
                    new DeploymentOptions().setInstances(eventLoops())));
        } catch (ExecutionException e) {
            throw cannotBind(first.config(), server.host(), server.port(), "--port or server.port", e);
        }
    }

    /** A random UUID (RFC 9562, version 4) that need not be a secret, so that event loops need not queue for the secure generator. */
    private static String requestId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() >>> 2) | Long.MIN_VALUE;
        return new UUID(high, low).toString();
    }

    /** Gives the port, or -1 where there is to be none. */
    private static int deployAdmin(Vertx vertx, Edition first, Telemetry telemetry, Loops loops, Operations operations)
            throws GatewayException {
        AdminConfig admin = first.config().server().admin();
        if (admin == null) {
            return -1;
        }
        AdminVerticle verticle = loops.add(new AdminVerticle(admin, first, telemetry, operations));
        try {
            Awaiting.result(vertx.deployVerticle(verticle));
        } catch (ExecutionException e) {
            throw cannotBind(first.config(), admin.host(), admin.port(), "admin.port", e);
        }
        return verticle.port();
    }

    private static List<Telemetry.BreakerState> states(Breakers breakers) {
        long now = System.nanoTime();
        List<Telemetry.BreakerState> states = new ArrayList<>();
        breakers.forEach((upstream, model, breaker) -> states.add(new Telemetry.BreakerState(
                upstream,
                model,
                switch (breaker.state(now)) {
                    case CLOSED -> 0;
                    case OPEN -> 1;
                    case TRIAL -> 2;
                })));
        return states;
    }

    private static GatewayConfig found(Vertx vertx, GatewayConfig config, Profile profile) throws GatewayException {
        try {
            return Awaiting.result(Surroundings.find(vertx, config, profile));
        } catch (ExecutionException e) {
            throw new GatewayException(
                    "the gateway could not configure itself (" + (e.getCause() == null ? e : e.getCause()).getMessage()
                            + "); give a tagrouter.yaml with --config",
                    e);
        }
    }

    /** How event loops usually run. */
    static VertxOptions options() {
        return new VertxOptions()
                .setEventLoopPoolSize(eventLoops())
                .setWorkerPoolSize(eventLoops())
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false));
    }

    private static int eventLoops() {
        return Math.max(1, Runtime.getRuntime().availableProcessors());
    }

    private static GatewayException cannotBind(
            GatewayConfig config, String host, int port, String remedy, ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String reason = cause instanceof java.net.BindException ? "is in use or not yours" : "cannot be served";
        String message = "port " + port + " on " + host + " " + reason + " (" + cause.getMessage()
                + "); choose another with " + remedy;
        return new GatewayException(config.places().concealed(message), cause);
    }

    /** The port bound. */
    public int port() {
        return port;
    }

    /** The operator's port bound, or -1 where there is none. */
    public int adminPort() {
        return adminPort;
    }

    /**
     * Reads configuration and profile again, and goes by them if nothing is wrong; what came of it is said and logged.
     *
     * @param why for the log
     */
    public void reload(String why) {
        Reloader.await(reloader.reload(why));
    }

    /**
     * Takes no more connections, lets what is under way come to its end for {@code server.timeouts.drain} at most, and
     * closes every connection.
     */
    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        reloader.stopping();
        try {
            Awaiting.result(
                    vertx.undeploy(deployment),
                    reloader.current().config().server().timeouts().drain());
        } catch (ExecutionException e) {
            stoppedBadly(e);
        }
        stop(vertx, telemetry, reloader);
    }

    private static void stoppedBadly(ExecutionException e) {
        System.getLogger(Gateway.class.getName()).log(System.Logger.Level.WARNING, "the gateway stopped badly", e);
    }

    private static void stop(Vertx vertx, Telemetry telemetry, @Nullable Reloader reloader) {
        try {
            Awaiting.result(vertx.close());
        } catch (ExecutionException e) {
            stoppedBadly(e);
        }
        if (reloader != null) {
            reloader.close();
        }
        telemetry.close();
    }
}
