package dev.tagrouter.gateway.config;

import dev.tagrouter.core.tagging.PlainName;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the part {@code upstreams}. */
final class UpstreamReader {
    private UpstreamReader() {}

    /** @param base the folder that paths are relative to */
    static List<UpstreamConfig> read(@Nullable YamlValue value, Path base) throws ConfigException {
        List<UpstreamConfig> upstreams = new ArrayList<>();
        if (value == null) {
            return upstreams;
        }
        for (Map.Entry<String, YamlValue> entry : value.members().entrySet()) {
            Map<String, YamlValue> m =
                    entry.getValue().members(List.of("base_url", "api_key", "kind", "apis", "timeouts", "tls"));
            YamlValue url =
                    Values.required(entry.getValue(), m, "base_url", "give one such as http://127.0.0.1:8000/v1");
            String address = url.text();
            UpstreamKind kind = kind(YamlValue.present(m, "kind"));
            Set<Api> apis = apis(YamlValue.present(m, "apis"), kind);
            Secret key = Values.secret(m);
            Timeouts timeouts = timeouts(YamlValue.present(m, "timeouts"));
            URI uri = uri(url, address);
            String trusted = trusted(YamlValue.present(m, "tls"), base);
            upstreams.add(
                    url.checked(() -> new UpstreamConfig(entry.getKey(), kind, apis, uri, key, timeouts, trusted)));
        }
        return upstreams;
    }

    private static UpstreamKind kind(@Nullable YamlValue value) throws ConfigException {
        if (value == null) {
            return UpstreamKind.OPENAI;
        }
        for (UpstreamKind kind : UpstreamKind.values()) {
            if (kind.label().equals(value.text())) {
                return kind;
            }
        }
        throw value.mistake("'" + PlainName.shown(value.text()) + "' is no kind of upstream; known kinds: "
                + String.join(", ", UpstreamKind.labels()));
    }

    private static Set<Api> apis(@Nullable YamlValue value, UpstreamKind kind) throws ConfigException {
        if (value == null) {
            return kind.usualApis();
        }
        Set<Api> apis = EnumSet.noneOf(Api.class);
        for (YamlValue item : value.items()) {
            if (!apis.add(api(item))) {
                throw item.mistake("'" + item.text() + "' stands twice; name it once");
            }
        }
        if (apis.isEmpty()) {
            throw value.mistake("names no API; give at least one, or leave the key out for the usual ones");
        }
        return apis;
    }

    private static Api api(YamlValue value) throws ConfigException {
        for (Api api : Api.values()) {
            if (api.label().equals(value.text())) {
                return api;
            }
        }
        throw value.mistake("'" + PlainName.shown(value.text()) + "' is no API; known: "
                + Arrays.stream(Api.values()).map(Api::label).collect(Collectors.joining(", ")));
    }

    /** The JDK's own message repeats the address, which may hold a password. */
    private static URI uri(YamlValue value, String address) throws ConfigException {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            throw value.mistake("the address is not valid at its character " + (e.getIndex() + 1)
                    + "; give one such as http://127.0.0.1:8000/v1");
        }
    }

    private static @Nullable String trusted(@Nullable YamlValue tls, Path base) throws ConfigException {
        if (tls == null) {
            return null;
        }
        YamlValue ca = Values.required(
                tls, tls.members(List.of("ca")), "ca", "give a PEM file with the certificates to trust");
        String text = ca.fileText(base);
        return ca.checked(() -> Pem.requireCertificates(text));
    }

    private static Timeouts timeouts(@Nullable YamlValue value) throws ConfigException {
        if (value == null) {
            return Timeouts.DEFAULT;
        }
        Map<String, YamlValue> m = value.members(List.of("connect", "first_byte", "idle", "client"));
        Duration connect = Values.duration(YamlValue.present(m, "connect"), Timeouts.DEFAULT.connect());
        Duration firstByte = Values.duration(YamlValue.present(m, "first_byte"), Timeouts.DEFAULT.firstByte());
        Duration idle = Values.duration(YamlValue.present(m, "idle"), Timeouts.DEFAULT.idle());
        Duration client = Values.duration(YamlValue.present(m, "client"), Timeouts.DEFAULT.client());
        return value.checked(() -> new Timeouts(connect, firstByte, idle, client));
    }
}
