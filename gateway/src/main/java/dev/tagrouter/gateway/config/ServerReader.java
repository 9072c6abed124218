package dev.tagrouter.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parts {@code server} and {@code admin}. */
final class ServerReader {
    private ServerReader() {}

    /** @param base the folder that paths are relative to */
    static ServerConfig read(@Nullable YamlValue value, @Nullable YamlValue admin, Path base) throws ConfigException {
        ServerConfig server = value == null ? ServerConfig.DEFAULT : server(value, base);
        if (admin == null) {
            return server;
        }
        return server.withAdmin(admin(admin, server));
    }

    private static ServerConfig server(YamlValue value, Path base) throws ConfigException {
        ServerConfig usual = ServerConfig.DEFAULT;
        Map<String, YamlValue> m = value.members(List.of(
                "host", "port", "api_key", "hosts", "max_body_bytes", "timeouts", "max_connections", "tls", "cors"));
        String host = host(m);
        int port = port(m, usual.port());
        Secret key = Values.secret(m);
        List<String> hosts = checkedTexts(YamlValue.present(m, "hosts"), ServerConfig::requireHostName);
        YamlValue max = YamlValue.present(m, "max_body_bytes");
        int maxBytes = max == null
                ? usual.maxBodyBytes()
                : max.integer(1, 1 << 30, "give the longest body in bytes, such as 16777216");
        ClientTimeouts timeouts = clientTimeouts(YamlValue.present(m, "timeouts"));
        YamlValue most = YamlValue.present(m, "max_connections");
        int connections = most == null
                ? usual.maxConnections()
                : most.integer(1, 1_000_000, "give how many clients may be connected, such as 10000");
        TlsConfig tls = tls(YamlValue.present(m, "tls"), base);
        List<String> origins = origins(YamlValue.present(m, "cors"));
        return value.checked(() ->
                new ServerConfig(host, port, key, hosts, maxBytes, timeouts, connections, tls, origins, usual.admin()));
    }

    private static AdminConfig admin(YamlValue value, ServerConfig server) throws ConfigException {
        Map<String, YamlValue> m = value.members(List.of("host", "port", "api_key"));
        YamlValue keyValue = Values.required(
                value, m, "api_key", "the admin port always needs one, such as api_key: ${TAGROUTER_ADMIN_KEY}");
        Secret key = Values.secret(m);
        if (key == null || key.equals(server.apiKey())) {
            throw keyValue.mistake("is the key of server.api_key too; give the admin port a key of its own");
        }
        String host = host(m);
        int port = port(m, AdminConfig.DEFAULT_PORT);
        return value.checked(() -> new AdminConfig(host, port, key));
    }

    private static String host(Map<String, YamlValue> members) throws ConfigException {
        YamlValue host = YamlValue.present(members, "host");
        return host == null ? ServerConfig.DEFAULT_HOST : host.filledText();
    }

    private static int port(Map<String, YamlValue> members, int usual) throws ConfigException {
        YamlValue port = YamlValue.present(members, "port");
        return port == null ? usual : port.integer(0, 65_535, "give a port such as " + usual);
    }

    /** Refuses a text, or gives it back. */
    private interface Check {
        String of(String text);
    }

    private static List<String> checkedTexts(@Nullable YamlValue value, Check check) throws ConfigException {
        List<String> texts = new ArrayList<>();
        for (YamlValue item : value == null ? List.<YamlValue>of() : value.items()) {
            String text = item.text();
            texts.add(item.checked(() -> check.of(text)));
        }
        return texts;
    }

    private static List<String> origins(@Nullable YamlValue cors) throws ConfigException {
        if (cors == null) {
            return List.of();
        }
        YamlValue origins = Values.required(
                cors, cors.members(List.of("origins")), "origins", "list pages such as https://chat.example.org");
        return checkedTexts(origins, ServerConfig::requireOrigin);
    }

    private static @Nullable TlsConfig tls(@Nullable YamlValue value, Path base) throws ConfigException {
        if (value == null) {
            return null;
        }
        Map<String, YamlValue> m = value.members(List.of("cert", "key"));
        YamlValue cert = Values.required(value, m, "cert", "give a PEM file with the certificate and its chain");
        YamlValue key = Values.required(value, m, "key", "give the PEM file of the certificate's key");
        String certText = cert.fileText(base);
        cert.checked(() -> Pem.requireCertificates(certText));
        String keyText = key.fileText(base);
        return key.checked(() -> new TlsConfig(certText, Pem.requireKey(new Secret(keyText))));
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
