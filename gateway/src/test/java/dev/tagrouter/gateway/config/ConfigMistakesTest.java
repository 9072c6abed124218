package dev.tagrouter.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tagrouter.core.testing.TinyProfile;
import dev.tagrouter.gateway.Certificates;
import dev.tagrouter.gateway.flow.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key with every kind of mistake: the message names file, line, key and remedy, on one line, and no secret. */
class ConfigMistakesTest {
    private static final String CANARY = "canary-in-the-environment";
    private static final String WHOLE = """
            server:
              host: 127.0.0.1
              port: 0
              api_key: canary-key
              hosts: [gate.example]
              max_body_bytes: 1000
              timeouts:
                head: 20s
                body: 2m
                keep_alive: 75s
                drain: 30s
              max_connections: 10
              tls:
                cert: server.crt
                key: server.key
              cors:
                origins: [http://a.example]
            upstreams:
              cloud:
                base_url: http://127.0.0.1:1/v1
                api_key: canary-key
                kind: openai
                apis: [chat]
                timeouts:
                  connect: 5s
                  first_byte: 5m
                  idle: 60s
                  client: 60s
              inside:
                base_url: https://127.0.0.1:2/v1
                tls:
                  ca: server.crt
            models:
              - name: small
                upstream: cloud
                upstream_model: vendor/small
                price:
                  input: 1
                  output: 2
                  cached_input: 0.5
                capability: small
                context: 8192
                supports: [tools]
                fallbacks: [big]
              - name: big
                upstreams:
                  - upstream: cloud
                    weight: 2
            routing:
              profile: default
              theta: 0
              default_model: small
              models: [small]
              aliases:
                best: small
              sessions:
                entries: 10
                idle: 30m
                prompt_cache: 5m
            failure:
              attempts: 5
              retries: 2
              pause: 100ms
              longest_pause: 2s
              retry_after: 10s
              total: 1h
              breaker:
                failures: 5
                window: 20
                cooldown: 5s
                longest_cooldown: 2m
            tagger:
              upstream: cloud
              model: vendor/tagger
              deadline: 300ms
              form: json
              prompt: prompt.txt
              cache_entries: 10
              alignment: exact
            admin:
              host: 127.0.0.1
              port: 8081
              api_key: canary-admin
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @TempDir
    private static Path shared = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private static Certificates.Pair pair;

    @BeforeAll
    static void makeCertificate() throws Exception {
        pair = Certificates.make(shared, "server", "EC", "dns:localhost");
    }

    /** A key as it stands in the file above, the line it is on, and values that it must not have. */
    record Key(String path, int line, List<String> wrong) {
        @Override
        public String toString() {
            return path;
        }
    }

    static Stream<Key> keys() {
        List<String> duration = List.of("5", "soon", "0s", "-1s", "25h", "[5s]", "{}", "99999999999s");
        List<String> text = List.of("[a]", "{a: b}", "\"\"", "\"a\\nb\"");
        return Stream.of(
                key("server", "x", "[x]"),
                key("server.host", "[a]", "{a: b}", "\"\""),
                key("server.port", "x", "-1", "65536", "1.5", "[1]", "99999999999999999999", "${SECRET}"),
                key(
                        "server.api_key",
                        "[canary-key]",
                        "{canary: key}",
                        "\"\"",
                        "\"canary\\nkey\"",
                        "caf\u00e9-canary",
                        "*canary-key"),
                key("server.hosts", "a", "{a: b}", "[[a]]", "[\"\"]", "[\"gate.example:80\"]", "[\"http://a\"]"),
                key("server.max_body_bytes", "x", "0", "-1", "2000000000", "1e3", "[1]"),
                key("server.timeouts", "5s", "[5s]"),
                new Key("server.timeouts.head", 8, duration),
                new Key("server.timeouts.body", 9, duration),
                new Key("server.timeouts.keep_alive", 10, duration),
                new Key("server.timeouts.drain", 11, duration),
                key("server.max_connections", "x", "0", "1000001", "1.5", "[1]"),
                key("server.tls", "x", "[x]", "{cert: server.crt}"),
                key("server.tls.cert", "none.crt", "server.key", "[a]", "\"\"", "${SECRET}"),
                key("server.tls.key", "none.key", "server.crt", "[a]", "\"\"", "${SECRET}"),
                key("server.cors", "x", "[x]", "{}"),
                key("server.cors.origins", "x", "[\"*\"]", "[a.example]", "[http://a/b]", "[\"${SECRET}\"]"),
                key("admin", "x", "[x]", "{port: 1}"),
                key("admin.host", "[a]", "{a: b}", "\"\""),
                key("admin.port", "x", "-1", "65536", "[1]", "${SECRET}"),
                key("admin.api_key", "[canary-key]", "\"\"", "canary-key"),
                key("upstreams.inside.tls", "x", "[x]", "{}"),
                key("upstreams.inside.tls.ca", "none.crt", "server.key", "[a]", "\"\""),
                key("upstreams", "x", "[x]"),
                key(
                        "upstreams.cloud.base_url",
                        "[a]",
                        "ftp://x",
                        "/v1",
                        "http://u:canary@x",
                        "\"http://u:canary key@x\"",
                        "http://x?key=canary",
                        "http://x#canary",
                        "http://x:99999",
                        "http://x:0",
                        "\"http://a b\"",
                        "http://a_b.example",
                        "\"http://${SECRET} x\"",
                        "\"\""),
                key("upstreams.cloud.api_key", "[canary-key]", "\"\"", "\"canary\\tkey\"", "*canary-key"),
                key("upstreams.cloud.kind", "bedrock", "[openai]", "${SECRET}"),
                key(
                        "upstreams.cloud.apis",
                        "chat",
                        "[]",
                        "[completions]",
                        "[chat, chat]",
                        "[[chat]]",
                        "[\"${SECRET}\"]"),
                key("upstreams.cloud.timeouts", "5s", "[5s]"),
                new Key("upstreams.cloud.timeouts.connect", 25, duration),
                new Key("upstreams.cloud.timeouts.first_byte", 26, duration),
                new Key("upstreams.cloud.timeouts.idle", 27, duration),
                new Key("upstreams.cloud.timeouts.client", 28, duration),
                key("models", "x", "{a: b}"),
                new Key(
                        "models[0].name",
                        34,
                        Stream.concat(
                                        text.stream(),
                                        Stream.of("auto", "auto:1", "\"a,b\"", "\"" + "x".repeat(300) + "\""))
                                .toList()),
                key("models[0].upstream", "nope", "[cloud]", "\"\"", "${SECRET}"),
                key("models[0].upstream_model", "[a]", "{a: b}", "\"\""),
                key("models[0].price", "1", "[1, 2]", "{input: 1}"),
                key("models[0].price.input", "x", "-1", "NaN", ".inf", "1e300", "1e999", "[1]", "${SECRET}"),
                key("models[0].price.output", "x", "-1", "NaN", "Infinity", "1e300", "[1]"),
                key("models[0].price.cached_input", "x", "-1", "1.5", "NaN", "[1]", "${SECRET}"),
                key("models[0].context", "x", "0", "-1", "8k", "1.5", "[1]", "${SECRET}"),
                key("models[0].supports", "tools", "{a: b}", "[audio]", "[[tools]]", "[\"${SECRET}\"]"),
                key("models[0].capability", "nope", "[small]", "\"\"", "${SECRET}"),
                key("models[0].fallbacks", "big", "{a: b}", "[nope]", "[small]", "[big, big]", "[\"${SECRET}\"]"),
                key("models[1].upstreams", "cloud", "{a: b}", "[]", "[nope]", "[cloud, cloud]", "[{weight: 1}]"),
                key("models[1].upstreams[0].weight", "x", "0", "1001", "1.5", "[1]"),
                key("routing", "x", "[x]"),
                key("routing.profile", "[a]", "{a: b}"),
                key("routing.theta", "x", "2", "-1.5", "NaN", ".nan", "[0]", "${SECRET}"),
                key("routing.default_model", "nope", "[small]", "${SECRET}"),
                key("routing.models", "small", "{a: b}", "[nope]", "[small, small]", "[\"${SECRET}\"]"),
                key("routing.aliases", "small", "[small]"),
                key("routing.aliases.best", "nope", "auto:2", "auto:x", "[small]", "\"\"", "${SECRET}"),
                key("routing.sessions", "5", "[5]"),
                key("routing.sessions.entries", "x", "-1", "10000001", "1.5", "[1]"),
                new Key("routing.sessions.idle", 58, duration),
                new Key("routing.sessions.prompt_cache", 59, duration),
                key("failure", "x", "[x]"),
                key("failure.attempts", "x", "0", "21", "1.5", "[1]", "${SECRET}"),
                key("failure.retries", "x", "-1", "11", "[1]"),
                new Key("failure.pause", 63, duration),
                new Key(
                        "failure.longest_pause",
                        64,
                        Stream.concat(duration.stream(), Stream.of("50ms")).toList()),
                new Key("failure.retry_after", 65, duration),
                new Key("failure.total", 66, duration),
                key("failure.breaker", "5", "[5]"),
                key("failure.breaker.failures", "x", "0", "21", "[1]"),
                key("failure.breaker.window", "x", "0", "65", "[1]"),
                new Key("failure.breaker.cooldown", 70, duration),
                new Key(
                        "failure.breaker.longest_cooldown",
                        71,
                        Stream.concat(duration.stream(), Stream.of("1s")).toList()),
                key("tagger", "x", "[x]"),
                key("tagger.upstream", "nope", "[cloud]", "\"\"", "${SECRET}"),
                key("tagger.model", "[a]", "{a: b}", "\"\""),
                new Key("tagger.deadline", 75, duration),
                key("tagger.form", "xml", "[json]", "JSON", "${SECRET}"),
                key("tagger.prompt", "none.txt", "[prompt.txt]", "\"\"", "${SECRET}"),
                key("tagger.alignment", "nearest", "[exact]", "\"\"", "${SECRET}"),
                key("tagger.cache_entries", "x", "-1", "1000001", "[1]"));
    }

    private static Key key(String path, String... wrong) {
        String last = path.substring(path.lastIndexOf('.') + 1);
        String[] lines = WHOLE.split("\n", -1);
        int from = path.startsWith("server")
                ? 0
                : path.startsWith("upstreams")
                        ? 17
                        : path.startsWith("models")
                                ? 31
                                : path.startsWith("routing")
                                        ? 47
                                        : path.startsWith("failure") ? 58 : path.startsWith("admin") ? 79 : 70;
        for (int i = from; i < lines.length; i++) {
            if (lines[i].strip().replaceFirst("^- ", "").startsWith(last + ":")) {
                return new Key(path, i + 1, List.of(wrong));
            }
        }
        throw new AssertionError(path);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyWrongValueIsNamedWithItsPlace(Key key) {
        for (String wrong : key.wrong()) {
            String message = refused(replaced(key, wrong), key.line());
            if (!wrong.startsWith("*")) {
                assertThat(message).as(wrong).contains(key.path());
            }
        }
    }

    /** The file with another value for a key; what stood below the key goes. */
    private static String replaced(Key key, String value) {
        String[] lines = WHOLE.split("\n", -1);
        String line = lines[key.line() - 1];
        int indent = line.length() - line.stripLeading().length();
        StringBuilder out = new StringBuilder();
        boolean below = false;
        for (int i = 0; i < lines.length; i++) {
            if (i == key.line() - 1) {
                out.append(line, 0, line.indexOf(':') + 1)
                        .append(' ')
                        .append(value)
                        .append('\n');
                below = true;
                continue;
            }
            int own = lines[i].length() - lines[i].stripLeading().length();
            below = below && own > indent && !line.stripLeading().startsWith("- ");
            if (!below) {
                out.append(lines[i]).append('\n');
            }
        }
        return out.toString();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aMisspeltKeyIsAdvisedAndADoubledOneRefused(Key key) {
        String[] lines = WHOLE.split("\n", -1);
        String line = lines[key.line() - 1];
        String name = line.strip().replaceFirst("^- ", "");
        name = name.substring(0, name.indexOf(':'));
        boolean freelyNamed = key.path().equals("upstreams.cloud") || key.path().equals("routing.aliases.best");
        if (!freelyNamed) {
            lines[key.line() - 1] = line.replaceFirst(name + ":", name + "x:");
            assertThat(refused(String.join("\n", lines), key.line()))
                    .contains("unknown key '" + name + "x'; did you mean '" + name + "'?");
        }
        int indent = line.indexOf(name);
        String twice = WHOLE.lines().limit(key.line()).collect(Collectors.joining("\n")) + "\n" + " ".repeat(indent)
                + name + ": 1\n";
        if (!line.endsWith(":")) {
            assertThat(refused(twice, key.line() + 1)).contains("the key '" + name + "' stands twice; keep one");
        }
    }

    @Test
    void theTableHasEveryKeyOfTheReference() throws IOException {
        String reference = Files.readString(Path.of("../docs/reference/gateway.md"));
        Set<String> documented = new TreeSet<>();
        String table = reference.substring(reference.indexOf("| key | type, unit"), reference.indexOf("## Headers"));
        for (String row :
                table.lines().skip(2).filter(line -> line.startsWith("|")).toList()) {
            String keys = row.split("\\|", -1)[1].replace("NAME", "").replace("[]", "");
            Arrays.stream(keys.split("[^a-z_]+", -1))
                    .filter(word -> !word.isBlank())
                    .forEach(documented::add);
        }
        Set<String> tested = keys().flatMap(key -> Arrays.stream(key.path().split("[^a-z_]+", -1)))
                .filter(word ->
                        !word.isEmpty() && !Set.of("cloud", "inside", "best").contains(word))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(tested).isEqualTo(documented);
    }

    @Test
    void whatAVariableHoldsIsNotShown() {
        assertThat(refused("server:\n  port: ${SECRET}\n", 2)).contains("'${SECRET}' is no whole number");
        assertThat(refused("server:\n  port: x${NO_SUCH}\n", 2)).contains("export NO_SUCH=");
        assertThat(refused("server:\n  port: ${}\n", 2)).contains("environment variable ''");
    }

    private String refused(String yaml, @Nullable Integer line) {
        Path file = folder.resolve("tagrouter.yaml");
        String[] message = new String[1];
        assertThatThrownBy(() -> {
                    Files.writeString(folder.resolve("prompt.txt"), "{query}");
                    Files.copy(pair.cert(), folder.resolve("server.crt"), StandardCopyOption.REPLACE_EXISTING);
                    Files.copy(pair.key(), folder.resolve("server.key"), StandardCopyOption.REPLACE_EXISTING);
                    Files.writeString(file, yaml);
                    GatewayConfig config = GatewayConfig.read(file, Map.of("SECRET", CANARY));
                    Catalog.of(config, TinyProfile.create());
                })
                .as(yaml)
                .isInstanceOf(ConfigException.class)
                .satisfies(e -> message[0] = String.valueOf(e.getMessage()));
        assertThat(message[0])
                .startsWith(file + (line == null ? ":" : ":" + line + ": "))
                .doesNotContain("\n", "canary", "Exception", "java.")
                .hasSizeLessThan(file.toString().length() + 700);
        assertThat(message[0]).matches(".*(;|did you mean|\\?).*");
        return message[0];
    }
}
