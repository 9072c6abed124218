package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteCommandTest {
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
    void printsAlignedTablesAndOneSentence() {
        Cli.Result result = cli.run("route", "write sql");
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
        assertThat(result.lines())
                .containsExactly(
                        "tag  confidence",
                        "sql        1.00",
                        "",
                        "candidate  expected quality  USD per 1,000 such queries             largest contributions",
                        "coder                 0.750                        0.25  chosen     sql +0.250",
                        "strong                0.700                        2.53  runner-up  sql +0.200",
                        "small                 0.250                       0.025             sql -0.250",
                        "",
                        "contribution to the score   coder  strong  difference",
                        "sql                        +0.250  +0.200      +0.050",
                        "(baseline)                 +0.500  +0.500       0.000",
                        "total                      +0.750  +0.700      +0.050",
                        "",
                        "Chose coder: expected quality 0.750, 0.050 above strong (standard error 0.058),"
                                + " 10 times cheaper; below theta -0.772, small would be chosen. Reason: routed.");
    }

    @Test
    void aConversationIsRoutedAsTheGatewayDoes() throws IOException {
        String body = "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"write sql\"},"
                + "{\"role\":\"assistant\",\"content\":\"a poem\"},{\"role\":\"user\",\"content\":\"thanks, continue\"}]}";
        JsonNode routed =
                cli.withInput(body, "route", "--json", "--messages", "-").json();
        JsonNode alone = cli.run("route", "--json", "write sql").json();
        assertThat(routed.path("tags")).isEqualTo(alone.path("tags"));
        for (String member : List.of("model", "reason", "runnerUp")) {
            assertThat(routed.path("decision").path(member))
                    .isEqualTo(alone.path("decision").path(member));
        }
        // The conversation is longer, so it costs more.
        assertThat(routed.at("/scores/0/expectedCostUsd").asDouble())
                .isGreaterThan(alone.at("/scores/0/expectedCostUsd").asDouble());
        for (String broken : List.of("{}", "[]", "sql", "{\"messages\":[]}", body + body)) {
            Cli.Result refused = cli.withInput(broken, "route", "--messages", "-");
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.err().lines()).singleElement().asString().startsWith("tagrouter: the query");
        }
    }

    @Test
    void givenTagsReplaceTheTagger() throws IOException {
        Cli.Result table = cli.run("route", "--tags", "Sequel, quantum", "hello");
        assertThat(table.lines()).startsWith("tag  confidence", "sql        1.00");
        assertThat(table.lines()).endsWith("Not in the vocabulary: quantum");
        JsonNode json =
                cli.run("route", "--json", "--tags", "sql,quantum", "hello").json();
        assertThat(json.path("tags").findValuesAsText("tag")).containsExactly("sql");
        assertThat(json.path("tagger").path("source").asText()).isEqualTo("given");
        assertThat(json.path("tagger").path("unknownTags").path(0).asText()).isEqualTo("quantum");
        Cli.Result empty = cli.run("route", "--tags", "sql,,x", "hello");
        assertThat(empty.exit()).isEqualTo(2);
        assertThat(empty.err()).contains("holds an empty tag");
    }

    @Test
    void jsonContributionsAddUpToTheScoreExactly() throws IOException {
        JsonNode json = cli.run("route", "--json", "hello sql poem").json();
        assertThat(json.path("decision").path("model").textValue()).isEqualTo("strong");
        assertThat(json.path("tags")).hasSize(3);
        assertThat(json.path("scores")).hasSize(3);
        for (JsonNode score : json.path("scores")) {
            double sum = 0;
            for (JsonNode contribution : score.path("contributions")) {
                sum += contribution.path("value").doubleValue();
            }
            assertThat(sum).isEqualTo(score.path("score").doubleValue());
            assertThat(score.path("expectedCostUsd").doubleValue()).isPositive();
        }
        assertThat(json.path("scores").findValuesAsText("model")).containsExactly("strong", "coder", "small");
    }

    @Test
    void theSentencesFlipIsWhereTheNamedModelTakesOver() throws IOException {
        String query = "write sql";
        assertThat(cli.run("route", query).out()).contains("Chose coder", "below theta -0.772, small would be chosen");
        assertThat(model("route", "--json", "--theta", "-0.771", query)).isEqualTo("coder");
        assertThat(model("route", "--json", "--theta", "-0.773", query)).isEqualTo("small");
        assertThat(cli.run("route", "--theta", "-0.9", query).out())
                .contains("Chose small", "from theta -0.772 on, coder would be chosen");
        assertThat(cli.run("route", "--theta", "-1", query).out())
                .contains("Chose small", "theta -1 always takes the cheapest");
    }

    private String model(String... arguments) throws IOException {
        return cli.run(arguments).json().path("decision").path("model").asText();
    }

    @Test
    void theQueryMayComeFromStandardInput() throws IOException {
        assertThat(cli.withInput("write sql\n", "route", "--json", "-").json().path("decision"))
                .isEqualTo(cli.run("route", "--json", "write sql").json().path("decision"));
        assertThat(cli.withInput("poem", "route").out()).contains("poetry");
    }

    @Test
    void aQueryMayBeginWithAnything() {
        assertThat(cli.run("route", "@joe write sql").out()).contains("Chose coder");
        assertThat(cli.run("route", "${sql}").out()).contains("Chose coder");
        Cli.Result dash = cli.run("route", "-5 rows of sql");
        assertThat(dash.exit()).isEqualTo(2);
        assertThat(dash.err()).contains("put -- before a text that begins with -");
        String profile = folder.resolve("tiny").toString();
        assertThat(Cli.plain(new byte[0], false, "route", "--profile", profile, "--", "-5 rows of sql")
                        .out())
                .contains("Chose coder");
    }

    @Test
    void aBlankQueryGoesToTheDefaultModel() {
        assertThat(cli.run("route", "  ").lines())
                .containsExactly(
                        "No tags.",
                        "",
                        "Chose strong, the default model: the query has no tags to go by. Reason: no-tags.");
        assertThat(cli.run("route", "--models", "small,coder", "").out())
                .contains("Chose coder, the best on average (the default model, strong, is no candidate)");
    }

    @Test
    void choosesAmongTheNamedModels() {
        assertThat(cli.run("route", "--models", "small", "sql").out()).contains("Chose small", "the only candidate");
        assertThat(cli.run("route", "--models", "small, strong", "sql").out())
                .contains("Chose strong")
                .doesNotContain("coder");
    }

    @Test
    void thePublishedScorerCountsNetWins() throws IOException {
        assertThat(cli.run("route", "--scorer", "paper", "sql").out())
                .contains("net wins")
                .contains("coder          15.8");
        assertThat(model("route", "--scorer", "paper", "--theta", "-100", "--json", "sql"))
                .isEqualTo("small");
    }

    @Test
    void modelsThatDoNotCompareFailWithTheRemedy() throws IOException {
        Cli.Result result = cli.run("route", "--json", "--models", "small,stranger", "sql");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.json().path("decision").path("model").isNull()).isTrue();
        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .startsWith("tagrouter: no model may answer (no-evidence):")
                .contains("small, stranger", "name models of one set");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            --models|smal|model 'smal' of --models is not in profile tiny; close to it: small
            --models|gpt|model 'gpt' of --models is not in profile tiny; tagrouter models list shows the 5 it has
            --models|unpriced|model 'unpriced' of --models is learned but has no price in profile tiny; give it one (tagrouter profile edit
            --models|small,small|model 'small' is named twice among the candidates; name it once
            --models|small,,coder|model '' of --models is not in profile tiny
            --theta|1.5|theta is 1.5; give a number from -1 (always the cheapest)
            --theta|NaN|theta is NaN; give a number from -1
            --theta|much|Invalid value for option '--theta': 'much' is not a double; see tagrouter route --help
            --scorer|best|Invalid value for option '--scorer': expected one of [JOINT, PAPER]
            --thetta|1|'--thetta' is not known; did you mean --theta?
            more|words|'more' is one argument too many; put a text of several words in quotes
            """)
    void wrongArgumentsAreOneLineAndExitTwo(String option, String value, String message) {
        Cli.Result result = cli.run("route", "sql", option, value);
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).singleElement().asString().startsWith("tagrouter: " + message);
    }

    @Test
    void withoutQueryOnATerminalItSaysWhatToDo() {
        Cli.Result result = Cli.plain(new byte[0], true, "route");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .isEqualToIgnoringNewLines(
                        "tagrouter: no query given; name one (in quotes) or send it to standard input");
    }

    @Test
    void profilesThatAreMissingOrDamagedFailInOneLine() throws IOException {
        for (String profile : List.of("nowhere", folder.resolve("nowhere").toString())) {
            Cli.Result missing = Cli.plain(new byte[0], false, "route", "sql", "--profile", profile);
            assertThat(missing.exit()).isEqualTo(1);
            assertThat(missing.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("tagrouter: there is no profile '" + profile + "'");
        }
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Cli.Result damaged = Cli.plain(new byte[0], false, "route", "sql", "--profile", empty.toString());
        assertThat(damaged.exit()).isEqualTo(1);
        assertThat(damaged.err().lines()).singleElement().asString().contains(empty.toString(), "is missing");
    }

    @Test
    void inputThatIsNotUtf8IsRefused() {
        Cli.Result result = Cli.plain(
                new byte[] {(byte) 0xFF},
                false,
                "route",
                "--profile",
                folder.resolve("tiny").toString());
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).startsWith("tagrouter: standard input is not UTF-8 text");
    }
}
