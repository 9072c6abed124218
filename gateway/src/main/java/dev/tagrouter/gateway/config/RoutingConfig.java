package dev.tagrouter.gateway.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How {@code auto} chooses.
 *
 * @param profile what is known of the models
 * @param theta the default cost threshold, or null for the profile's
 * @param defaultModel who answers where evidence does not decide, or null for the profile's
 * @param models the names {@code auto} chooses between; empty for all configured models with evidence
 */
public record RoutingConfig(
        ProfileSource profile,
        @Nullable Double theta,
        @Nullable String defaultModel,
        List<String> models) {
    public RoutingConfig {
        models = List.copyOf(models);
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
        return new RoutingConfig(newProfile, theta, defaultModel, models);
    }

    public RoutingConfig withDefaultModel(String model) {
        return new RoutingConfig(profile, theta, model, models);
    }
}
