package dev.tagrouter.gateway.config;

import dev.tagrouter.core.tagging.PlainName;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the part {@code upstreams}. */
final class UpstreamReader {
    private UpstreamReader() {}

    static List<UpstreamConfig> read(@Nullable YamlValue value) throws ConfigException {
        List<UpstreamConfig> upstreams = new ArrayList<>();
        if (value == null) {
            return upstreams;
        }
        for (Map.Entry<String, YamlValue> entry : value.members().entrySet()) {
            Map<String, YamlValue> m = entry.getValue().members(List.of("base_url", "api_key", "kind", "timeouts"));
            YamlValue url =
                    Values.required(entry.getValue(), m, "base_url", "give one such as http://127.0.0.1:8000/v1");
            String address = url.text();
            YamlValue kind = YamlValue.present(m, "kind");
            if (kind != null && !kind.text().equals("openai")) {
                throw kind.mistake(
                        "'" + PlainName.shown(kind.text()) + "' is no kind of upstream; the only kind is openai");
            }
            Secret key = Values.secret(m);
            Timeouts timeouts = timeouts(YamlValue.present(m, "timeouts"));
            URI uri = uri(url, address);
            upstreams.add(url.checked(() -> new UpstreamConfig(entry.getKey(), uri, key, timeouts)));
        }
        return upstreams;
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
