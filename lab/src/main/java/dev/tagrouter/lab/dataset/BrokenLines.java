package dev.tagrouter.lab.dataset;

import dev.tagrouter.lab.LabException;
import java.util.ArrayList;
import java.util.List;

/** What to do with lines that cannot be read: refuse the file at the first, or leave them out, counted and named. */
public final class BrokenLines {
    private static final int NAMED = 10;

    private final boolean skip;
    private final List<String> named = new ArrayList<>();
    private long count;

    /** The choice as a command offers it. */
    public enum Policy {
        /** The first one ends the run. */
        REFUSE,
        /** They are left out. */
        SKIP
    }

    public BrokenLines(Policy policy) {
        this.skip = policy == Policy.SKIP;
    }

    /** A line is broken; throws the same where that ends the run. */
    public synchronized void add(LabException broken) throws LabException {
        if (!skip) {
            throw broken;
        }
        count++;
        if (named.size() < NAMED) {
            named.add(String.valueOf(broken.getMessage()));
        }
    }

    /** How many lines were left out. */
    public synchronized long count() {
        return count;
    }

    /** The first of them, each with its place and what is wrong. */
    public synchronized List<String> named() {
        return List.copyOf(named);
    }
}
