package dev.tagrouter.cli;

/** Arguments that cannot be meant: exit code 2. The message names the value and the remedy. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
