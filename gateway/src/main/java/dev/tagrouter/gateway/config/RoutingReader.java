package dev.tagrouter.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the part {@code routing}. */
final class RoutingReader {
    private RoutingReader() {}

    /** @param base the folder that paths are relative to */
    static RoutingConfig read(@Nullable YamlValue value, Path base) throws ConfigException {
        if (value == null) {
            return RoutingConfig.of(new ProfileSource.Named(ProfileSource.DEFAULT, base));
        }
        Map<String, YamlValue> m =
                value.members(List.of("profile", "theta", "default_model", "models", "aliases", "sessions"));
        YamlValue profile = YamlValue.present(m, "profile");
        YamlValue theta = YamlValue.present(m, "theta");
        YamlValue defaultModel = YamlValue.present(m, "default_model");
        YamlValue models = YamlValue.present(m, "models");
        return new RoutingConfig(
                new ProfileSource.Named(profile == null ? ProfileSource.DEFAULT : profile.text(), base),
                theta == null ? null : (Double) theta.number("give one from -1 (cheapest) to 1 (best)"),
                defaultModel == null ? null : defaultModel.text(),
                models == null ? List.of() : models.texts(),
                aliases(YamlValue.present(m, "aliases")),
                sessions(YamlValue.present(m, "sessions")));
    }

    private static Map<String, String> aliases(@Nullable YamlValue value) throws ConfigException {
        Map<String, String> aliases = new LinkedHashMap<>();
        if (value != null) {
            for (Map.Entry<String, YamlValue> alias : value.members().entrySet()) {
                aliases.put(
                        alias.getValue().checked(() -> ModelConfig.requireName(alias.getKey())),
                        alias.getValue().filledText());
            }
        }
        return aliases;
    }

    private static SessionConfig sessions(@Nullable YamlValue value) throws ConfigException {
        if (value == null) {
            return SessionConfig.DEFAULT;
        }
        Map<String, YamlValue> m = value.members(List.of("entries", "idle", "prompt_cache"));
        YamlValue entries = YamlValue.present(m, "entries");
        int most = entries == null
                ? SessionConfig.DEFAULT.entries()
                : entries.integer(0, SessionConfig.MOST_ENTRIES, "give how many conversations are remembered");
        Duration idle = Values.duration(YamlValue.present(m, "idle"), SessionConfig.DEFAULT.idle());
        Duration promptCache =
                Values.duration(YamlValue.present(m, "prompt_cache"), SessionConfig.DEFAULT.promptCache());
        return value.checked(() -> new SessionConfig(most, idle, promptCache));
    }
}
