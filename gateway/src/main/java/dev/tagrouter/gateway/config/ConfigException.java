package dev.tagrouter.gateway.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** A mistake in the configuration: one line that names file, line, key, value and remedy. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1;

    /** The files that were read up to the mistake, or should have been. */
    private final transient List<Path> files;

    public ConfigException(String message) {
        super(message);
        this.files = List.of();
    }

    public ConfigException(String message, Throwable cause) {
        super(message, cause);
        this.files = List.of();
    }

    private ConfigException(ConfigException mistake, Collection<Path> files) {
        super(mistake.getMessage(), mistake);
        this.files = List.copyOf(files);
    }

    /** The same mistake, and which files to look at until it is mended. */
    ConfigException in(Collection<Path> read) {
        return new ConfigException(this, read);
    }

    /** The files in which the mistake may be mended, as far as they are known. */
    public List<Path> files() {
        return files;
    }
}
