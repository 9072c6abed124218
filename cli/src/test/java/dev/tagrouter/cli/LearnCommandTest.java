package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's walk-through, word for word, and what can be wrong with a user's own files. */
class LearnCommandTest {
    private static final String EXAMPLES = Path.of("..", "examples").toString();

    @TempDir
    Path folder;

    @Test
    void learnsTheExampleAndRoutesWithIt() throws IOException {
        String profile = folder.resolve("my-profile").toString();
        Cli.Result learned = learn(EXAMPLES + "/judgments.csv", EXAMPLES + "/prices.csv", profile);
        assertThat(learned.err()).isEmpty();
        assertThat(learned.exit()).isZero();
        assertThat(learned.out()).contains("60 queries, 3 models", "always large-model", "routed at theta 0.00");
        JsonNode sql = route(profile, "Write a SQL query that ranks customers by revenue");
        assertThat(sql.at("/decision/model").asText()).isEqualTo("code-model");
        assertThat(sql.at("/decision/reason").asText()).isEqualTo("routed");
        double sum = 0;
        for (JsonNode contribution : sql.at("/scores/0/contributions")) {
            sum += contribution.get("value").asDouble();
        }
        assertThat(sum).isEqualTo(sql.at("/scores/0/score").asDouble());
        assertThat(route(profile, "Hello there, how are you?")
                        .at("/decision/model")
                        .asText())
                .isEqualTo("small-model");
    }

    @Test
    void saysThatRoutingDoesNotPayWhereItAlwaysPicksTheBestModel() {
        Cli.Result learned = learn(
                EXAMPLES + "/judgments.csv",
                EXAMPLES + "/prices.csv",
                folder.resolve("p").toString(),
                "--models",
                "large-model,small-model");
        assertThat(learned.out())
                .containsPattern("routed at theta 0\\.00 .* 0\\.0 % +0\\.0 %")
                .contains("Routing does not pay on this set: use large-model.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0,0", "1,2"})
    void saysThatThetaChangesNothingWhereAllCostTheSame(String price) throws IOException {
        assertThat(learnAt(price, price, price).out())
                .contains("All candidates cost the same, so theta changes nothing; routing wins by quality alone.")
                .doesNotContain("No theta wins", "does not pay");
    }

    @Test
    void saysThatTheCheapestIsAsGoodAsAnyOnlyWhereItIs() throws IOException {
        assertThat(learnAt("0.1,0.1", "10,30", "10,30").out()).doesNotContain("No theta wins", "cost the same");
        Path alike = Files.writeString(
                folder.resolve("alike.csv"),
                "text,large-model,small-model\n"
                        + IntStream.range(0, 60)
                                .mapToObj(i -> "question %d,0.%d,0.%d%n".formatted(i, 4 + i % 2, 4 + i % 2))
                                .collect(Collectors.joining()));
        Cli.Result learned = learn(
                alike.toString(),
                EXAMPLES + "/prices.csv",
                folder.resolve("alike").toString());
        assertThat(learned.out()).contains("No theta wins quality over the cheapest choice on this set");
    }

    @Test
    void pricesPerTokenWorkAndAreWarnedOf() throws IOException {
        Cli.Result learned = learnAt("4e-7,1.6e-6", "1e-7,4e-7", "1.5e-7,6e-7");
        assertThat(learned.exit()).isZero();
        assertThat(learned.err())
                .contains("below 0.001 USD per million tokens: they look like USD per token; give USD per million")
                .hasLineCount(1);
        assertThat(learned.out()).contains("routed at theta 0.00").doesNotContain("No theta wins");
    }

    /** Learns the example at prices of the large, the small and the code model. */
    private Cli.Result learnAt(String large, String small, String code) throws IOException {
        Path prices = Files.writeString(
                folder.resolve("prices.csv"),
                "model,input,output\nlarge-model,%s\nsmall-model,%s\ncode-model,%s\n".formatted(large, small, code));
        return learn(
                EXAMPLES + "/judgments.csv",
                prices.toString(),
                folder.resolve("priced").toString());
    }

    @Test
    void everyMistakeIsOneLineThatNamesPlaceAndRemedy() throws IOException {
        String prices = EXAMPLES + "/prices.csv";
        String out = folder.resolve("p").toString();
        Path bad = Files.writeString(folder.resolve("bad.csv"), "text,large-model\nhello,0.5\nhi,2\n");
        assertFails(learn(bad.toString(), prices, out), "line 3, column large-model: '2' is not a quality from 0 to 1");
        assertFails(learn(folder.resolve("no.csv").toString(), prices, out), "does not exist");
        assertFails(learn(EXAMPLES + "/judgments.csv", folder.resolve("no.csv").toString(), out), "prices file");
        Path unpriced = Files.writeString(folder.resolve("other.csv"), "model,input,output\nx,1,1\n");
        assertFails(learn(EXAMPLES + "/judgments.csv", unpriced.toString(), out), "give prices for large-model");
        Files.writeString(folder.resolve("taken"), "not a profile");
        assertFails(
                learn(
                        EXAMPLES + "/judgments.csv",
                        prices,
                        folder.resolve("taken").toString()),
                "choose another");
        assertThat(folder.resolve("p")).doesNotExist();
        assertThat(Files.readString(folder.resolve("taken"))).isEqualTo("not a profile");
    }

    @Test
    void trainsATaggerFromATeachersTags() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 120; i++) {
            boolean weather = i % 2 == 0;
            lines.append(
                    "{\"id\":\"mine:%d\",\"lang\":\"en\",\"split\":\"%s\",\"text\":\"%s number %d\",\"tags\":[\"%s\"]}\n"
                            .formatted(
                                    i,
                                    i % 10 < 2 ? "test" : "train",
                                    weather ? "will it rain in the city" : "who won the chess game",
                                    i,
                                    weather ? "weather" : "chess"));
        }
        Path tags = Files.writeString(folder.resolve("tags.jsonl"), lines);
        Cli.Result result = Cli.plain(
                new byte[0],
                false,
                "train-tagger",
                "--tags",
                tags.toString(),
                "--no-seed-queries",
                "--no-embeddings",
                "--out",
                folder.resolve("tagger").toString());
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("2 tags").containsPattern("all +24 +1\\.000");
        assertThat(folder.resolve("tagger").resolve("tagger.bin")).exists();
    }

    private static Cli.Result learn(String data, String prices, String out, String... more) {
        List<String> arguments = new ArrayList<>(List.of("learn", "--quiet", "--data", data, "--prices", prices));
        arguments.addAll(List.of("--out", out));
        arguments.addAll(List.of(more));
        return Cli.plain(new byte[0], false, arguments.toArray(String[]::new));
    }

    private static JsonNode route(String profile, String query) throws IOException {
        return Cli.plain(new byte[0], false, "route", "--json", "--profile", profile, query)
                .json();
    }

    private static void assertFails(Cli.Result result, String message) {
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("tagrouter: ").contains(message);
        assertThat(result.err().lines()).hasSize(1);
    }
}
