package dev.tagrouter.gateway.config;

import dev.tagrouter.core.profile.Profile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a gateway is told: the record tree of {@code tagrouter.yaml}, or one put together by a program.
 *
 * @param server where it listens and whom it lets in
 * @param upstreams model servers, names unique
 * @param models what clients can name, names unique; empty for {@linkplain #isAutomatic() automatic}
 * @param routing how {@code auto} chooses
 * @param failure what is done when an upstream fails
 * @param tagger a model that tags, or null for the profile's own tagger
 * @param ollama where a local Ollama is looked for when no models are configured
 * @param places where the keys stand
 */
public record GatewayConfig(
        ServerConfig server,
        List<UpstreamConfig> upstreams,
        List<ModelConfig> models,
        RoutingConfig routing,
        FailureConfig failure,
        @Nullable TaggerConfig tagger,
        URI ollama,
        Places places) {
    /** Where Ollama listens by itself; nothing else is probed. */
    public static final URI LOCAL_OLLAMA = URI.create("http://127.0.0.1:11434");

    public GatewayConfig {
        upstreams = List.copyOf(upstreams);
        models = List.copyOf(models);
    }

    /**
     * Reads a configuration file.
     *
     * @param environment what {@code ${NAME}} in the file refers to
     * @throws ConfigException when something in the file is wrong
     * @throws IOException when it cannot be read
     */
    public static GatewayConfig read(Path file, Map<String, String> environment) throws IOException, ConfigException {
        return ConfigReader.read(file, environment);
    }

    /** No configuration: a local Ollama if one answers, else the demonstration; the built-in default profile. */
    public static GatewayConfig automatic() {
        return of(ServerConfig.DEFAULT, List.of(), List.of(), RoutingConfig.automatic());
    }

    /** A configuration put together by a program. */
    public static GatewayConfig of(
            ServerConfig server, List<UpstreamConfig> upstreams, List<ModelConfig> models, RoutingConfig routing) {
        return new GatewayConfig(
                server, upstreams, models, routing, FailureConfig.DEFAULT, null, LOCAL_OLLAMA, Places.NONE);
    }

    /** Whether upstreams and models are found at the start instead of configured. */
    public boolean isAutomatic() {
        return models.isEmpty();
    }

    public GatewayConfig withServer(ServerConfig newServer) {
        return new GatewayConfig(newServer, upstreams, models, routing, failure, tagger, ollama, places);
    }

    public GatewayConfig withHost(String host) {
        return withServer(server.withHost(host));
    }

    public GatewayConfig withPort(int port) {
        return withServer(server.withPort(port));
    }

    /** Routes with a built-in profile or one at a path relative to the working folder. */
    public GatewayConfig withProfile(String nameOrPath) {
        return withRouting(routing.withProfile(new ProfileSource.Named(nameOrPath, Path.of(""))));
    }

    /** Routes with a profile in memory. */
    public GatewayConfig withProfile(Profile profile) {
        return withRouting(routing.withProfile(new ProfileSource.Loaded(profile)));
    }

    public GatewayConfig withRouting(RoutingConfig newRouting) {
        return new GatewayConfig(server, upstreams, models, newRouting, failure, tagger, ollama, places);
    }

    public GatewayConfig withFailure(FailureConfig newFailure) {
        return new GatewayConfig(server, upstreams, models, routing, newFailure, tagger, ollama, places);
    }

    public GatewayConfig withTagger(TaggerConfig newTagger) {
        return new GatewayConfig(server, upstreams, models, routing, failure, newTagger, ollama, places);
    }

    public GatewayConfig withOllama(URI newOllama) {
        return new GatewayConfig(server, upstreams, models, routing, failure, tagger, newOllama, places);
    }

    /** The same server and routing over upstreams and models that were found. */
    public GatewayConfig withFound(List<UpstreamConfig> foundUpstreams, List<ModelConfig> foundModels) {
        return new GatewayConfig(server, foundUpstreams, foundModels, routing, failure, tagger, ollama, places);
    }

    /** The files and folders that all of this was read from. */
    public List<Path> files() {
        List<Path> files = new ArrayList<>(places.files());
        files.addAll(routing.profile().files());
        return files;
    }

    /** A mistake at a key, naming the file and line where there is one. */
    public ConfigException mistake(String key, String message) {
        return places.mistake(key, message);
    }
}
