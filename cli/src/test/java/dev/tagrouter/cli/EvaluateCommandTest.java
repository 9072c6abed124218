package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evaluate} on a small invented data folder: tables, results.json, and refusals in one line. */
class EvaluateCommandTest {
    private static final int QUERIES = 300;

    @TempDir
    private Path folder = Path.of("");

    /** Every test has the same texts and tags, so that taggers are trained once. */
    @TempDir
    private static Path cache = Path.of("");

    private void write() throws IOException {
        StringBuilder quality = new StringBuilder("query,small,large\n");
        StringBuilder texts = new StringBuilder();
        StringBuilder tags = new StringBuilder();
        for (int i = 0; i < QUERIES; i++) {
            boolean easy = i * 7 % 3 != 0;
            String text = (easy ? "say hello nicely " : "prove the theorem ") + i * 7919 % 1009;
            quality.append(i).append(easy ? ",0.9,0.7\n" : ",0.2,0.8\n");
            texts.append("{\"id\":\"" + i + "\",\"text\":\"" + text + "\"}\n");
            tags.append("{\"id\":\"x:" + i + "\",\"text\":\"" + text + "\",\"tags\":[\"" + (easy ? "greeting" : "proof")
                    + "\"]}\n");
        }
        Files.createDirectories(folder.resolve("set"));
        Files.writeString(folder.resolve("set/quality.csv"), quality);
        Files.writeString(folder.resolve("set/queries.jsonl"), texts);
        Files.createDirectories(folder.resolve("tags"));
        Files.writeString(folder.resolve("tags/teacher_tags.jsonl"), tags);
        Files.writeString(folder.resolve("pools.json"), """
                {"prices": {"small": [0.1, 0.1], "large": [10, 10]},
                 "pools": [{"name": "pair", "data": "set", "models": ["small", "large"], "tie_margin": 0.05}]}
                """);
    }

    private Cli.Result evaluate(String... more) {
        String[] usual = {
            "evaluate",
            "--data",
            folder.toString(),
            "--cache",
            cache.toString(),
            "--out",
            folder.resolve("out").toString(),
            "--quiet"
        };
        String[] all = java.util.Arrays.copyOf(usual, usual.length + more.length);
        System.arraycopy(more, 0, all, usual.length, more.length);
        return Cli.plain(new byte[0], false, all);
    }

    @Test
    void printsATableAndWritesTheResults() throws IOException {
        write();
        Cli.Result run = evaluate("--methods", "paper,shrunk-means");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("Pool pair: 300 queries", "best-single", "oracle", "tagrouter", "paper");
        JsonNode results =
                new ObjectMapper().readTree(folder.resolve("out/results.json").toFile());
        assertThat(results.path("run").path("seed").asText()).isEqualTo("1");
        JsonNode ours = results.path("results").get(5);
        assertThat(ours.path("method").asText()).isEqualTo("tagrouter");
        assertThat(ours.path("ar").asDouble()).isGreaterThan(0.98);
        assertThat(run.out()).contains("Holm", "APGR", "AIQ", "Beaten with p < .05", "Savings are price mix");
    }

    @Test
    void writesAReportThatCanBeWrittenAgain() throws IOException {
        write();
        Path out = folder.resolve("out");
        assertThat(evaluate("--methods", "paper").exit()).isZero();
        String first = Files.readString(out.resolve("report.html"));
        Files.writeString(
                out.resolve("ablation.json"),
                "{\"pools\":[\"pair\"],\"rows\":[{\"variant\":\"left-out\",\"methods\":{}}]}");

        Cli.Result again = Cli.plain(new byte[0], false, "report", out.toString());

        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(first).contains("\"pair\"").doesNotContain("left-out");
        assertThat(Files.readString(out.resolve("report.html"))).contains("\"pair\"", "left-out");
    }

    @Test
    void aReportNamesWhatIsMissing() throws IOException {
        write();
        Cli.Result none = Cli.plain(new byte[0], false, "report", folder.toString());
        Cli.Result late = evaluate("--ablation", folder.resolve("nowhere.json").toString());

        assertThat(none.exit()).isEqualTo(1);
        assertThat(none.err().strip()).hasLineCount(1).contains("results.json", "tagrouter evaluate");
        assertThat(late.exit()).isEqualTo(1);
        assertThat(late.err().strip()).hasLineCount(1).contains("nowhere.json", "tagrouter ablate");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void leavesOutWhatNeedsEmbeddingsAndSaysSo() throws IOException {
        write();
        Cli.Result run = evaluate("--json");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("left out").contains("knn, mlp");
        assertThat(new ObjectMapper().readTree(run.out()).path("results")).isNotEmpty();
    }

    @Test
    void refusesInOneLine() throws IOException {
        write();
        assertThat(evaluate("--folds", "2").exit()).isEqualTo(2);
        for (String[] wrong : new String[][] {
            {"--pool", "none"},
            {"--methods", "magic"},
            {"--pools", folder.resolve("nowhere.json").toString()},
            {"--tags", folder.resolve("nowhere.jsonl").toString(), "--methods", "paper"}
        }) {
            Cli.Result run = evaluate(wrong);
            assertThat(run.exit()).as(wrong[0]).isEqualTo(1);
            assertThat(run.err().strip().lines()).as(wrong[0]).hasSize(1);
            assertThat(run.err()).contains(wrong[1]);
        }
    }

    @Test
    void aMissingPoolsFileIsCalledThat() {
        Cli.Result run = evaluate();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains("pools file '" + folder.resolve("pools.json") + "' does not exist")
                .doesNotContain("CSV");
    }

    @Test
    void aDryRunChecksAndWritesNothing() throws IOException {
        write();
        assertThat(evaluate("--dry-run", "--pool", "none").exit()).isEqualTo(1);
        assertThat(evaluate("--dry-run", "--methods", "magic").exit()).isEqualTo(1);

        Cli.Result run = evaluate("--dry-run");

        assertThat(run.exit()).isZero();
        assertThat(run.out() + run.err()).isEmpty();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    /** The pools of the public data can be read, where they are. */
    @Test
    void publicPoolsAreReadWhereTheyAre() throws IOException {
        Path data = Path.of("../../shared/data");
        assumeThat(Files.isDirectory(data))
                .as("the shared data folder is not here")
                .isTrue();
        assertThat(dev.tagrouter.lab.evaluation.Pools.read(data.resolve("pools.json"))
                        .pools())
                .hasSize(28);
    }
}
