package dev.tagrouter.learning;

/** Told how far long work has come, possibly by several threads at once; the command line shows it as a bar. */
@FunctionalInterface
public interface Progress {
    /**
     * Reports the state of one step.
     *
     * @param step what is being done, in a few words
     * @param done units done so far
     * @param total units in all, or 0 if unknown
     */
    void report(String step, long done, long total);

    /** Says nothing. */
    static Progress silent() {
        return (step, done, total) -> {};
    }
}
