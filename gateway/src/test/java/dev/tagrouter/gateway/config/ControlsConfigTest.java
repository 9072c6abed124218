package dev.tagrouter.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tagrouter.core.testing.TinyProfile;
import dev.tagrouter.gateway.flow.Catalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys that say what a model can take, what a name stands for, and how long a conversation is remembered. */
class ControlsConfigTest {
    private static final String HEAD = "upstreams: {a: {base_url: \"http://127.0.0.1:1/v1\"}}\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private GatewayConfig read(String text) throws Exception {
        return GatewayConfig.read(Files.writeString(folder.resolve("t.yaml"), HEAD + text), Map.of("SECRET", "canary"));
    }

    @Test
    void readsEveryKey() throws Exception {
        GatewayConfig config = read("""
                models:
                  - name: small
                    upstream: a
                    price: {input: 2, output: 4, cached_input: 0.5}
                    context: 8_192
                    supports: [tools, json]
                  - {name: strong, upstream: a, supports: []}
                  - {name: coder, upstream: a}
                routing:
                  aliases: {gpt-4o: "auto:0.3", best: strong}
                  sessions: {entries: 7, idle: 2h, prompt_cache: 1m}
                """);
        ModelConfig small = config.models().getFirst();
        assertThat(small.cachedInputUsdPerMillionTokens()).isEqualTo(0.5);
        assertThat(small.abilities()).isEqualTo(new Abilities(EnumSet.of(Ability.TOOLS, Ability.JSON), 8192));
        assertThat(config.models().get(1).abilities().can()).isEmpty();
        assertThat(config.models().get(2).abilities()).isEqualTo(Abilities.ALL);
        assertThat(config.routing().aliases())
                .containsExactly(Map.entry("gpt-4o", "auto:0.3"), Map.entry("best", "strong"));
        assertThat(config.routing().sessions())
                .isEqualTo(new SessionConfig(7, Duration.ofHours(2), Duration.ofMinutes(1)));
        assertThat(read("models: [{name: small, upstream: a}]").routing().sessions())
                .isEqualTo(SessionConfig.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "price: {input: 2, output: 4, cached_input: 3}|price.cached_input|from 0 to the price of input",
                "price: {input: 2, output: 4, cached_input: -1}|price.cached_input|from 0 to the price of input",
                "price: {input: 2, output: 4, cached_input: much}|price.cached_input|is not a number",
                "context: 0|context|whole number from 1",
                "context: 8k|context|8k",
                "supports: tools|supports|give a list",
                "supports: [audio]|supports[0]|known: vision, tools, json",
                "supports: [\"${SECRET}\"]|supports[0]|known: vision, tools, json"
            })
    void aModelsMistakesAreNamed(String line, String key, String remedy) {
        refuses("models:\n  - name: small\n    upstream: a\n    " + line, 5, "models[0]." + key, remedy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aliases: auto|aliases|give a mapping",
                "aliases: {auto: small}|aliases.auto|reserved for routing",
                "aliases: {\"a,b\": small}|aliases.a,b|holds a comma",
                "aliases: {x: nosuch}|aliases.x|did you mean",
                "aliases: {x: \"auto:2\"}|aliases.x|theta is 2.0",
                "aliases: {x: \"auto:much\"}|aliases.x|theta is NaN",
                "aliases: {x: y, y: small}|aliases.x|neither auto",
                "aliases: {small: auto}|aliases.small|a model's name",
                "aliases: {x: [small]}|aliases.x|give plain text",
                "aliases: {x: \"${SECRET}\"}|aliases.x|neither auto",
                "sessions: 5|sessions|give a mapping",
                "sessions: {entries: -1}|sessions.entries|from 0 to 10000000",
                "sessions: {idle: 5}|sessions.idle|is no duration",
                "sessions: {prompt_cache: 0s}|sessions.prompt_cache|it",
                "sessions: {for: 5s}|sessions.for|unknown key"
            })
    void theRoutingsMistakesAreNamed(String line, String key, String remedy) {
        refuses("models: [{name: small, upstream: a}]\nrouting:\n  " + line, 4, "routing." + key, remedy);
    }

    private void refuses(String text, int line, String key, String remedy) {
        assertThatThrownBy(() -> Catalog.of(read(text), TinyProfile.create()))
                .isInstanceOf(ConfigException.class)
                .message()
                .contains("t.yaml:" + line + ": " + key, remedy)
                .doesNotContain("canary")
                .hasLineCount(1);
    }
}
