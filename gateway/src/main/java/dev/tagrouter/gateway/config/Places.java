package dev.tagrouter.gateway.config;

import dev.tagrouter.core.tagging.PlainName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where each key of a configuration stands, so that a mistake found late still names its line.
 *
 * @param file the file's name, or what stands for it
 * @param lines line (from 1) by key path such as {@code models[0].price}
 * @param variables what must not be shown
 * @param files what was read: the file itself and whatever it names
 */
public record Places(String file, Map<String, Integer> lines, Variables variables, List<Path> files) {
    /** The place of a configuration that was put together by a program. */
    public static final Places NONE = new Places("configuration", Map.of(), new Variables(Map.of()), List.of());

    public Places {
        lines = Map.copyOf(lines);
        files = List.copyOf(files);
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

    /** A text with the variables' names in the place of what they hold. */
    public String concealed(String text) {
        return variables.concealed(text);
    }

    /** A message without what a terminal or a log would take for more than text. */
    static String oneLine(String message) {
        return message.replaceAll("\\p{Cntrl}+", " ");
    }
}
