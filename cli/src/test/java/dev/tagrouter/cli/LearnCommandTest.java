package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    private static Cli.Result learn(String data, String prices, String out) {
        return Cli.plain(new byte[0], false, "learn", "--quiet", "--data", data, "--prices", prices, "--out", out);
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
