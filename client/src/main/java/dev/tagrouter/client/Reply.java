package dev.tagrouter.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one HTTP call. */
sealed interface Reply {
    /**
     * The model said something, possibly nothing.
     *
     * @param cutOff whether it ran into the limit of tokens
     */
    record Said(String text, boolean cutOff, Usage usage) implements Reply {}

    /**
     * A status other than 200.
     *
     * @param retryAfter how long the server asks to wait, or null where it does not say
     */
    record Refused(int status, String message, @Nullable Duration retryAfter) implements Reply {
        boolean isAboutTheRequest() {
            return status == 400 || status == 422;
        }
    }

    /** Status 200, and no chat completion. */
    record Garbled(String message) implements Reply {}

    /** No connection, or a broken one. */
    record Unreachable(String message) implements Reply {}

    /** Not done by the deadline. */
    record TimedOut(String message) implements Reply {}
}
