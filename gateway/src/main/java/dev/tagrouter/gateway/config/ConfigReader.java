package dev.tagrouter.gateway.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code tagrouter.yaml}: the text and the whole; a reader for each part reads the rest. */
final class ConfigReader {
    private final Path file;
    private final YamlValue.Source source;

    private ConfigReader(Path file, Map<String, String> environment) {
        this.file = file;
        this.source = new YamlValue.Source(
                file.toString(), new Variables(environment), new HashMap<>(), new ArrayList<>(List.of(file)));
    }

    static GatewayConfig read(Path file, Map<String, String> environment) throws IOException, ConfigException {
        ConfigReader reader = new ConfigReader(file, environment);
        try {
            return reader.config(reader.compose());
        } catch (ConfigException e) {
            throw e.in(reader.source.files());
        }
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
                            + "; correct the line, in which a ${NAME} within { } or [ ] has to be quoted",
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
                .members(List.of("server", "upstreams", "models", "routing", "failure", "tagger", "admin"));
        ServerConfig server =
                ServerReader.read(YamlValue.present(top, "server"), YamlValue.present(top, "admin"), folder());
        List<UpstreamConfig> upstreams = UpstreamReader.read(YamlValue.present(top, "upstreams"), folder());
        List<ModelConfig> models = ModelReader.read(YamlValue.present(top, "models"), upstreams);
        RoutingConfig routing = RoutingReader.read(YamlValue.present(top, "routing"), folder());
        FailureConfig failure = FailureReader.read(YamlValue.present(top, "failure"));
        TaggerConfig tagger = TaggerReader.read(YamlValue.present(top, "tagger"), upstreams, folder());
        Places places = source.places();
        if (models.isEmpty() && !upstreams.isEmpty()) {
            throw places.mistake("models", "there are upstreams but no models; list the models they serve");
        }
        return new GatewayConfig(
                server, upstreams, models, routing, failure, tagger, GatewayConfig.LOCAL_OLLAMA, places);
    }

    private Path folder() {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return folder == null ? Path.of("") : folder;
    }
}
