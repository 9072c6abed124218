package dev.tagrouter.gateway;

import dev.tagrouter.core.embedding.EmbeddingCache;
import dev.tagrouter.core.embedding.SentenceEmbedder;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.tagging.Aligner;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.gateway.config.ConfigException;
import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.config.TaggerConfig;
import dev.tagrouter.gateway.config.UpstreamConfig;
import dev.tagrouter.gateway.flow.Catalog;
import dev.tagrouter.gateway.flow.Chooser;
import dev.tagrouter.gateway.flow.ModelTagger;
import dev.tagrouter.gateway.flow.Sessions;
import dev.tagrouter.gateway.telemetry.Telemetry;
import dev.tagrouter.gateway.upstream.Breakers;
import dev.tagrouter.gateway.upstream.Surroundings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A running gateway: the parts put together by hand, in reading order. */
public final class Gateway implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final Vertx vertx;
    private final Telemetry telemetry;
    private final @Nullable ModelTagger tagger;
    private final int port;
    private final String deployment;
    private final Duration drain;
    private final AtomicBoolean stopping;

    private Gateway(
            Vertx vertx,
            Telemetry telemetry,
            @Nullable ModelTagger tagger,
            int port,
            String deployment,
            Duration drain,
            AtomicBoolean stopping) {
        this.vertx = vertx;
        this.telemetry = telemetry;
        this.tagger = tagger;
        this.port = port;
        this.deployment = deployment;
        this.drain = drain;
        this.stopping = stopping;
    }

    /**
     * Starts a gateway.
     *
     * @param startLines told, line by line, what was started and how to try it
     * @throws ConfigException when the configuration is wrong
     * @throws GatewayException when the port cannot be bound
     * @throws IOException when a file cannot be read
     */
    public static Gateway start(GatewayConfig config, Consumer<String> startLines)
            throws IOException, ConfigException, GatewayException {
        requireKeyForStrangers(config);
        UpstreamConfig tagsAt = taggerUpstream(config);
        // The longest step by far: Vert.x and the metrics start beside it.
        FutureTask<Profile> loading =
                new FutureTask<>(() -> config.routing().profile().load());
        Thread.ofPlatform().name("profile").daemon().start(loading);
        Vertx vertx = Vertx.vertx(options());
        Telemetry telemetry = new Telemetry();
        ModelTagger tagger = null;
        try {
            Profile profile = loaded(loading, config);
            ModelTagger shared = config.tagger() == null || tagsAt == null
                    ? null
                    : new ModelTagger(config.tagger(), tagsAt, profile, aligner(config, profile), telemetry);
            tagger = shared;
            GatewayConfig complete = config.isAutomatic() ? found(vertx, config, profile) : config;
            Catalog catalog = Catalog.of(complete, profile);
            Chooser chooser =
                    new Chooser(catalog, new Sessions(complete.routing().sessions(), System::nanoTime));
            // Beside binding the port: a request in the first 0.1 s shares the cores with it.
            Thread.ofPlatform().name("warm-up").daemon().start(chooser::warmUp);
            Breakers breakers = new Breakers();
            telemetry.watchBreakers(() -> states(breakers));
            AtomicInteger port = new AtomicInteger();
            AtomicBoolean stopping = new AtomicBoolean();
            String deployment = await(vertx.deployVerticle(
                    () -> new GatewayVerticle(
                            complete,
                            chooser,
                            telemetry,
                            breakers,
                            () -> UUID.randomUUID().toString(),
                            shared,
                            port::set,
                            stopping::get),
                    new DeploymentOptions().setInstances(eventLoops())));
            new StartLines(complete, catalog, port.get()).forEach(startLines);
            return new Gateway(
                    vertx,
                    telemetry,
                    tagger,
                    port.get(),
                    deployment,
                    complete.server().timeouts().drain(),
                    stopping);
        } catch (ExecutionException e) {
            stop(vertx, telemetry, tagger);
            throw cannotBind(config.server(), e.getCause() == null ? e : e.getCause());
        } catch (ConfigException | GatewayException | RuntimeException e) {
            stop(vertx, telemetry, tagger);
            throw e;
        }
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
            return await(Surroundings.find(vertx, config, profile));
        } catch (ExecutionException e) {
            throw new GatewayException(
                    "the gateway could not configure itself (" + (e.getCause() == null ? e : e.getCause()).getMessage()
                            + "); give a tagrouter.yaml with --config",
                    e);
        }
    }

    private static void requireKeyForStrangers(GatewayConfig config) throws ConfigException {
        ServerConfig server = config.server();
        if (!server.isLoopback() && server.apiKey() == null) {
            throw config.mistake(
                    "server.host",
                    "'" + server.host() + "' lets other machines in, and there is no server.api_key; set one, such as"
                            + " api_key: ${TAGROUTER_KEY}, or bind 127.0.0.1");
        }
    }

    private static Profile loaded(FutureTask<Profile> loading, GatewayConfig config)
            throws ConfigException, ExecutionException {
        try {
            return loading.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException mistake) {
                throw config.mistake("routing.profile", String.valueOf(mistake.getMessage()));
            }
            throw new IllegalStateException("the profile could not be loaded", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecutionException(e);
        }
    }

    private static @Nullable UpstreamConfig taggerUpstream(GatewayConfig config) throws ConfigException {
        TaggerConfig tagger = config.tagger();
        for (UpstreamConfig upstream : config.upstreams()) {
            if (tagger != null && upstream.name().equals(tagger.upstream())) {
                return upstream;
            }
        }
        if (tagger != null) {
            throw config.mistake(
                    "tagger.upstream", "there is no upstream '" + tagger.upstream() + "'; add it under upstreams");
        }
        return null;
    }

    private static Aligner aligner(GatewayConfig config, Profile profile) throws IOException, ConfigException {
        Vocabulary vocabulary = profile.tagger().vocabulary();
        TaggerConfig tagger = config.tagger();
        if (tagger == null || tagger.alignment() == TaggerConfig.Alignment.EXACT) {
            return Aligner.exact(vocabulary);
        }
        SentenceEmbedder embedder = ServiceLoader.load(SentenceEmbedder.class)
                .findFirst()
                .orElseThrow(() -> config.mistake(
                        "tagger.alignment",
                        "'similar' needs a sentence embedder, and none is on the class path; start the launcher with"
                                + " TAGROUTER_EMBEDDINGS=on, add the module embeddings, or write exact"));
        return Aligner.similar(vocabulary, embedder, EmbeddingCache.standardFolder());
    }

    private static VertxOptions options() {
        return new VertxOptions()
                .setEventLoopPoolSize(eventLoops())
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false));
    }

    private static int eventLoops() {
        return Math.max(1, Runtime.getRuntime().availableProcessors());
    }

    private static GatewayException cannotBind(ServerConfig server, Throwable cause) {
        String reason = cause instanceof java.net.BindException ? "is in use or not yours" : "cannot be served";
        return new GatewayException(
                "port " + server.port() + " on " + server.host() + " " + reason + " (" + cause.getMessage()
                        + "); choose another with --port or server.port",
                cause);
    }

    private static <T> T await(Future<T> future) throws ExecutionException {
        return await(future, Duration.ZERO);
    }

    private static <T> T await(Future<T> future, Duration more) throws ExecutionException {
        try {
            long seconds = PATIENCE_SECONDS + more.toSeconds();
            return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecutionException(e);
        } catch (TimeoutException e) {
            throw new ExecutionException(e);
        }
    }

    /** The port bound. */
    public int port() {
        return port;
    }

    /**
     * Takes no more connections, lets what is under way come to its end for {@code server.timeouts.drain} at most, and
     * closes every connection.
     */
    @Override
    public void close() {
        if (stopping.getAndSet(true)) {
            return;
        }
        try {
            await(vertx.undeploy(deployment), drain);
        } catch (ExecutionException e) {
            stoppedBadly(e);
        }
        stop(vertx, telemetry, tagger);
    }

    private static void stoppedBadly(ExecutionException e) {
        System.getLogger(Gateway.class.getName()).log(System.Logger.Level.WARNING, "the gateway stopped badly", e);
    }

    private static void stop(Vertx vertx, Telemetry telemetry, @Nullable ModelTagger tagger) {
        try {
            await(vertx.close());
        } catch (ExecutionException e) {
            stoppedBadly(e);
        }
        if (tagger != null) {
            tagger.close();
        }
        telemetry.close();
    }
}
