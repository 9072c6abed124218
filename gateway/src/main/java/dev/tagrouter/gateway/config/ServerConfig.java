package dev.tagrouter.gateway.config;

import dev.tagrouter.core.tagging.PlainName;
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
 */
public record ServerConfig(
        String host, int port, @Nullable Secret apiKey, List<String> hosts, int maxBodyBytes, ClientTimeouts timeouts) {
    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 8080;
    public static final int DEFAULT_MAX_BODY_BYTES = 16 << 20;

    /** A name or IPv4 address, or an IPv6 address in brackets. */
    private static final Pattern HOST = Pattern.compile("[^\\s/:@\\[\\]]+|\\[[0-9a-fA-F:.%]+]");

    /** Loopback, port {@value #DEFAULT_PORT}, no key. */
    public static final ServerConfig DEFAULT =
            new ServerConfig(DEFAULT_HOST, DEFAULT_PORT, null, List.of(), DEFAULT_MAX_BODY_BYTES);

    public ServerConfig {
        hosts = hosts.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        if (host.isBlank()) {
            throw new IllegalArgumentException("the host is blank; give an address such as " + DEFAULT_HOST);
        }
        hosts.forEach(ServerConfig::requireHostName);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + "; give 0 to 65535");
        }
        if (maxBodyBytes < 1) {
            throw new IllegalArgumentException("max_body_bytes is " + maxBodyBytes + "; give 1 or more");
        }
    }

    static String requireHostName(String name) {
        if (!HOST.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + PlainName.shown(name) + "' is no host name; give it as clients use it, without port");
        }
        return name;
    }

    /** With the usual patience. */
    public ServerConfig(String host, int port, @Nullable Secret apiKey, List<String> hosts, int maxBodyBytes) {
        this(host, port, apiKey, hosts, maxBodyBytes, ClientTimeouts.DEFAULT);
    }

    public ServerConfig withHost(String newHost) {
        return new ServerConfig(newHost, port, apiKey, hosts, maxBodyBytes, timeouts);
    }

    public ServerConfig withPort(int newPort) {
        return new ServerConfig(host, newPort, apiKey, hosts, maxBodyBytes, timeouts);
    }

    /** Whether only this machine can reach the gateway. */
    public boolean isLoopback() {
        return isLoopback(host);
    }

    /** Whether a host name or address can only mean this machine. */
    public static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.equals("::1")
                || name.equals("[::1]")
                || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }
}
