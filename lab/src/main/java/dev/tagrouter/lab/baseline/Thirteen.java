package dev.tagrouter.lab.baseline;

import java.util.List;

/** The thirteen baselines: p-values of "ours beats it" are corrected over these, whatever else stands in a table. */
public final class Thirteen {
    private static final List<String> NAMES = List.of("knn-40");

    private Thirteen() {}

    /** Whether a method of this name is one of them. */
    public static boolean has(String method) {
        return NAMES.contains(method);
    }
}
