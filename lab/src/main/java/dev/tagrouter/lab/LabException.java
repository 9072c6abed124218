package dev.tagrouter.lab;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Offline work that cannot go on: the message names the place, the value and the remedy. */
public final class LabException extends IOException {
    private static final long serialVersionUID = 1;

    public LabException(String message) {
        super(message);
    }

    public LabException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
