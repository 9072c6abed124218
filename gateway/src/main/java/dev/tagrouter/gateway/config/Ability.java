package dev.tagrouter.gateway.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Something that a request can need of a model and that not every model can do. */
public enum Ability {
    /** Reads images. */
    VISION("reads no images"),
    /** Calls tools. */
    TOOLS("calls no tools"),
    /** Answers in JSON on demand. */
    JSON("answers in no JSON on demand");

    private final String lack;

    Ability(String lack) {
        this.lack = lack;
    }

    /** What is to be said of a model without it. */
    public String lack() {
        return lack;
    }

    /** Its name in the configuration and in requests. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The ability of a name, or null where there is none. */
    public static @Nullable Ability of(String label) {
        for (Ability ability : values()) {
            if (ability.label().equals(label)) {
                return ability;
            }
        }
        return null;
    }

    /** All names. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Ability::label).toList();
    }
}
