package dev.tagrouter.gateway.config;

/**
 * The operator's own port.
 *
 * @param host the address to bind, default {@value ServerConfig#DEFAULT_HOST}
 * @param port the port to bind, 0 for any free one, default {@value #DEFAULT_PORT}
 * @param apiKey the key every request but {@code /health/*} must carry, on loopback too
 */
public record AdminConfig(String host, int port, Secret apiKey) {
    public static final int DEFAULT_PORT = 8081;

    public AdminConfig {
        ServerConfig.requireAddress(host, port);
    }
}
