package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tagrouter.lab.evaluation.Variants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ablate} on a small invented data folder: table, ablation.json, and refusals in one line. */
class AblateCommandTest {
    private static final int QUERIES = 200;

    @TempDir
    private Path folder = Path.of("");

    @TempDir
    private static Path cache = Path.of("");

    private void write(String tagged) throws IOException {
        StringBuilder quality = new StringBuilder("query,small,large\n");
        StringBuilder texts = new StringBuilder();
        StringBuilder tags = new StringBuilder();
        for (int i = 0; i < QUERIES; i++) {
            boolean easy = i * 7 % 3 != 0;
            String text = (easy ? " say hello nicely " : " prove the theorem ") + i * 7919 % 1009;
            quality.append(i).append(easy ? ",0.9,0.7\n" : ",0.2,0.8\n");
            texts.append("{\"id\":\"" + i + "\",\"text\":\"please" + text + "\"}\n");
            tags.append("{\"id\":\"x:" + i + "\",\"text\":\"" + tagged + text + "\",\"tags\":[\""
                    + (easy ? "greeting" : "proof") + "\"]}\n");
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

    private Cli.Result ablate(String... more) {
        List<String> all = new ArrayList<>(List.of("ablate", "--data", folder.toString(), "--cache", cache.toString()));
        all.addAll(List.of("--out", folder.resolve("out").toString(), "--quiet"));
        all.addAll(List.of(more));
        return Cli.plain(new byte[0], false, all.toArray(String[]::new));
    }

    @Test
    void printsATableAndWritesTheRows() throws IOException {
        write("please");
        Cli.Result run = ablate("--variants", "teacher-exact,tie-1");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Mean over 1 pools of two, 200 queries", "teacher-exact", "counts no ties")
                .contains("The student keeps 99 % [98 100] of the gain of teacher-exact with tagrouter");
        JsonNode found =
                new ObjectMapper().readTree(folder.resolve("out/ablation.json").toFile());
        assertThat(found.at("/run/folds").asText()).isEqualTo("5");
        assertThat(found.path("rows")).hasSize(3);
        assertThat(found.at("/rows/0/f1").asDouble()).isGreaterThan(0.5);
        assertThat(found.at("/rows/0/f1Canonical")).isEqualTo(found.at("/rows/0/f1"));
        assertThat(found.at("/rows/1/f1").isNull()).isTrue();
        assertThat(found.at("/rows/1/methods/tagrouter/keptByStandardStudentCi/low")
                        .asDouble())
                .isGreaterThan(0.9);
    }

    @Test
    void refusesInOneLine() throws IOException {
        write("kindly");
        assertThat(ablate("--folds", "2").exit()).isEqualTo(2);
        for (String[] wrong : new String[][] {
            {"--pool", "none"},
            {"--variants", "magic"},
            {"--variants", "teacher-meaning"},
            {"--tags", folder.resolve("nowhere.jsonl").toString()},
            {"--variants", "teacher-exact", "pool pair (set set) is tagged"}
        }) {
            Cli.Result run = ablate(wrong[0], wrong[1]);
            assertThat(run.exit()).as(wrong[1]).isEqualTo(1);
            assertThat(run.err().strip().lines().filter(line -> !line.contains("no sentence embedder")))
                    .as(wrong[1])
                    .hasSize(1);
            assertThat(run.err()).contains(wrong[wrong.length - 1]);
        }
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void helpNamesEveryVariantThatNeedsNoEmbedder() {
        String help = Cli.plain(new byte[0], false, "ablate", "--help").out().replaceAll("\\s+", " ");

        assertThat(help).contains(Variants.all(null, Path.of("")).names());
    }

    @Test
    void aDryRunChecksAndWritesNothing() throws IOException {
        write("please");
        assertThat(ablate("--dry-run", "--variants", "magic").exit()).isEqualTo(1);

        Cli.Result run = ablate("--dry-run");

        assertThat(run.exit()).isZero();
        assertThat(run.out() + run.err()).isEmpty();
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
