package dev.tagrouter.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tagrouter.client.AnswerForm;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.testing.TinyProfile;
import dev.tagrouter.gateway.flow.Catalog;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    private static final String UPSTREAMS = "upstreams:\n  a:\n    base_url: http://127.0.0.1:1/v1\n";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1, true",
        "https://EU.api.openai.com/v1, true",
        "https://us.api.openai.com/v1, true",
        "https://me.openai.azure.com/openai/v1, true",
        "https://notapi.openai.com/v1, false",
        "https://api.openai.com.example/v1, false",
    })
    void openAiIsKnownInEveryRegion(URI address, boolean openAi) {
        assertThat(new UpstreamConfig("a", address, null, Timeouts.DEFAULT).isOpenAi())
                .isEqualTo(openAi);
    }

    @Test
    void readsEveryKey() throws Exception {
        GatewayConfig config = read("""
                server:
                  host: 0.0.0.0
                  port: 9090
                  api_key: ${GATE}
                  hosts: [Gate.example]
                  max_body_bytes: 1_000
                  max_connections: 500
                  cors: {origins: [HTTPS://Chat.example]}
                upstreams:
                  cloud:
                    base_url: https://${HOST}/v1
                    api_key: ${KEY}
                    kind: openai
                    timeouts: {connect: 500ms, first_byte: 2m, idle: 1.5s}
                models:
                  - name: small
                    upstream: cloud
                    upstream_model: vendor/small
                    price: {input: 0.1, output: 2}
                    capability: coder
                  - {name: strong, upstream: cloud}
                routing:
                  profile: p.zip
                  theta: -0.25
                  default_model: strong
                  models: [small]
                admin: {host: 127.0.0.2, port: 9091, api_key: "${ADMIN}"}
                tagger:
                  upstream: cloud
                  model: itpossible/TagGenerator
                  deadline: 250ms
                  form: taggenerator
                  cache_entries: 99
                  alignment: similar
                """);
        assertThat(config.tagger())
                .isEqualTo(new TaggerConfig(
                        "cloud",
                        "itpossible/TagGenerator",
                        Duration.ofMillis(250),
                        AnswerForm.TAGGENERATOR,
                        config.tagger().prompt(),
                        99,
                        TaggerConfig.Alignment.SIMILAR));
        assertThat(config.server().host()).isEqualTo("0.0.0.0");
        assertThat(config.server().port()).isEqualTo(9090);
        assertThat(config.server().hosts()).containsExactly("gate.example");
        assertThat(config.server().maxBodyBytes()).isEqualTo(1000);
        assertThat(config.server().maxConnections()).isEqualTo(500);
        assertThat(config.server().origins()).containsExactly("https://chat.example");
        assertThat(config.server().admin()).isEqualTo(new AdminConfig("127.0.0.2", 9091, new Secret("canary-admin")));
        UpstreamConfig cloud = config.upstreams().getFirst();
        assertThat(cloud.baseUrl()).hasToString("https://h.example/v1");
        assertThat(cloud.port()).isEqualTo(443);
        assertThat(cloud.timeouts())
                .isEqualTo(new Timeouts(
                        Duration.ofMillis(500),
                        Duration.ofMinutes(2),
                        Duration.ofMillis(1500),
                        Timeouts.DEFAULT.client()));
        assertThat(config.models())
                .containsExactly(
                        new ModelConfig("small", "cloud", "vendor/small", new Price(0.1, 2), "coder"),
                        ModelConfig.of("strong", "cloud"));
        assertThat(config.routing())
                .isEqualTo(new RoutingConfig(
                        new ProfileSource.Named("p.zip", folder.toAbsolutePath()),
                        -0.25,
                        "strong",
                        java.util.List.of("small")));
        assertThat(config.toString()).doesNotContain("canary").contains("***");
    }

    @Test
    void defaultsAreThoseOfTheRecords() throws Exception {
        GatewayConfig config = read(UPSTREAMS + "models: [{name: small, upstream: a}]");
        assertThat(config.server()).isEqualTo(ServerConfig.DEFAULT);
        assertThat(config.upstreams().getFirst().timeouts()).isEqualTo(Timeouts.DEFAULT);
        assertThat(config.failure()).isEqualTo(FailureConfig.DEFAULT);
        assertThat(config.isAutomatic()).isFalse();
        assertThat(GatewayConfig.automatic().isAutomatic()).isTrue();
    }

    /** As Anthropic's own clients do with an address: servers like it are documented for these. */
    @ParameterizedTest
    @CsvSource({
        "https://api.deepseek.com/anthropic, /anthropic/v1/messages",
        "https://api.deepseek.com/anthropic/, /anthropic/v1/messages",
        "https://a.example/anthropic/v1, /anthropic/v1/messages",
        "https://a.example/v1/, /v1/messages",
        "https://a.example/v2, /v2/messages",
        "https://a.example/, /v1/messages",
        "https://a.example//anthropic, //anthropic/v1/messages",
        "https://a.example//, /v1/messages",
    })
    void anthropicsPathEndsInAVersion(String address, String asked) throws Exception {
        GatewayConfig config = read("upstreams: {a: {kind: anthropic, base_url: \"" + address
                + "\"}}\nmodels: [{name: small, upstream: a}]");
        UpstreamConfig upstream = config.upstreams().getFirst();
        assertThat(upstream.path(Api.MESSAGES.path())).isEqualTo(asked);
        assertThat(upstream.baseUrl().getHost()).isEqualTo(URI.create(address).getHost());
        assertThatThrownBy(() ->
                        read("upstreams: {a: {kind: anthropic, base_url: \"https://a.example/b?c=1\"}}\nmodels: []"))
                .hasMessageContaining("a query");
    }

    @Test
    void kindsBringTheirUsualPathAndApis() throws Exception {
        GatewayConfig config = read("""
                upstreams:
                  a: {kind: anthropic, base_url: "https://a.example"}
                  g: {kind: gemini, base_url: "https://g.example/"}
                  o: {kind: ollama, base_url: "http://127.0.0.1:11434/other"}
                  v: {base_url: "http://127.0.0.1:8000", apis: [messages, responses]}
                models: [{name: small, upstream: a}]
                """);
        assertThat(config.upstreams().stream()
                        .map(upstream -> upstream.baseUrl().toString()))
                .containsExactly(
                        "https://a.example/v1",
                        "https://g.example/v1beta/openai",
                        "http://127.0.0.1:11434/other",
                        "http://127.0.0.1:8000");
        assertThat(config.upstreams().stream().map(UpstreamConfig::apis))
                .containsExactly(
                        Set.of(Api.MESSAGES),
                        Set.of(Api.CHAT, Api.EMBEDDINGS),
                        Set.of(Api.CHAT, Api.EMBEDDINGS),
                        Set.of(Api.MESSAGES, Api.RESPONSES));
    }

    @Test
    void mistakesInKindsAndApis() {
        String start = "upstreams:\n  a:\n    base_url: http://x/v1\n    ";
        refused(
                start + "kind: bedrock",
                ":4: upstreams.a.kind: 'bedrock' is no kind of upstream; known kinds: openai, anthropic, ollama, gemini");
        refused(
                start + "apis: [chat, completions]",
                ":4: upstreams.a.apis[1]: 'completions' is no API; known: chat, responses, messages, embeddings");
        refused(start + "apis: []", ":4: upstreams.a.apis: names no API; give at least one, or leave the key out");
        refused(start + "apis: [chat, chat]", ":4: upstreams.a.apis[1]: 'chat' stands twice; name it once");
        refused(
                start + "kind: anthropic\nmodels: [{name: m, upstream: a}]\ntagger: {upstream: a, model: t}",
                ":6: tagger.upstream: upstream 'a' does not speak chat");
    }

    @Test
    void upstreamsOfAModelAndWhatIsDoneOnFailure() throws Exception {
        GatewayConfig config = read(UPSTREAMS + """
                  b: {base_url: 'http://x'}
                models:
                - name: small
                  upstreams: [a, {upstream: b, weight: 3, upstream_model: tiny}]
                  fallbacks: [large]
                - {name: large, upstream: b}
                server: {timeouts: {drain: 5s}}
                failure:
                  attempts: 7
                  retries: 1
                  pause: 3s
                  breaker: {window: 4, longest_cooldown: 1h}
                """);
        assertThat(config.models().getFirst().upstreams())
                .containsExactly(new ModelUpstream("a", "small", 1), new ModelUpstream("b", "tiny", 3));
        assertThat(config.models().getFirst().fallbacks()).containsExactly("large");
        assertThat(config.server().timeouts().drain()).hasSeconds(5);
        FailureConfig usual = FailureConfig.DEFAULT;
        assertThat(config.failure())
                .isEqualTo(new FailureConfig(
                        7,
                        1,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(3),
                        usual.retryAfter(),
                        usual.total(),
                        new BreakerConfig(4, 4, BreakerConfig.DEFAULT.cooldown(), Duration.ofHours(1))));
    }

    @Test
    void mistakesNameLineKeyValueAndRemedy() {
        refused(
                "server:\n  prot: 1",
                ":2: server.prot: unknown key 'prot'; did you mean 'port'? known keys: host, port");
        refused("sever: {}", ":1: sever: unknown key 'sever'; did you mean 'server'?");
        refused("server:\n  port: x", ":2: server.port: 'x' is no whole number from 0 to 65535; give a port");
        refused("server: 5", ":1: server: is '5'; give a mapping of keys to values");
        refused("server: {hosts: a}", ":1: server.hosts: is 'a'; give a list");
        refused("server: {host: [a]}", ":1: server.host: is a list; give plain text");
        refused(
                "server:\n  api_key: ${NO_SUCH}",
                ":2: server.api_key: the environment variable 'NO_SUCH' is not set; export NO_SUCH=...");
        refused("server:\n  port: 1\n  port: 2", ":3: server.port: the key 'port' stands twice; keep one");
        refused("server: {a: [}", ":1: the file is not YAML here: ");
        refused("", ": is empty; give server, upstreams, models or routing");
        refused("upstreams:\n  a: {}", ":2: upstreams.a: the key 'base_url' is missing; give one such as http://");
        refused("upstreams: {a: {base_url: 'ftp://x'}}", ":1: upstreams.a.base_url: the address is no http address");
        refused(
                "upstreams: {a: {base_url: 'http://u:canary@x'}}",
                "upstreams.a.base_url: the address holds a user, a query or a fragment");
        refused(
                "upstreams: {a: {base_url: 'http://x', timeouts: {idle: 5}}}",
                "upstreams.a.timeouts.idle: '5' is no duration; give a number and a unit, such as 500ms, 5s or 2m");
        refused(UPSTREAMS, "models: there are upstreams but no models; list the models they serve");
        refused(
                UPSTREAMS + "models: [{name: m, upstream: b}]",
                ":4: models[0].upstream: there is no upstream 'b'; known: a");
        refused(UPSTREAMS + "models: [{name: auto, upstream: a}]", ":4: models[0].name: 'auto' is reserved");
        refused(
                UPSTREAMS + "models:\n- {name: m, upstream: a}\n- {name: m, upstream: a}",
                ":6: models[1].name: the model 'm' stands twice; rename or remove one");
        refused(
                UPSTREAMS + "models: [{name: m, upstream: a, price: {input: 1}}]",
                "models[0].price: the key 'output' is missing; give USD per million tokens");
        refused(
                UPSTREAMS + "models: [{name: m, upstream: a, price: {input: -1, output: 1}}]",
                "models[0].price.input: input price is -1.0; give USD per million tokens");
    }

    @Test
    void mistakesAgainstTheProfileNameTheirLineToo() {
        String models = UPSTREAMS + "models:\n";
        refusedByProfile(
                models + "- {name: m, upstream: a, capability: codr}",
                ":5: models[0].capability: 'codr' is no column of profile tiny; close names: coder, ");
        refusedByProfile(
                models + "- {name: small, upstream: a}\n- {name: m, upstream: a, capability: small}",
                ":6: models[1].capability: 'small' is the column of model 'small' too");
        refusedByProfile(
                models + "- {name: unpriced, upstream: a}",
                ":5: models[0]: 'unpriced' has no price here or in the profile");
        refusedByProfile(
                models + "- {name: small, upstream: a}\nrouting:\n  theta: 2", ":7: routing.theta: theta is 2.0; give");
        refusedByProfile(
                models + "- {name: small, upstream: a}\nrouting:\n  default_model: smal",
                ":7: routing.default_model: there is no model 'smal' under models; did you mean 'small'?");
        refusedByProfile(
                models + "- {name: small, upstream: a}\nrouting:\n  models: [strong]",
                ":7: routing.models[0]: there is no model 'strong' under models; did you mean 'small'?");
    }

    private GatewayConfig read(String yaml) throws IOException, ConfigException {
        Path file = folder.resolve("tagrouter.yaml");
        Files.writeString(file, yaml);
        return GatewayConfig.read(
                file, Map.of("GATE", "canary-1", "KEY", "canary-2", "HOST", "h.example", "ADMIN", "canary-admin"));
    }

    private void refused(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(folder.resolve("tagrouter.yaml").toString())
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n", "canary");
    }

    private void refusedByProfile(String yaml, String message) {
        assertThatThrownBy(() -> Catalog.of(read(yaml), TinyProfile.create()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("tagrouter.yaml" + message);
    }

    @Test
    void mistakesInTheTaggerAreNamed() throws Exception {
        refused(UPSTREAMS + "tagger: {model: m}", ":4: tagger: the key 'upstream' is missing");
        refused(UPSTREAMS + "tagger: {upstream: a}", ":4: tagger: the key 'model' is missing");
        refused(
                UPSTREAMS + "tagger: {upstream: b, model: m}",
                ":4: tagger.upstream: there is no upstream 'b'; known: a");
        refused(
                UPSTREAMS + "tagger: {upstream: a, model: m, form: xml}",
                "'xml' is no form; give json or taggenerator");
        refused(UPSTREAMS + "tagger: {upstream: a, model: m, deadline: 2h}", "give one from 1ms to 60s");
        refused(UPSTREAMS + "tagger: {upstream: a, model: m, cache_entries: -1}", "no whole number from 0 to 1000000");
        refused(UPSTREAMS + "tagger: {upstream: a, model: m, prompt: none.txt}", "does not exist");
        Files.writeString(folder.resolve("prompt.txt"), "tags only");
        refused(UPSTREAMS + "tagger: {upstream: a, model: m, prompt: prompt.txt}", "has no {query}");
    }
}
