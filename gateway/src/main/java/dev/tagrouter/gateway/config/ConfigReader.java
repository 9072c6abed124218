package dev.tagrouter.gateway.config;

import dev.tagrouter.core.scoring.Price;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
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
        this.source = new YamlValue.Source(file.toString(), environment, new HashMap<>());
    }

    static GatewayConfig read(Path file, Map<String, String> environment) throws IOException, ConfigException {
        ConfigReader reader = new ConfigReader(file, environment);
        return reader.config(reader.compose());
    }

    private Optional<Node> compose() throws IOException, ConfigException {
        LoadSettings settings = LoadSettings.builder()
                .setUseMarks(true)
                .setLabel(file.toString())
                .build();
        try {
            return new Compose(settings).composeString(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new ConfigException(file + ": there is no such file; give the path of a tagrouter.yaml", e);
        } catch (CharacterCodingException e) {
            throw new ConfigException(file + ": is not UTF-8; save it as UTF-8", e);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new ConfigException(
                    file + ":" + line + ": the file is not YAML here: " + e.getProblem() + "; correct the line", e);
        } catch (YamlEngineException e) {
            String problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new ConfigException(file + ": the file is not YAML: " + problem + "; correct it", e);
        }
    }

    private GatewayConfig config(Optional<Node> root) throws ConfigException {
        if (root.isEmpty()) {
            throw new ConfigException(file + ": is empty; give server, upstreams, models or routing");
        }
        Map<String, YamlValue> top =
                new YamlValue(root.get(), "", source).members(List.of("server", "upstreams", "models", "routing"));
        ServerConfig server = server(YamlValue.present(top, "server"));
        List<UpstreamConfig> upstreams = upstreams(YamlValue.present(top, "upstreams"));
        List<ModelConfig> models = models(YamlValue.present(top, "models"), upstreams);
        RoutingConfig routing = routing(YamlValue.present(top, "routing"));
        Places places = new Places(source.file(), source.lines());
        if (models.isEmpty() && !upstreams.isEmpty()) {
            throw places.mistake("models", "there are upstreams but no models; list the models they serve");
        }
        return new GatewayConfig(server, upstreams, models, routing, GatewayConfig.LOCAL_OLLAMA, places);
    }

    private static ServerConfig server(@Nullable YamlValue value) throws ConfigException {
        ServerConfig server = ServerConfig.DEFAULT;
        if (value == null) {
            return server;
        }
        Map<String, YamlValue> m = value.members(List.of("host", "port", "api_key", "hosts", "max_body_bytes"));
        YamlValue host = YamlValue.present(m, "host");
        YamlValue port = YamlValue.present(m, "port");
        YamlValue hosts = YamlValue.present(m, "hosts");
        YamlValue max = YamlValue.present(m, "max_body_bytes");
        String hostName = host == null ? server.host() : host.text();
        int portNumber = port == null ? server.port() : port.integer(0, 65_535, "give a port such as 8080");
        Secret key = secret(m);
        List<String> hostNames = hosts == null ? server.hosts() : hosts.texts();
        int maxBytes = max == null
                ? server.maxBodyBytes()
                : max.integer(1, 1 << 30, "give the longest body in bytes, such as 16777216");
        return value.checked(() -> new ServerConfig(hostName, portNumber, key, hostNames, maxBytes));
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
                throw kind.mistake("'" + kind.text() + "' is no kind of upstream; the only kind is openai");
            }
            Secret key = secret(m);
            Timeouts timeouts = timeouts(YamlValue.present(m, "timeouts"));
            upstreams.add(url.checked(() -> new UpstreamConfig(entry.getKey(), URI.create(address), key, timeouts)));
        }
        return upstreams;
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
            throw value.mistake("'" + text + "' is no duration; give a number and a unit, such as 500ms, 5s or 2m");
        }
        long millisPerUnit = switch (matcher.group(2)) {
            case "ms" -> 1;
            case "s" -> 1000;
            case "m" -> 60_000;
            default -> 3_600_000;
        };
        return Duration.ofMillis(new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(millisPerUnit))
                .longValue());
    }

    private static List<ModelConfig> models(@Nullable YamlValue value, List<UpstreamConfig> upstreams)
            throws ConfigException {
        List<ModelConfig> models = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<String> known = upstreams.stream().map(UpstreamConfig::name).toList();
        for (YamlValue item : value == null ? List.<YamlValue>of() : value.items()) {
            Map<String, YamlValue> m =
                    item.members(List.of("name", "upstream", "upstream_model", "price", "capability"));
            YamlValue name = required(item, m, "name", "give the name that clients use");
            String nameText = name.text();
            YamlValue upstream = required(item, m, "upstream", "name one of the upstreams");
            String upstreamText = upstream.text();
            if (!known.contains(upstreamText)) {
                throw upstream.mistake("there is no upstream '" + upstreamText + "'; "
                        + (known.isEmpty() ? "add it under upstreams" : "known: " + String.join(", ", known)));
            }
            YamlValue upstreamModel = YamlValue.present(m, "upstream_model");
            String upstreamModelText = upstreamModel == null ? nameText : upstreamModel.text();
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

    private static @Nullable Price price(@Nullable YamlValue value) throws ConfigException {
        if (value == null) {
            return null;
        }
        Map<String, YamlValue> m = value.members(List.of("input", "output"));
        String remedy = "give USD per million tokens, 0 or more";
        double input = required(value, m, "input", remedy).number(remedy);
        double output = required(value, m, "output", remedy).number(remedy);
        return value.checked(() -> new Price(input, output));
    }

    private RoutingConfig routing(@Nullable YamlValue value) throws ConfigException {
        Path folder = file.toAbsolutePath().normalize().getParent();
        Path base = folder == null ? Path.of("") : folder;
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
