package dev.tagrouter.gateway.config;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** The variables of the environment that a file refers to: what they hold may be a secret and is never shown. */
public final class Variables {
    /** Nobody's secret is shorter, and short values stand in every message by chance. */
    private static final int SHORTEST_SECRET = 4;

    private final Map<String, String> environment;
    private final Map<String, String> used = new TreeMap<>();

    Variables(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The value of a variable, or "" where it is not set. */
    String value(String name) {
        String value = environment.getOrDefault(name, "");
        used.put(name, value);
        return value;
    }

    /** A message with the variables' names in the place of what they hold. */
    String concealed(String message) {
        String[] shown = {message};
        used.entrySet().stream()
                .filter(variable -> variable.getValue().length() >= SHORTEST_SECRET)
                .sorted(Comparator.comparingInt(variable -> -variable.getValue().length()))
                .forEach(variable -> shown[0] = shown[0].replace(variable.getValue(), "${" + variable.getKey() + "}"));
        return shown[0];
    }

    @Override
    public String toString() {
        return used.keySet().toString();
    }
}
