package dev.tagrouter.lab.baseline;

import java.util.List;

/** The thirteen baselines: p-values of "ours beats it" are corrected over these, whatever else stands in a table. */
public final class Thirteen {
    private static final List<String> NAMES = List.of(
            "knn",
            "mlp",
            "svm",
            "routellm-mf",
            "routellm-sw",
            "routellm-bert-lite",
            "hybridllm-det-lite",
            "hybridllm-prob-lite",
            "hybridllm-trans-lite",
            "forc-lite",
            "zooter-lite",
            "frugalgpt-lite",
            "avengers-pro");

    private Thirteen() {}

    /** Their names. */
    public static List<String> names() {
        return NAMES;
    }

    /** Whether a method of this name is one of them. */
    public static boolean has(String method) {
        return NAMES.contains(method);
    }
}
