package dev.tagrouter.lab;

/** Told how far long work has come; the command line shows it as a bar. */
@FunctionalInterface
public interface Progress {
    /**
     * Reports the state of one step.
     *
     * @param step what is being done, in a few words
     * @param done units done, from 0 to {@code total}
     * @param total units in all, or 0 if unknown
     */
    void report(String step, long done, long total);

    /** Says nothing. */
    static Progress silent() {
        return (step, done, total) -> {};
    }
}
