package dev.tagrouter.gateway.config;

import dev.tagrouter.client.AnswerForm;
import dev.tagrouter.client.TagPrompt;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.tagging.PlainName;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code tagrouter.yaml}: one method for each part of the file, in the file's order. */
final class ConfigReader {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m|h)");

    private final Path file;
    private final YamlValue.Source source;

    private ConfigReader(Path file, Map<String, String> environment) {
        this.file = file;
        this.source = new YamlValue.Source(file.toString(), new Variables(environment), new HashMap<>());
    }

    static GatewayConfig read(Path file, Map<String, String> environment) throws IOException, ConfigException {
        ConfigReader reader = new ConfigReader(file, environment);
        return reader.config(reader.compose());
    }

    private Optional<Node> compose() throws IOException, ConfigException {
        LoadSettings settings = LoadSettings.builder()
                .setUseMarks(true)
                .setAllowNonScalarKeys(true)
                .setLabel(file.toString())
                .build();
        try {
            return new Compose(settings).composeString(text());
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new ConfigException(
                    file + ":" + line + ": the file is not YAML here: " + problem(e.getProblem())
                            + "; correct the line",
                    e);
        } catch (YamlEngineException e) {
            String problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new ConfigException(file + ":1: the file is not YAML: " + problem(problem) + "; correct it", e);
        } catch (StackOverflowError e) {
            throw new ConfigException(
                    file + ":1: the file is nested too deeply; no key needs more than four levels", e);
        }
    }

    /** What the YAML reader says, without the name of an alias: an unquoted key may begin with a star. */
    private static String problem(String problem) {
        return problem.startsWith("found undefined alias")
                ? "found undefined alias: put quotes around a value that begins with *"
                : Places.oneLine(problem);
    }

    private String text() throws IOException, ConfigException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new ConfigException(file + ": there is no such file; give the path of a tagrouter.yaml", e);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        if (StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError()) {
            throw new ConfigException(
                    file + ":" + line(bytes, in.position()) + ": is not UTF-8 text here; save the file as UTF-8");
        }
        String text = out.flip().toString();
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i)) && "\t\n\r\u0085".indexOf(text.charAt(i)) < 0) {
                throw new ConfigException(
                        file + ":" + text.substring(0, i + 1).lines().count()
                                + ": holds a control character; remove it, or write it as an escape in double quotes");
            }
        }
        return text;
    }

    private static int line(byte[] bytes, int position) {
        int line = 1;
        for (int i = 0; i < position; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    private GatewayConfig config(Optional<Node> root) throws ConfigException {
        if (root.isEmpty()) {
            throw new ConfigException(file + ":1: is empty; give server, upstreams, models or routing");
        }
        Map<String, YamlValue> top = new YamlValue(root.get(), "", source)
                .members(List.of("server", "upstreams", "models", "routing", "tagger"));
        ServerConfig server = server(YamlValue.present(top, "server"));
        List<UpstreamConfig> upstreams = upstreams(YamlValue.present(top, "upstreams"));
        List<ModelConfig> models = models(YamlValue.present(top, "models"), upstreams);
        RoutingConfig routing = routing(YamlValue.present(top, "routing"));
        TaggerConfig tagger = tagger(YamlValue.present(top, "tagger"), upstreams);
        Places places = source.places();
        if (models.isEmpty() && !upstreams.isEmpty()) {
            throw places.mistake("models", "there are upstreams but no models; list the models they serve");
        }
        return new GatewayConfig(server, upstreams, models, routing, tagger, GatewayConfig.LOCAL_OLLAMA, places);
    }

    private static ServerConfig server(@Nullable YamlValue value) throws ConfigException {
        ServerConfig server = ServerConfig.DEFAULT;
        if (value == null) {
            return server;
        }
        Map<String, YamlValue> m =
                value.members(List.of("host", "port", "api_key", "hosts", "max_body_bytes", "timeouts"));
        YamlValue host = YamlValue.present(m, "host");
        YamlValue port = YamlValue.present(m, "port");
        YamlValue hosts = YamlValue.present(m, "hosts");
        YamlValue max = YamlValue.present(m, "max_body_bytes");
        String hostName = host == null ? server.host() : host.filledText();
        int portNumber = port == null ? server.port() : port.integer(0, 65_535, "give a port such as 8080");
        Secret key = secret(m);
        List<String> hostNames = new ArrayList<>();
        for (YamlValue item : hosts == null ? List.<YamlValue>of() : hosts.items()) {
            String name = item.text();
            hostNames.add(item.checked(() -> ServerConfig.requireHostName(name)));
        }
        int maxBytes = max == null
                ? server.maxBodyBytes()
                : max.integer(1, 1 << 30, "give the longest body in bytes, such as 16777216");
        ClientTimeouts timeouts = clientTimeouts(YamlValue.present(m, "timeouts"));
        return value.checked(() -> new ServerConfig(hostName, portNumber, key, hostNames, maxBytes, timeouts));
    }

    private static ClientTimeouts clientTimeouts(@Nullable YamlValue value) throws ConfigException {
        ClientTimeouts usual = ClientTimeouts.DEFAULT;
        if (value == null) {
            return usual;
        }
        Map<String, YamlValue> m = value.members(List.of("head", "body", "keep_alive"));
        Duration head = duration(YamlValue.present(m, "head"), usual.head());
        Duration body = duration(YamlValue.present(m, "body"), usual.body());
        Duration keepAlive = duration(YamlValue.present(m, "keep_alive"), usual.keepAlive());
        return value.checked(() -> new ClientTimeouts(head, body, keepAlive));
    }

    private static @Nullable Secret secret(Map<String, YamlValue> members) throws ConfigException {
        YamlValue value = YamlValue.present(members, "api_key");
        if (value == null) {
            return null;
        }
        String text = value.text();
        if (text.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw value.mistake("the key holds a line break or a character outside ASCII; give the key alone");
        }
        return value.checked(() -> new Secret(text));
    }

    private static List<UpstreamConfig> upstreams(@Nullable YamlValue value) throws ConfigException {
        List<UpstreamConfig> upstreams = new ArrayList<>();
        if (value == null) {
            return upstreams;
        }
        for (Map.Entry<String, YamlValue> entry : value.members().entrySet()) {
            Map<String, YamlValue> m = entry.getValue().members(List.of("base_url", "api_key", "kind", "timeouts"));
            YamlValue url = required(entry.getValue(), m, "base_url", "give one such as http://127.0.0.1:8000/v1");
            String address = url.text();
            YamlValue kind = YamlValue.present(m, "kind");
            if (kind != null && !kind.text().equals("openai")) {
                throw kind.mistake(
                        "'" + PlainName.shown(kind.text()) + "' is no kind of upstream; the only kind is openai");
            }
            Secret key = secret(m);
            Timeouts timeouts = timeouts(YamlValue.present(m, "timeouts"));
            URI uri = uri(url, address);
            upstreams.add(url.checked(() -> new UpstreamConfig(entry.getKey(), uri, key, timeouts)));
        }
        return upstreams;
    }

    /** The JDK's own message repeats the address, which may hold a password. */
    private static URI uri(YamlValue value, String address) throws ConfigException {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            throw value.mistake("the address is not valid at its character " + (e.getIndex() + 1)
                    + "; give one such as http://127.0.0.1:8000/v1");
        }
    }

    private static YamlValue required(YamlValue owner, Map<String, YamlValue> members, String name, String remedy)
            throws ConfigException {
        YamlValue value = YamlValue.present(members, name);
        if (value == null) {
            throw owner.mistake("the key '" + name + "' is missing; " + remedy);
        }
        return value;
    }

    private static Timeouts timeouts(@Nullable YamlValue value) throws ConfigException {
        if (value == null) {
            return Timeouts.DEFAULT;
        }
        Map<String, YamlValue> m = value.members(List.of("connect", "first_byte", "idle", "client"));
        Duration connect = duration(YamlValue.present(m, "connect"), Timeouts.DEFAULT.connect());
        Duration firstByte = duration(YamlValue.present(m, "first_byte"), Timeouts.DEFAULT.firstByte());
        Duration idle = duration(YamlValue.present(m, "idle"), Timeouts.DEFAULT.idle());
        Duration client = duration(YamlValue.present(m, "client"), Timeouts.DEFAULT.client());
        return value.checked(() -> new Timeouts(connect, firstByte, idle, client));
    }

    private static Duration duration(@Nullable YamlValue value, Duration otherwise) throws ConfigException {
        if (value == null) {
            return otherwise;
        }
        String text = value.text();
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw value.mistake("'" + PlainName.shown(text)
                    + "' is no duration; give a number and a unit, such as 500ms, 5s or 2m");
        }
        long millisPerUnit = switch (matcher.group(2)) {
            case "ms" -> 1;
            case "s" -> 1000;
            case "m" -> 60_000;
            default -> 3_600_000;
        };
        Duration given = Duration.ofMillis(new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(millisPerUnit))
                .longValue());
        return value.checked(() -> Timeouts.require("it", given));
    }

    private static List<ModelConfig> models(@Nullable YamlValue value, List<UpstreamConfig> upstreams)
            throws ConfigException {
        List<ModelConfig> models = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<String> known = names(upstreams);
        for (YamlValue item : value == null ? List.<YamlValue>of() : value.items()) {
            Map<String, YamlValue> m =
                    item.members(List.of("name", "upstream", "upstream_model", "price", "capability"));
            YamlValue name = required(item, m, "name", "give the name that clients use");
            String nameText = name.text();
            YamlValue upstream = required(item, m, "upstream", "name one of the upstreams");
            String upstreamText = knownUpstream(upstream, known);
            YamlValue upstreamModel = YamlValue.present(m, "upstream_model");
            String upstreamModelText = upstreamModel == null ? nameText : upstreamModel.filledText();
            Price price = price(YamlValue.present(m, "price"));
            YamlValue capability = YamlValue.present(m, "capability");
            String column = capability == null ? null : capability.text();
            models.add(name.checked(() -> new ModelConfig(nameText, upstreamText, upstreamModelText, price, column)));
            if (!names.add(nameText)) {
                throw name.mistake("the model '" + nameText + "' stands twice; rename or remove one");
            }
        }
        return models;
    }

    private static List<String> names(List<UpstreamConfig> upstreams) {
        return upstreams.stream().map(UpstreamConfig::name).toList();
    }

    private static String knownUpstream(YamlValue value, List<String> known) throws ConfigException {
        String name = value.text();
        if (!known.contains(name)) {
            throw value.mistake("there is no upstream '" + PlainName.shown(name) + "'; "
                    + (known.isEmpty() ? "add it under upstreams" : "known: " + String.join(", ", known)));
        }
        return name;
    }

    private static @Nullable Price price(@Nullable YamlValue value) throws ConfigException {
        if (value == null) {
            return null;
        }
        Map<String, YamlValue> m = value.members(List.of("input", "output"));
        String remedy = "give USD per million tokens, 0 or more";
        YamlValue input = required(value, m, "input", remedy);
        YamlValue output = required(value, m, "output", remedy);
        double inputUsd = input.number(remedy);
        double outputUsd = output.number(remedy);
        input.checked(() -> new Price(inputUsd, 0));
        return output.checked(() -> new Price(inputUsd, outputUsd));
    }

    private @Nullable TaggerConfig tagger(@Nullable YamlValue value, List<UpstreamConfig> upstreams)
            throws ConfigException {
        if (value == null) {
            return null;
        }
        Map<String, YamlValue> m =
                value.members(List.of("upstream", "model", "deadline", "form", "prompt", "cache_entries", "alignment"));
        String upstream = knownUpstream(required(value, m, "upstream", "name one of the upstreams"), names(upstreams));
        String model =
                required(value, m, "model", "give what the upstream calls it").filledText();
        Duration deadline = duration(YamlValue.present(m, "deadline"), TaggerConfig.DEADLINE);
        AnswerForm form = form(YamlValue.present(m, "form"));
        YamlValue promptFile = YamlValue.present(m, "prompt");
        TagPrompt prompt = promptFile == null ? TagPrompt.standard(form) : prompt(promptFile);
        YamlValue cache = YamlValue.present(m, "cache_entries");
        int entries = cache == null
                ? TaggerConfig.CACHE_ENTRIES
                : cache.integer(
                        0, TaggerConfig.MOST_CACHE_ENTRIES, "give how many queries' tags to keep, such as 10000");
        TaggerConfig.Alignment alignment = alignment(YamlValue.present(m, "alignment"));
        return value.checked(() -> new TaggerConfig(upstream, model, deadline, form, prompt, entries, alignment));
    }

    private static TaggerConfig.Alignment alignment(@Nullable YamlValue value) throws ConfigException {
        if (value == null) {
            return TaggerConfig.Alignment.EXACT;
        }
        String name = value.text();
        return switch (name) {
            case "exact" -> TaggerConfig.Alignment.EXACT;
            case "similar" -> TaggerConfig.Alignment.SIMILAR;
            default -> throw value.mistake("'" + PlainName.shown(name) + "' is no alignment; give exact or similar");
        };
    }

    private static AnswerForm form(@Nullable YamlValue value) throws ConfigException {
        if (value == null) {
            return AnswerForm.JSON;
        }
        String name = value.text();
        return switch (name) {
            case "json" -> AnswerForm.JSON;
            case "taggenerator" -> AnswerForm.TAGGENERATOR;
            default -> throw value.mistake("'" + PlainName.shown(name) + "' is no form; give json or taggenerator");
        };
    }

    private TagPrompt prompt(YamlValue value) throws ConfigException {
        try {
            return TagPrompt.read(folder().resolve(value.filledText()));
        } catch (IOException | InvalidPathException e) {
            throw value.mistake(String.valueOf(e.getMessage()));
        }
    }

    private Path folder() {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return folder == null ? Path.of("") : folder;
    }

    private RoutingConfig routing(@Nullable YamlValue value) throws ConfigException {
        Path base = folder();
        if (value == null) {
            return RoutingConfig.of(new ProfileSource.Named(ProfileSource.DEFAULT, base));
        }
        Map<String, YamlValue> m = value.members(List.of("profile", "theta", "default_model", "models"));
        YamlValue profile = YamlValue.present(m, "profile");
        YamlValue theta = YamlValue.present(m, "theta");
        YamlValue defaultModel = YamlValue.present(m, "default_model");
        YamlValue models = YamlValue.present(m, "models");
        return new RoutingConfig(
                new ProfileSource.Named(profile == null ? ProfileSource.DEFAULT : profile.text(), base),
                theta == null ? null : (Double) theta.number("give one from -1 (cheapest) to 1 (best)"),
                defaultModel == null ? null : defaultModel.text(),
                models == null ? List.of() : models.texts());
    }
}
