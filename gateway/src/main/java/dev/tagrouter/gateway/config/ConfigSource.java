package dev.tagrouter.gateway.config;

import java.io.IOException;

/** Where a configuration is read from: at the start, and again while the gateway runs. */
@FunctionalInterface
public interface ConfigSource {
    /**
     * Reads the configuration as it is now.
     *
     * @throws ConfigException when something in it is wrong
     * @throws IOException when it cannot be read
     */
    GatewayConfig read() throws IOException, ConfigException;
}
