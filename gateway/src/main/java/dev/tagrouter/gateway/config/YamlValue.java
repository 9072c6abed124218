package dev.tagrouter.gateway.config;

import dev.tagrouter.core.tagging.PlainName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One value of the file with its key path: gives it out as the type asked for, or says what is wrong with it. */
final class YamlValue {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

    private final Node node;
    private final String key;
    private final Source source;

    /** What all values of a file share: its name, the environment, the lines of its keys, and what else was read. */
    record Source(String file, Variables variables, Map<String, Integer> lines, List<Path> files) {
        Places places() {
            return new Places(file, lines, variables, files);
        }
    }

    YamlValue(Node node, String key, Source source) {
        this.node = node;
        this.key = key;
        this.source = source;
        source.lines().put(key, line());
    }

    private int line() {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    String key() {
        return key;
    }

    boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    ConfigException mistake(String message) {
        return source.places().mistake(key.isEmpty() ? "the file" : key, message);
    }

    /** The members of a mapping whose keys are all among {@code known}. */
    Map<String, YamlValue> members(List<String> known) throws ConfigException {
        Map<String, YamlValue> members = members();
        for (Map.Entry<String, YamlValue> member : members.entrySet()) {
            if (!known.contains(member.getKey())) {
                throw member.getValue()
                        .mistake("unknown key '" + PlainName.shown(member.getKey()) + "'; did you mean '"
                                + NearestName.of(member.getKey(), known, 1).getFirst() + "'? known keys: "
                                + String.join(", ", known));
            }
        }
        return members;
    }

    /** The members of a mapping with any keys, each at most once. */
    Map<String, YamlValue> members() throws ConfigException {
        if (!(node instanceof MappingNode mapping)) {
            throw mistake("is " + kind() + "; give a mapping of keys to values");
        }
        Map<String, YamlValue> members = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                throw mistake("holds a key that is not plain text; give plain keys");
            }
            String path = key.isEmpty() ? name.getValue() : key + "." + name.getValue();
            YamlValue at = new YamlValue(name, path, source);
            if (members.containsKey(name.getValue())) {
                throw at.mistake("the key '" + PlainName.shown(name.getValue()) + "' stands twice; keep one");
            }
            YamlValue value = new YamlValue(tuple.getValueNode(), path, source);
            source.lines().put(path, at.line());
            members.put(name.getValue(), value);
        }
        return members;
    }

    List<YamlValue> items() throws ConfigException {
        if (!(node instanceof SequenceNode sequence)) {
            throw mistake("is " + kind() + "; give a list");
        }
        List<YamlValue> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new YamlValue(item, key + "[" + items.size() + "]", source));
        }
        return items;
    }

    List<String> texts() throws ConfigException {
        List<String> texts = new ArrayList<>();
        for (YamlValue item : items()) {
            texts.add(item.text());
        }
        return texts;
    }

    /** The text of a scalar with variables of the environment put in. */
    String text() throws ConfigException {
        if (!(node instanceof ScalarNode scalar)) {
            throw mistake("is " + kind() + "; give plain text");
        }
        if (isNull()) {
            throw mistake("has no value; give one or leave the key out");
        }
        Matcher matcher = VARIABLE.matcher(scalar.getValue());
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            String value = source.variables().value(name);
            if (value.isBlank()) {
                throw mistake("the environment variable '" + PlainName.shown(name) + "' is not set; export "
                        + PlainName.shown(name) + "=... or leave the key out");
            }
            matcher.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(text).toString();
    }

    /** The same, where nothing is not enough. */
    String filledText() throws ConfigException {
        String text = text();
        if (text.isBlank()) {
            throw mistake("is blank; give a value or leave the key out");
        }
        return text;
    }

    /** A file that is named here was read. */
    void alsoRead(Path file) {
        source.files().add(file);
    }

    /** The text of a file that is named here, relative to a folder. */
    String fileText(Path base) throws ConfigException {
        String name = filledText();
        String reason;
        try {
            Path file = base.resolve(name);
            alsoRead(file);
            if (Files.isRegularFile(file)) {
                return Files.readString(file, StandardCharsets.ISO_8859_1);
            }
            reason = "there is no such file";
        } catch (IOException | InvalidPathException e) {
            reason = "it cannot be opened";
        }
        throw mistake("the file '" + PlainName.shown(name) + "' cannot be read (" + reason
                + "); give the path of a readable file, relative to the configuration");
    }

    double number(String remedy) throws ConfigException {
        String text = text();
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw mistake("'" + PlainName.shown(text) + "' is not a number; " + remedy);
    }

    int integer(int least, int most, String remedy) throws ConfigException {
        String text = text();
        try {
            int number = Integer.parseInt(text.replace("_", ""));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw mistake(
                "'" + PlainName.shown(text) + "' is no whole number from " + least + " to " + most + "; " + remedy);
    }

    /** Builds something whose own checks become mistakes at this key. */
    <T> T checked(Building<T> building) throws ConfigException {
        try {
            return building.build();
        } catch (IllegalArgumentException e) {
            String message = e.getMessage();
            throw mistake(message == null ? "is not accepted" : message);
        }
    }

    /** Something that is built from values that may be refused. */
    interface Building<T> {
        T build() throws ConfigException;
    }

    /** Whether what stands here may be a key, so that no message shows it. */
    private boolean isSecret() {
        return key.contains("api_key");
    }

    private String kind() {
        if (node instanceof MappingNode) {
            return "a mapping";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        return isNull() ? "empty" : isSecret() ? "a text" : "'" + PlainName.shown(((ScalarNode) node).getValue()) + "'";
    }

    static @Nullable YamlValue present(Map<String, YamlValue> members, String name) {
        YamlValue value = members.get(name);
        return value == null || value.isNull() ? null : value;
    }
}
