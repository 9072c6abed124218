package dev.tagrouter.benchmarks.comparison;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A way for a request to reach the stub upstream. */
public enum Way {
    /** Without anything between. */
    DIRECT("straight to the stub"),
    /** Through nginx. */
    NGINX("nginx, proxy_pass"),
    /** Through Portkey's gateway. */
    PORTKEY("Portkey's gateway"),
    /** Through TagRouter, with the model named by the client. */
    NAMED("TagRouter, a named model"),
    /** Through TagRouter, which decides. */
    ROUTED("TagRouter, routed");

    private final String label;

    Way(String label) {
        this.label = label;
    }

    /** What a table calls it. */
    public String label() {
        return label;
    }

    /** What an option and JSON call it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The keys of all. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(Way::key).toList();
    }
}
