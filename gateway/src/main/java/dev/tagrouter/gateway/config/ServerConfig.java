package dev.tagrouter.gateway.config;

import dev.tagrouter.core.tagging.PlainName;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway listens and whom it lets in.
 *
 * @param host the address to bind, default {@value #DEFAULT_HOST}; another than loopback needs a key
 * @param port the port to bind, 0 for any free one, default {@value #DEFAULT_PORT}
 * @param apiKey the key every request but {@code /health/*} must carry, or null for none
 * @param hosts values of the {@code Host} header that POST accepts besides loopback, without port, lower case
 * @param maxBodyBytes the longest request body, default 16 MiB
 * @param timeouts how long a client may take
 * @param maxConnections how many clients may be connected at a time, default {@value #DEFAULT_MAX_CONNECTIONS}
 * @param tls by what it shows who it is, on the admin port too, or null for plain HTTP
 * @param origins the web pages that may call it from a browser, such as {@code https://chat.example.org}; lower case
 * @param admin the operator's own port, or null for none
 */
public record ServerConfig(
        String host,
        int port,
        @Nullable Secret apiKey,
        List<String> hosts,
        int maxBodyBytes,
        ClientTimeouts timeouts,
        int maxConnections,
        @Nullable TlsConfig tls,
        List<String> origins,
        @Nullable AdminConfig admin) {
    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 8080;
    public static final int DEFAULT_MAX_BODY_BYTES = 16 << 20;
    public static final int DEFAULT_MAX_CONNECTIONS = 10_000;

    /** A name or IPv4 address, or an IPv6 address in brackets. */
    private static final Pattern HOST = Pattern.compile("[^\\s/:@\\[\\]]+|\\[[0-9a-fA-F:.%]+]");

    private static final Pattern LOOPBACK_ADDRESS = Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

    private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9._\\[\\]:-]+");

    /** Loopback, port {@value #DEFAULT_PORT}, no key. */
    public static final ServerConfig DEFAULT =
            new ServerConfig(DEFAULT_HOST, DEFAULT_PORT, null, List.of(), DEFAULT_MAX_BODY_BYTES);

    public ServerConfig {
        hosts = hosts.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        origins = origins.stream().map(ServerConfig::requireOrigin).toList();
        requireAddress(host, port);
        hosts.forEach(ServerConfig::requireHostName);
        if (maxBodyBytes < 1) {
            throw new IllegalArgumentException("max_body_bytes is " + maxBodyBytes + "; give 1 or more");
        }
        if (maxConnections < 1) {
            throw new IllegalArgumentException("max_connections is " + maxConnections + "; give 1 or more");
        }
    }

    static void requireAddress(String host, int port) {
        if (host.isBlank()) {
            throw new IllegalArgumentException("the host is blank; give an address such as " + DEFAULT_HOST);
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + "; give 0 to 65535");
        }
    }

    static String requireHostName(String name) {
        if (!HOST.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + PlainName.shown(name) + "' is no host name; give it as clients use it, without port");
        }
        return name;
    }

    /** No star: a page that anybody can write could spend the operator's money. */
    static String requireOrigin(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        if (!ORIGIN.matcher(lower).matches() || !isHost(lower)) {
            throw new IllegalArgumentException("'" + PlainName.shown(origin)
                    + "' is no origin; give each page's scheme, host and port as a browser sends them, such as"
                    + " https://chat.example.org");
        }
        // Browsers leave the usual port out.
        return lower.startsWith("https:") ? withoutEnd(lower, ":443") : withoutEnd(lower, ":80");
    }

    private static String withoutEnd(String text, String end) {
        return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
    }

    private static boolean isHost(String origin) {
        try {
            return URI.create(origin).getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Plain HTTP for as many clients as is usual, from no page, without an admin port. */
    public ServerConfig(
            String host,
            int port,
            @Nullable Secret apiKey,
            List<String> hosts,
            int maxBodyBytes,
            ClientTimeouts timeouts) {
        this(host, port, apiKey, hosts, maxBodyBytes, timeouts, DEFAULT_MAX_CONNECTIONS, null, List.of(), null);
    }

    /** With the usual patience. */
    public ServerConfig(String host, int port, @Nullable Secret apiKey, List<String> hosts, int maxBodyBytes) {
        this(host, port, apiKey, hosts, maxBodyBytes, ClientTimeouts.DEFAULT);
    }

    public ServerConfig withHost(String newHost) {
        return new ServerConfig(
                newHost, port, apiKey, hosts, maxBodyBytes, timeouts, maxConnections, tls, origins, admin);
    }

    public ServerConfig withPort(int newPort) {
        return new ServerConfig(
                host, newPort, apiKey, hosts, maxBodyBytes, timeouts, maxConnections, tls, origins, admin);
    }

    public ServerConfig withAdmin(AdminConfig newAdmin) {
        return new ServerConfig(
                host, port, apiKey, hosts, maxBodyBytes, timeouts, maxConnections, tls, origins, newAdmin);
    }

    /** Whether only this machine can reach the gateway. */
    public boolean isLoopback() {
        return isLoopback(host);
    }

    /** Whether a host name or address can only mean this machine. */
    public static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("127.0.0.1")
                || name.equals("localhost")
                || name.equals("::1")
                || name.equals("[::1]")
                || LOOPBACK_ADDRESS.matcher(name).matches();
    }
}
