package dev.tagrouter.core.profile;

import java.io.IOException;

/** A profile that cannot be read or written: the message names the place, the value and the remedy. */
public final class ProfileException extends IOException {
    private static final long serialVersionUID = 1;

    public ProfileException(String message) {
        super(message);
    }

    public ProfileException(String message, Throwable cause) {
        super(message, cause);
    }
}
