package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tagrouter.core.testing.TinyProfile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileCommandsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Cli cli;

    @BeforeEach
    void writeProfile() throws IOException {
        cli = Cli.in(folder);
    }

    @Test
    void listsTheModelsOfEachSet() {
        assertThat(cli.run("models", "list").lines())
                .containsExactly(
                        "set       model     judged  mean quality  USD in  USD out  marks",
                        "together  small        100         0.500     0.1      0.1  candidate",
                        "together  coder        100         0.600       1        1  candidate",
                        "together  strong       100         0.750      10       10  reference, candidate, default",
                        "together  unpriced     100         0.900       -        -  no price",
                        "alone     stranger     100         0.700       2        2  reference");
    }

    @Test
    void listsTheModelsAsJson() throws IOException {
        JsonNode models = cli.run("models", "list", "--json").json().path("models");
        assertThat(models.findValuesAsText("model"))
                .containsExactly("small", "coder", "strong", "unpriced", "stranger");
        assertThat(models.get(2).path("default").booleanValue()).isTrue();
        assertThat(models.get(2).path("price").path("input").doubleValue()).isEqualTo(10);
        assertThat(models.get(3).path("price").isNull()).isTrue();
    }

    @Test
    void showsAProfile() {
        assertThat(cli.run("profile", "show").out())
                .contains("profile        tiny\n")
                .contains("id             " + TinyProfile.create().id() + "\n")
                .contains("vocabulary     3 tags\n")
                .contains("candidates     small, coder, strong\n")
                .contains("alone          50       1  stranger   made up, Apache-2.0\n")
                .contains("""
                        What theta trades on set together:
                        theta  quality  USD per 1,000 queries
                        -1.00    0.600                  0.010
                        -0.50    0.650                   0.10
                         0.00    0.700                   1.00
                        """);
    }

    @Test
    void showsAProfileAsJson() throws IOException {
        JsonNode json = cli.run("profile", "show", "--json").json();
        assertThat(json.path("id").asText()).isEqualTo(TinyProfile.create().id());
        assertThat(json.path("vocabularySize").asInt()).isEqualTo(3);
        assertThat(json.path("candidates")).hasSize(3);
        JsonNode curve = json.path("sets").get(0).path("curve");
        assertThat(curve.get(0).path("qualityPerUsd").isNull()).isTrue();
        assertThat(curve.get(4).path("costUsd").doubleValue()).isEqualTo(3e-3);
    }

    @Test
    void aGroupWithoutCommandNamesItsCommands() {
        assertUsage("no command given; name one of list, add, remove; see tagrouter models --help", "models");
        assertUsage(
                "no command given; name one of show, diff, edit, pack, unpack; see tagrouter profile --help",
                "profile");
        assertUsage(
                "no command given; name one of route, tag, serve, import, learn, evaluate, report, study, contamination, ablate, train-tagger, vocabulary, models, profile, bench; see tagrouter --help");
        assertUsage("'rout' is not known; did you mean route?; see tagrouter --help", "rout");
    }

    private static void assertUsage(String message, String... arguments) {
        Cli.Result result = Cli.plain(new byte[0], false, arguments);
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).isEqualToIgnoringNewLines("tagrouter: " + message);
    }

    @Test
    void helpTeachesWithExamples() {
        for (String[] command : new String[][] {
            {"--help"},
            {"route", "--help"},
            {"tag", "--help"},
            {"models", "--help"},
            {"profile", "--help"},
            {"models", "add", "--help"},
            {"models", "remove", "--help"},
            {"profile", "diff", "--help"},
            {"profile", "edit", "--help"},
            {"profile", "pack", "--help"},
            {"profile", "unpack", "--help"}
        }) {
            Cli.Result result = Cli.plain(new byte[0], false, command);
            assertThat(result.exit()).isZero();
            assertThat(result.out()).contains("Usage: tagrouter", "Examples:");
        }
        assertThat(Cli.plain(new byte[0], false, "--version").out()).matches("tagrouter \\d+\\.\\d+\\.\\d+\\S*\\R");
        assertThat(Cli.plain(new byte[0], false, "profile", "show", "--list").exit())
                .isZero();
    }
}
