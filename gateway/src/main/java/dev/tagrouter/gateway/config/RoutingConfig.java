package dev.tagrouter.gateway.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How {@code auto} chooses.
 *
 * @param profile what is known of the models
 * @param theta the default cost threshold, or null for the profile's
 * @param defaultModel who answers where evidence does not decide, or null for the profile's
 * @param models the names {@code auto} chooses between; empty for all configured models with evidence
 * @param aliases further names that clients may use, and what each stands for: a model, {@code auto} or
 *     {@code auto:THETA}
 * @param sessions how long it is remembered who answered a conversation
 */
public record RoutingConfig(
        ProfileSource profile,
        @Nullable Double theta,
        @Nullable String defaultModel,
        List<String> models,
        Map<String, String> aliases,
        SessionConfig sessions) {
    public RoutingConfig {
        models = List.copyOf(models);
        aliases = Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
    }

    /** Without aliases, and with conversations remembered as usual. */
    public RoutingConfig(
            ProfileSource profile, @Nullable Double theta, @Nullable String defaultModel, List<String> models) {
        this(profile, theta, defaultModel, models, Map.of(), SessionConfig.DEFAULT);
    }

    /** The built-in default profile with everything it says. */
    public static RoutingConfig automatic() {
        return of(new ProfileSource.Named(ProfileSource.DEFAULT, Path.of("")));
    }

    /** A profile with everything it says. */
    public static RoutingConfig of(ProfileSource profile) {
        return new RoutingConfig(profile, null, null, List.of());
    }

    public RoutingConfig withProfile(ProfileSource newProfile) {
        return new RoutingConfig(newProfile, theta, defaultModel, models, aliases, sessions);
    }

    public RoutingConfig withDefaultModel(String model) {
        return new RoutingConfig(profile, theta, model, models, aliases, sessions);
    }

    public RoutingConfig withAliases(Map<String, String> newAliases) {
        return new RoutingConfig(profile, theta, defaultModel, models, newAliases, sessions);
    }

    public RoutingConfig withSessions(SessionConfig newSessions) {
        return new RoutingConfig(profile, theta, defaultModel, models, aliases, newSessions);
    }
}
