package dev.tagrouter.gateway.config;

/** A mistake in the configuration: one line that names file, line, key, value and remedy. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1;

    public ConfigException(String message) {
        super(message);
    }

    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
