package dev.tagrouter.gateway;

import dev.tagrouter.core.embedding.EmbeddingCache;
import dev.tagrouter.core.embedding.SentenceEmbedder;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.tagging.Aligner;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.gateway.config.AdminConfig;
import dev.tagrouter.gateway.config.ConfigException;
import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.config.SessionConfig;
import dev.tagrouter.gateway.config.TaggerConfig;
import dev.tagrouter.gateway.config.UpstreamConfig;
import dev.tagrouter.gateway.flow.Catalog;
import dev.tagrouter.gateway.flow.Chooser;
import dev.tagrouter.gateway.flow.ModelTagger;
import dev.tagrouter.gateway.flow.Sessions;
import dev.tagrouter.gateway.telemetry.Telemetry;
import java.io.IOException;
import java.time.Instant;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Makes an edition of a configuration: reads the profile, and checks one against the other. */
final class EditionMaker {
    private final GatewayConfig config;
    private final @Nullable UpstreamConfig tagsAt;
    private final FutureTask<Profile> loading;

    /**
     * Checks what can be checked at once, and begins to read the profile, which takes longest, on a thread of its own.
     *
     * @throws ConfigException when the configuration is wrong
     */
    EditionMaker(GatewayConfig config) throws ConfigException {
        requireKeyForStrangers(config);
        requirePortsApart(config.server(), config);
        this.config = config;
        this.tagsAt = taggerUpstream(config);
        this.loading = new FutureTask<>(() -> config.routing().profile().load());
        Thread.ofPlatform().name("profile").daemon().start(loading);
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

    /** The same port twice would be served by turns. */
    private static void requirePortsApart(ServerConfig server, GatewayConfig config) throws ConfigException {
        AdminConfig admin = server.admin();
        if (admin != null
                && admin.port() != 0
                && admin.port() == server.port()
                && admin.host().equalsIgnoreCase(server.host())) {
            throw config.mistake(
                    "admin.port", "is " + admin.port() + ", and so is the port of server; give each a port of its own");
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

    /** The profile, once it is there. */
    Profile profile() throws ConfigException {
        try {
            return loading.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException mistake) {
                throw config.mistake("routing.profile", String.valueOf(mistake.getMessage()));
            }
            throw new IllegalStateException("the profile could not be loaded", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the profile was loaded", e);
        }
    }

    /** The edition to start with, of the configuration completed by what was found. */
    Edition first(GatewayConfig complete, Telemetry telemetry) throws IOException, ConfigException {
        Sessions sessions = new Sessions(complete.routing().sessions(), System::nanoTime);
        return of(1, complete, profile(), telemetry, sessions, null);
    }

    /** The edition to follow another. */
    Edition after(Edition before, Telemetry telemetry) throws IOException, ConfigException {
        Profile old = before.catalog().profile();
        Profile read = profile();
        // One of them in memory is enough, and a tagger that stays the same goes by the old one's vocabulary.
        boolean same = read.id().equals(old.id()) && read.manifest().equals(old.manifest());
        SessionConfig remembers = config.routing().sessions();
        Sessions sessions = remembers.equals(before.config().routing().sessions())
                ? before.sessions()
                : new Sessions(remembers, System::nanoTime);
        return of(before.number() + 1, config, same ? old : read, telemetry, sessions, before.shared());
    }

    private Edition of(
            int number,
            GatewayConfig complete,
            Profile profile,
            Telemetry telemetry,
            Sessions sessions,
            @Nullable SharedTagger before)
            throws IOException, ConfigException {
        Chooser chooser = new Chooser(Catalog.of(complete, profile), sessions);
        // Last, since nothing may go wrong any more once it is lent.
        SharedTagger tagger = tagger(profile, telemetry, before);
        return new Edition(number, Instant.now(), complete, chooser, sessions, tagger);
    }

    private @Nullable SharedTagger tagger(Profile profile, Telemetry telemetry, @Nullable SharedTagger before)
            throws IOException, ConfigException {
        TaggerConfig tagger = config.tagger();
        UpstreamConfig upstream = tagsAt;
        if (tagger == null || upstream == null) {
            return null;
        }
        SharedTagger.Told told = new SharedTagger.Told(tagger, upstream, profile);
        if (before != null && before.isFor(told)) {
            return before.lend();
        }
        return new SharedTagger(told, new ModelTagger(tagger, upstream, profile, aligner(tagger, profile), telemetry));
    }

    private Aligner aligner(TaggerConfig tagger, Profile profile) throws IOException, ConfigException {
        Vocabulary vocabulary = profile.tagger().vocabulary();
        if (tagger.alignment() == TaggerConfig.Alignment.EXACT) {
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
}
