package dev.tagrouter.gateway.config;

import dev.tagrouter.core.tagging.PlainName;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What several parts of the file hold: keys, durations, names of upstreams. */
final class Values {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m|h)");

    private Values() {}

    static @Nullable Secret secret(Map<String, YamlValue> members) throws ConfigException {
        YamlValue value = YamlValue.present(members, "api_key");
        if (value == null) {
            return null;
        }
        String text = value.text();
        if (text.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw value.mistake("the key holds a line break or a character outside ASCII; give the key alone");
        }
        return value.checked(() -> new Secret(text));
    }

    static YamlValue required(YamlValue owner, Map<String, YamlValue> members, String name, String remedy)
            throws ConfigException {
        YamlValue value = YamlValue.present(members, name);
        if (value == null) {
            throw owner.mistake("the key '" + name + "' is missing; " + remedy);
        }
        return value;
    }

    static Duration duration(@Nullable YamlValue value, Duration otherwise) throws ConfigException {
        if (value == null) {
            return otherwise;
        }
        String text = value.text();
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw value.mistake("'" + PlainName.shown(text)
                    + "' is no duration; give a number and a unit, such as 500ms, 5s or 2m");
        }
        long millisPerUnit = switch (matcher.group(2)) {
            case "ms" -> 1;
            case "s" -> 1000;
            case "m" -> 60_000;
            default -> 3_600_000;
        };
        Duration given = Duration.ofMillis(new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(millisPerUnit))
                .longValue());
        return value.checked(() -> Timeouts.require("it", given));
    }

    static List<String> names(List<UpstreamConfig> upstreams) {
        return upstreams.stream().map(UpstreamConfig::name).toList();
    }

    static String knownUpstream(YamlValue value, List<String> known) throws ConfigException {
        String name = value.text();
        if (!known.contains(name)) {
            throw value.mistake("there is no upstream '" + PlainName.shown(name) + "'; "
                    + (known.isEmpty() ? "add it under upstreams" : "known: " + String.join(", ", known)));
        }
        return name;
    }
}
