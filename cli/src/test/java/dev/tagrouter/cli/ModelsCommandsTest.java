package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tagrouter.core.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code models add} and {@code models remove} on the example and, where it is there, on real data. */
class ModelsCommandsTest {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final Path SHARED = Path.of("..", "..", "shared", "data");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    /** Learned from large-model and small-model. */
    @SuppressWarnings("NullAway.Init")
    private static String two;

    @BeforeAll
    static void learn() {
        two = folder.resolve("two").toString();
        run(
                "learn",
                "--quiet",
                "--data",
                judgments(),
                "--prices",
                EXAMPLES.resolve("prices.csv").toString(),
                "--models",
                "large-model,small-model",
                "--out",
                two);
    }

    private static String judgments() {
        return EXAMPLES.resolve("judgments.csv").toString();
    }

    @Test
    void addingAColumnLeavesTheOthersAsTheyWereByteForByte() throws IOException {
        Path out = folder.resolve("three");
        Cli.Result added = run(add("code-model", judgments(), two, out.toString(), "--price", "1,2"));
        assertThat(added.err()).isEmpty();
        assertThat(added.out())
                .contains("Added code-model to set judgments")
                .contains("judged on the same queries as other models")
                .contains("Theta was calibrated again");
        for (String table : List.of("models.tsv", "capabilities.tsv")) {
            assertThat(without("code-model", out.resolve(table))).isEqualTo(Files.readAllLines(Path.of(two, table)));
        }
        Path back = folder.resolve("back");
        Cli.Result removed =
                run("models", "remove", "code-model", "--profile", out.toString(), "--out", back.toString());
        assertThat(removed.out()).contains("Removed code-model from set judgments", "Theta is kept");
        for (String file : List.of("models.tsv", "capabilities.tsv", "stats.bin")) {
            assertThat(back.resolve(file)).hasSameBinaryContentAs(Path.of(two, file));
        }
    }

    private static List<String> without(String model, Path table) throws IOException {
        return Files.readAllLines(table).stream()
                .filter(line -> !line.contains("\t" + model + "\t"))
                .toList();
    }

    /** Real data: 6,108 queries of a built-in profile. */
    @Test
    void aBuiltInProfilesModelRemovedAndAddedAgainIsTheSameProfile() throws IOException {
        Path data = SHARED.resolve("llmrouter");
        assumeTrue(Files.isDirectory(data), "needs the shared data: llmrouter");
        Path less = folder.resolve("less");
        assertThat(run("models", "remove", "qwen2.5-7b-instruct", "--out", less.toString())
                        .exit())
                .isZero();
        Path again = folder.resolve("again");
        Cli.Result added = run(
                "models",
                "add",
                "qwen2.5-7b-instruct",
                "--json",
                "--quiet",
                "--data",
                data.toString(),
                "--prices",
                SHARED.resolve("pools.json").toString(),
                "--profile",
                less.toString(),
                "--out",
                again.toString());
        assertThat(added.err()).isEmpty();
        JsonNode json = added.json();
        assertThat(json.path("theta").asText()).isEqualTo("calibrated-again");
        assertThat(json.path("set").asText()).isEqualTo("llmrouter");
        assertThat(json.path("judged").asInt()).isEqualTo(6108);
        assertThat(json.path("profile").asText())
                .isEqualTo(Profile.builtIn("default").id());
        assertThat(less.resolve("capabilities.tsv")).isNotEmptyFile();
        for (String table : List.of("models.tsv", "capabilities.tsv")) {
            List<String> others = new ArrayList<>(without("qwen2.5-7b-instruct", again.resolve(table)));
            assertThat(Files.readAllLines(less.resolve(table))).isEqualTo(others);
        }
    }

    @Test
    void fewJudgmentsWorkAndSayWhatTheyLeave() throws IOException {
        Path few = firstRows(25, "new-model");
        Path out = folder.resolve("few");
        Cli.Result added = run(add("new-model", few.toString(), two, out.toString(), "--price", "0.5,1.5"));
        assertThat(added.exit()).isZero();
        assertThat(added.out())
                .contains("on a part of the set's queries", "Theta is kept, not calibrated again", "struck out");
        assertThat(added.err())
                .contains(
                        "do not judge the reference large-model",
                        "new-model has 25 judgments, large-model far more",
                        "until it has more, such as 400, it is expected to do much as the other models of the set do")
                .doesNotContain("mean little");
        assertThat(run("profile", "show", "--profile", out.toString()).out()).contains("0.00        -");
        JsonNode route = run("route", "--json", "--profile", out.toString(), "Write a SQL query")
                .json();
        assertThat(route.at("/scores").size()).isEqualTo(3);
        Cli.Result tiny = run(
                "models",
                "add",
                "new-model",
                "--quiet",
                "--data",
                firstRows(3, "new-model").toString(),
                "--profile",
                two,
                "--out",
                folder.resolve("tiny").toString());
        assertThat(tiny.err()).contains("no price", "only 3 judgments").doesNotContain("far more");
        assertThat(tiny.out()).contains("It is no candidate");
    }

    @Test
    void oneQueryOfTheSetDoesNotDiscardAllOthers() throws IOException {
        StringBuilder rows = new StringBuilder("text,new-model,large-model\n");
        for (int i = 0; i < 40; i++) {
            rows.append("Question %d about a new topic,0.%d,0.9%n".formatted(i, 4 + i % 5));
        }
        String data = csv("elsewhere", rows + oneOfTheSet() + ",0.6,0.9\n");
        String out = folder.resolve("linked").toString();
        assertThat(run(add("new-model", data, two, out, "--price", "1,2")).out())
                .containsPattern("new-model +41 ")
                .contains("No set of the profile holds half of its queries", "linked by large-model")
                .doesNotContain("left out");
        String joined = folder.resolve("joined").toString();
        assertThat(run(add("new-model", data, two, joined, "--price", "1,2", "--set", "judgments"))
                        .out())
                .containsPattern("new-model +1 ")
                .contains("40 judgments on queries that are not the set's were left out");
    }

    private static String oneOfTheSet() throws IOException {
        String row = Files.readAllLines(Path.of(judgments())).get(1);
        return row.substring(0, row.indexOf(','));
    }

    private static Path firstRows(int rows, String model) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(judgments())).subList(1, rows + 1);
        StringBuilder csv = new StringBuilder("text," + model + "\n");
        for (String line : lines) {
            csv.append(line, 0, line.lastIndexOf(',', line.lastIndexOf(',') - 1))
                    .append('\n');
        }
        return Files.writeString(folder.resolve("first-" + rows + ".csv"), csv);
    }

    @Test
    void everyMistakeIsOneLineThatNamesTheRemedyAndWritesNothing() throws IOException {
        refused(2, "missing required", "models", "add", "code-model", "--profile", two, "--out", never());
        refusedAdd(1, "already; remove it first", "small-model", judgments());
        refusedAdd(1, "'m' is no column of the data", "m", judgments());
        refusedAdd(1, "no set 'x' in the profile", "code-model", judgments(), "--set", "x");
        refusedAdd(2, "is not IN,OUT", "code-model", judgments(), "--price", "1");
        refusedAdd(2, "price is NaN", "code-model", judgments(), "--price", "NaN,1");
        refusedAdd(1, "does not exist", "m", never() + ".csv");
        refusedAdd(1, "line 2, column m", "m", csv("nan", "text,m\nhello,NaN\n"));
        String other = csv("other", "text,m\nA query nobody knows,0.5\n");
        refusedAdd(1, "judge large-model on the same queries too", "m", other);
        String most = csv("most", "text,m\nA query nobody knows,0.5\nNor this,0.4\n" + oneOfTheSet() + ",0.6\n");
        refusedAdd(1, "set 'judgments' holds only 1 of the 3 judged queries", "m", most);
        refused(1, "no profile 'nowhere'", "models", "remove", "m", "--profile", "nowhere", "--out", never());
        refusedRemove(1, "is the default model", "code-model", learned("code-model"), never());
        refusedRemove(1, "is the reference of set", "large-model", two, never());
        refusedRemove(1, "is not in profile", "nobody", two, never());
        assertThat(Path.of(never())).doesNotExist();
    }

    @Test
    void neitherTheProfileItselfNorAForeignFolderIsReplaced() throws IOException {
        refusedRemove(2, "is the profile itself", "small-model", two, two);
        refused(2, "is the profile itself", add("code-model", judgments(), two, two));
        Path foreign = Files.createDirectories(folder.resolve("foreign"));
        Files.writeString(foreign.resolve("thesis.txt"), "mine");
        refusedRemove(1, "holds other things", "small-model", two, foreign.toString());
        refused(1, "holds other things", add("code-model", judgments(), two, foreign.toString()));
        assertThat(foreign.resolve("thesis.txt")).hasContent("mine");
    }

    private static String never() {
        return folder.resolve("never").toString();
    }

    private static String csv(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name + ".csv"), content).toString();
    }

    private static String[] add(String model, String data, String profile, String out, String... more) {
        List<String> arguments = new ArrayList<>(List.of("models", "add", model, "--quiet", "--data", data));
        arguments.addAll(List.of("--profile", profile, "--out", out));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static void refusedAdd(int exit, String message, String model, String data, String... more) {
        refused(exit, message, add(model, data, two, never(), more));
    }

    private static void refusedRemove(int exit, String message, String model, String profile, String out) {
        refused(exit, message, "models", "remove", model, "--profile", profile, "--out", out);
    }

    /** A profile in which this model is the only candidate and the default. */
    private static String learned(String only) throws IOException {
        String profile = folder.resolve("only-" + only).toString();
        run(
                "models",
                "add",
                only,
                "--quiet",
                "--data",
                judgments(),
                "--price",
                "1,2",
                "--profile",
                two,
                "--out",
                profile + "-3");
        run("profile", "edit", profile + "-3", "--candidates", only, "--default-model", only, "--out", profile);
        return profile;
    }

    @Test
    void withoutStatisticsOrWithDamagedOnesItSaysWhatToDo() throws IOException {
        String bare = folder.resolve("bare").toString();
        run(
                "learn",
                "--quiet",
                "--no-stats",
                "--data",
                judgments(),
                "--prices",
                EXAMPLES.resolve("prices.csv").toString(),
                "--models",
                "large-model,small-model",
                "--out",
                bare);
        assertThat(Path.of(bare, "stats.bin")).doesNotExist();
        String out = folder.resolve("never-2").toString();
        refused(1, "without --no-stats", add("code-model", judgments(), bare, out));
        assertThat(run(
                                "models",
                                "remove",
                                "small-model",
                                "--profile",
                                bare,
                                "--out",
                                folder.resolve("bare-1").toString())
                        .exit())
                .isZero();
        Path stats = Path.of(bare, "stats.bin");
        byte[] bytes = Files.readAllBytes(Path.of(two, "stats.bin"));
        bytes[bytes.length / 2] ^= 1;
        Files.write(stats, bytes);
        refused(1, "stats.bin is damaged", add("code-model", judgments(), bare, out));
        refused(1, "stats.bin is damaged", "models", "remove", "small-model", "--profile", bare, "--out", out);
        refused(1, "stats.bin is damaged", "profile", "pack", bare, out + ".zip");
        assertThat(run("route", "--profile", bare, "Write a SQL query").exit()).isZero();
        assertThat(Path.of(out)).doesNotExist();
    }

    private static void refused(int exit, String message, String... arguments) {
        Cli.Result result = run(arguments);
        assertThat(result.err()).startsWith("tagrouter: ").containsIgnoringCase(message);
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.exit()).isEqualTo(exit);
        assertThat(result.out()).isEmpty();
    }

    private static Cli.Result run(String... arguments) {
        return Cli.plain(new byte[0], false, arguments);
    }
}
