package dev.tagrouter.benchmarks.comparison;

/** Something that a way needs is not on this machine: the message says what, and how to get it. */
final class Missing extends Exception {
    private static final long serialVersionUID = 1;

    Missing(String message) {
        super(message);
    }
}
