package dev.tagrouter.gateway.config;

import org.jspecify.annotations.Nullable;

/** A key that must appear in no log, message or debugger line: only {@link #reveal()} gives it out. */
public final class Secret {
    private final String value;

    public Secret(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("the key is blank; leave it out or give one");
        }
        this.value = value;
    }

    /** The key itself. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
