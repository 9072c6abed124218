package dev.tagrouter.cli;

/** A command that could not do what was asked: exit code 1. The message names value, place and remedy. */
final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FailedException(String message) {
        super(message);
    }
}
