package dev.tagrouter.gateway.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the part {@code server}. */
final class ServerReader {
    private ServerReader() {}

    static ServerConfig read(@Nullable YamlValue value) throws ConfigException {
        ServerConfig server = ServerConfig.DEFAULT;
        if (value == null) {
            return server;
        }
        Map<String, YamlValue> m =
                value.members(List.of("host", "port", "api_key", "hosts", "max_body_bytes", "timeouts"));
        YamlValue host = YamlValue.present(m, "host");
        YamlValue port = YamlValue.present(m, "port");
        YamlValue hosts = YamlValue.present(m, "hosts");
        YamlValue max = YamlValue.present(m, "max_body_bytes");
        String hostName = host == null ? server.host() : host.filledText();
        int portNumber = port == null ? server.port() : port.integer(0, 65_535, "give a port such as 8080");
        Secret key = Values.secret(m);
        List<String> hostNames = new ArrayList<>();
        for (YamlValue item : hosts == null ? List.<YamlValue>of() : hosts.items()) {
            String name = item.text();
            hostNames.add(item.checked(() -> ServerConfig.requireHostName(name)));
        }
        int maxBytes = max == null
                ? server.maxBodyBytes()
                : max.integer(1, 1 << 30, "give the longest body in bytes, such as 16777216");
        ClientTimeouts timeouts = clientTimeouts(YamlValue.present(m, "timeouts"));
        return value.checked(() -> new ServerConfig(hostName, portNumber, key, hostNames, maxBytes, timeouts));
    }

    private static ClientTimeouts clientTimeouts(@Nullable YamlValue value) throws ConfigException {
        ClientTimeouts usual = ClientTimeouts.DEFAULT;
        if (value == null) {
            return usual;
        }
        Map<String, YamlValue> m = value.members(List.of("head", "body", "keep_alive", "drain"));
        Duration head = Values.duration(YamlValue.present(m, "head"), usual.head());
        Duration body = Values.duration(YamlValue.present(m, "body"), usual.body());
        Duration keepAlive = Values.duration(YamlValue.present(m, "keep_alive"), usual.keepAlive());
        Duration drain = Values.duration(YamlValue.present(m, "drain"), usual.drain());
        return value.checked(() -> new ClientTimeouts(head, body, keepAlive, drain));
    }
}
