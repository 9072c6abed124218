package dev.tagrouter.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tagrouter.core.testing.TinyProfile;
import dev.tagrouter.gateway.flow.Catalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no YAML, or none of the form of a configuration: named by file and line, on one line, without a trace. */
class YamlMistakesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server:\n\tport: 1",
                "server:\n  port: *nobody",
                "server:\n  port: 'a",
                "server:\n  port: 1\n port: 2",
                "server:\n  port: \u0000",
                "server:\n  ? [a]\n  : b",
                "server:\n  << : {port: 1}",
                "server:\n- a"
            })
    void whatIsNoYamlOrNoMappingNamesItsLine(String yaml) {
        assertThat(refused(yaml, null)).matches("(?s).*tagrouter\\.yaml:[123]: .*");
    }

    @Test
    void theEmptyTheForeignAndTheDeepFileAreNamed() throws IOException {
        assertThat(refused("", 1)).contains("is empty");
        assertThat(refused("# nothing", 1)).contains("is empty");
        assertThat(refused("[".repeat(10_000), null)).contains("tagrouter.yaml:1");
        assertThat(refused("a: " + "{a: ".repeat(20_000), null)).contains("tagrouter.yaml:1");
        assertThat(refused("--- {}\n--- {}\n", null)).contains("tagrouter.yaml:");
        Path file = folder.resolve("tagrouter.yaml");
        Files.write(file, "server:\n  host: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> GatewayConfig.read(file, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ":2: is not UTF-8 text here; save the file as UTF-8");
    }

    /** Ten levels of ten aliases each stand for ten billion items, of which none is ever made. */
    @Test
    void aliasesDoNotMultiply() {
        StringBuilder yaml = new StringBuilder("routing: {profile: &l0 lol}\nmodels:\n- &l1 [*l0]\n");
        for (int i = 2; i <= 9; i++) {
            String lower = "*l" + (i - 1);
            yaml.append("- &l").append(i).append(" [").append(lower);
            yaml.append((", " + lower).repeat(9)).append("]\n");
        }
        refused(yaml + "server:\n  hosts: [*l9]\n", null);
        refused("server: &s {hosts: [*s]}", 1);
    }

    private String refused(String yaml, @Nullable Integer line) {
        Path file = folder.resolve("tagrouter.yaml");
        String[] message = new String[1];
        assertThatThrownBy(() -> {
                    Files.writeString(file, yaml);
                    Catalog.of(GatewayConfig.read(file, Map.of()), TinyProfile.create());
                })
                .as(yaml)
                .isInstanceOf(ConfigException.class)
                .satisfies(e -> message[0] = String.valueOf(e.getMessage()));
        assertThat(message[0])
                .startsWith(file + (line == null ? ":" : ":" + line + ": "))
                .doesNotContain("\n", "Exception", "java.")
                .hasSizeLessThan(file.toString().length() + 700)
                .matches(".*(;|did you mean|\\?).*");
        return message[0];
    }
}
