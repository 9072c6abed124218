package dev.tagrouter.gateway.config;

import java.nio.file.Path;
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
        Map<String, YamlValue> m = value.members(List.of("profile", "theta", "default_model", "models"));
        YamlValue profile = YamlValue.present(m, "profile");
        YamlValue theta = YamlValue.present(m, "theta");
        YamlValue defaultModel = YamlValue.present(m, "default_model");
        YamlValue models = YamlValue.present(m, "models");
        return new RoutingConfig(
                new ProfileSource.Named(profile == null ? ProfileSource.DEFAULT : profile.text(), base),
                theta == null ? null : (Double) theta.number("give one from -1 (cheapest) to 1 (best)"),
                defaultModel == null ? null : defaultModel.text(),
                models == null ? List.of() : models.texts());
    }
}
