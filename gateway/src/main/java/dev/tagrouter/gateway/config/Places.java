package dev.tagrouter.gateway.config;

import dev.tagrouter.core.tagging.PlainName;
import java.util.Map;

/**
 * Where each key of a configuration stands, so that a mistake found late still names its line.
 *
 * @param file the file's name, or what stands for it
 * @param lines line (from 1) by key path such as {@code models[0].price}
 * @param variables what must not be shown
 */
public record Places(String file, Map<String, Integer> lines, Variables variables) {
    /** The place of a configuration that was put together by a program. */
    public static final Places NONE = new Places("configuration", Map.of(), new Variables(Map.of()));

    public Places {
        lines = Map.copyOf(lines);
    }

    /** A mistake at a key, or at the nearest enclosing key that was written. */
    public ConfigException mistake(String key, String message) {
        String known = key;
        while (!known.isEmpty() && !lines.containsKey(known)) {
            known = known.substring(0, Math.max(0, Math.max(known.lastIndexOf('.'), known.lastIndexOf('['))));
        }
        Integer line = lines.get(known);
        return new ConfigException(file + (line == null ? "" : ":" + line) + ": " + PlainName.shown(key) + ": "
                + oneLine(variables.concealed(message)));
    }

    /** A message without what a terminal or a log would take for more than text. */
    static String oneLine(String message) {
        return message.replaceAll("\\p{Cntrl}+", " ");
    }
}
