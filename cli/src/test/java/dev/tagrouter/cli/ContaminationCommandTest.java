package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code contamination}: two files, one folder with splits, and what it refuses. */
class ContaminationCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private static Cli.Result run(String... arguments) {
        return Cli.plain(new byte[0], false, arguments);
    }

    private String write(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, String.join("\n", lines)).toString();
    }

    @Test
    void comparesTwoFiles() throws IOException {
        String train =
                write("train.jsonl", "{\"id\":\"a\",\"text\":\"Hello there\"}", "{\"id\":\"b\",\"text\":\"Other\"}");
        String test = write("test.jsonl", "{\"id\":1,\"text\":\"hello, THERE!\"}", "", "{\"id\":2,\"text\":\"new\"}");

        Cli.Result run = run("contamination", train, test, "--list");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Of 2 queries tested on, 1 stand among the 2 learned from: 1 word for word, 0 nearly")
                .containsPattern("1 +a +word for word");
        Cli.Result json = run("contamination", train, test, "--json", "--list");
        assertThat(json.json().path("exact").asInt()).isEqualTo(1);
        assertThat(json.json().path("pairs").get(0).path("first").asText()).isEqualTo("a");
    }

    @Test
    void comparesTheSplitsOfAFolder() throws IOException {
        write(
                "set/queries.jsonl",
                "{\"id\":\"a\",\"split\":\"train\",\"text\":\"x y\"}",
                "{\"id\":\"b\",\"split\":\"test\",\"text\":\"X, y\"}",
                "{\"id\":\"c\",\"split\":\"test\",\"text\":\"z\"}");
        assertThat(run("contamination", folder.resolve("set").toString()).out())
                .contains("Of 2 queries tested on, 1 stand among the 1 learned from");
    }

    @Test
    void mistakesAreOneLine() throws IOException {
        String plain = write("plain.jsonl", "{\"id\":\"a\",\"text\":\"x\"}");
        assertRefused(run("contamination", plain), 2, "of split test");
        assertRefused(run("contamination", plain, folder.resolve("none").toString()), 1, "does not exist");
        assertRefused(run("contamination", plain, write("bad.jsonl", "{\"id\":\"a\"}")), 1, "line 1");
        assertRefused(run("contamination", plain, write("empty.jsonl", "")), 1, "is empty");
    }

    private static void assertRefused(Cli.Result run, int exit, String part) {
        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        assertThat(run.err().strip().lines()).hasSize(1);
        assertThat(run.err()).contains(part);
    }
}
