package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code import}: what it says, and that a mistake is one line with the right exit code. */
class ImportCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private Cli.Result run(String format, String content, String... more) throws IOException {
        Path from = Files.writeString(folder.resolve("in"), content);
        List<String> all = new ArrayList<>(List.of(
                "import",
                "--format",
                format,
                "--from",
                from.toString(),
                "--to",
                folder.resolve("out").toString()));
        all.addAll(Arrays.asList(more));
        return Cli.plain(new byte[0], false, all.toArray(String[]::new));
    }

    @Test
    void saysWhatWasImported() throws IOException {
        Cli.Result run = run("csv", "text,a,b\nx,1,\ny,0,0.5\n");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Imported 2 queries, 2 models (a, b), 3 judgments (25.0 % of the cells are empty)")
                .contains("256 output tokens");
        assertThat(folder.resolve("out/quality.csv")).exists();
    }

    @Test
    void oneModelIsWarnedOf() throws IOException {
        assertThat(run("csv", "text,a\nx,1\n").err()).contains("only model a").contains("judge another");
    }

    @Test
    void brokenLinesAreNamed() throws IOException {
        Cli.Result run = run("csv", "text,a,b\nx,1,2\ny,1,1\n", "--broken-lines", "skip");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).contains("left out").contains("line 2, column b: '2'");
    }

    @Test
    void mistakesAreOneLine() throws IOException {
        assertRefused(run("parquet", "x"), 2, "'parquet'", "alpaca-eval, routellm, llmrouter, openai-log, csv");
        assertRefused(run("openai-log", "{}", "--rating-scale", "5"), 2, "'5'", "1:5");
        assertRefused(run("openai-log", "{}", "--rating-scale", "1:1"), 2, "'1:1'");
        assertRefused(run("csv", "text,a\nx,3\n"), 1, "line 2, column a: '3'", "from 0 to 1");
        assertRefused(run("csv", "prompt,a\nx,1\n"), 1, "no column 'text'");
        assertRefused(run("csv", "text,a,a\nx,1,1\n"), 1, "name each column once");
        assertRefused(run("csv", ""), 1, "no row below the header");
        assertRefused(run("llmrouter", "not json\n"), 1, "line 1", "not a JSON object");
        assertRefused(
                run("llmrouter", "{\"query\":\"q\",\"model_name\":\"m\",\"performance\":1.2}\n"), 1, "line 1", "1.2");
        assertRefused(run("openai-log", "{\"request\":{\"model\":\"m\"}}\n"), 1, "line 1", "messages");
    }

    private static void assertRefused(Cli.Result run, int exit, String... parts) {
        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        assertThat(run.err().strip().lines()).as(run.err()).hasSize(1);
        assertThat(run.err()).contains(parts);
    }
}
