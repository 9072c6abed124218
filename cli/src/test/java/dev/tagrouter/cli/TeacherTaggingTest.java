package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.client.testing.FakeTeacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeacherTaggingTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private FakeTeacher teacher;

    @BeforeEach
    void start() throws IOException {
        teacher = new FakeTeacher();
        Files.writeString(in(), "{\"id\":\"a\",\"text\":\"write sql\"}\n{\"id\":\"b\",\"text\":\"a poem\"}\n");
    }

    @AfterEach
    void stop() {
        teacher.close();
    }

    private Path in() {
        return folder.resolve("in.jsonl");
    }

    private Path out() {
        return folder.resolve("out.jsonl");
    }

    private Cli.Result tag(String... arguments) {
        List<String> all = new ArrayList<>(List.of("tag", "--teacher", teacher.url(), "--model", "m"));
        all.addAll(List.of(arguments));
        return Cli.plain(new byte[0], false, all.toArray(String[]::new));
    }

    private Cli.Result tagFile(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--in", in().toString(), "--out", out().toString()));
        all.addAll(List.of(arguments));
        return tag(all.toArray(String[]::new));
    }

    @Test
    void tagsAFileAndSaysWhatItCost() throws IOException {
        Cli.Result result = tagFile("--price", "2,10");
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
        assertThat(result.lines())
                .containsExactly(
                        "Tagged 2 of 2 queries, written to " + out(),
                        "This run: 200 tokens in, 20 out, 0.00060 USD",
                        "0 of 2 tags (0 different ones) are not in the profile's vocabulary");
        assertThat(Files.readAllLines(out())).hasSize(2).allMatch(line -> line.contains("\"tags\":[\"sql\"]"));
        assertThat(tagFile().lines().getFirst()).endsWith("earlier runs had tagged 2");
    }

    @Test
    void whatFailedIsListedAndTheExitSaysSo() {
        teacher.answers(asked -> asked.user().contains("poem")
                ? FakeTeacher.says("Roses are red, and this is a rather long poem about them.")
                : FakeTeacher.says("[\"sql\"]"));
        Cli.Result result = tagFile();
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).contains("prose instead of tags        1  b");
        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .contains("1 of 2 queries have no tags; run the same command again")
                .contains("out.failed.jsonl");
    }

    @Test
    void oneQueryTriesAPrompt() throws IOException {
        assertThat(tag("--quiet", "write sql").lines()).containsExactly("sql");
        assertThat(tag("--json", "write sql").out())
                .isEqualTo("{\"id\":\"1\",\"tags\":[\"sql\"]}" + System.lineSeparator());
        Path prompt = folder.resolve("prompt.txt");
        Files.writeString(
                prompt, Cli.plain(new byte[0], false, "tag", "--print-prompt").out());
        tag("--prompt", prompt.toString(), "write sql");
        assertThat(teacher.seen()).hasSize(3);
        assertThat(teacher.seen().getLast().body())
                .isEqualTo(teacher.seen().getFirst().body());
        assertThat(tag("--form", "taggenerator", "write sql").lines()).containsExactly("sql");
        assertThat(teacher.seen().getLast().user()).startsWith("[System]");
        teacher.answers(asked -> FakeTeacher.says("no"));
        teacher.answers(asked -> FakeTeacher.refuses(400, "bad"));
        assertThat(tag("x").err()).contains("no tags (refused): status 400: bad");
    }

    @Test
    void wrongUsageIsNamed() {
        assertUsage(tag(), "--in is missing");
        assertUsage(tag("--in", in().toString()), "--out is missing");
        assertUsage(tag("--key-env", "NO_SUCH_VARIABLE_HERE", "x"), "'NO_SUCH_VARIABLE_HERE' of --key-env is not set");
        assertUsage(tagFile("--budget", "1"), "--budget needs --price");
        assertUsage(tagFile("--at-once", "0"), "the limit of requests at once is 0");
        assertUsage(tagFile("--deadline", "0"), "the deadline is 0 ms");
        assertUsage(tagFile("x"), "a query and --in or --out are both given");
        assertUsage(Cli.plain(new byte[0], false, "tag", "--model", "m", "x"), "add --teacher URL");
        assertUsage(
                Cli.plain(new byte[0], false, "tag", "--teacher", "ftp://x", "--model", "m", "x"), "no http address");
        assertUsage(
                Cli.plain(new byte[0], false, "tag", "--teacher", "http://a b:secret@x", "--model", "m", "x"),
                "not valid at its character");
    }

    private static void assertUsage(Cli.Result result, String message) {
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains(message).doesNotContain("secret");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void theKeyComesFromTheEnvironmentAndIsNeverShown() {
        String home = System.getenv("PATH");
        teacher.answers(asked -> FakeTeacher.refuses(401, "wrong key " + home));
        Cli.Result result = tagFile("--key-env", "PATH");
        assertThat(teacher.seen().getFirst().authorization()).isEqualTo("Bearer " + home);
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("stopped: the teacher takes no query (status 401: wrong key ***)");
        assertThat(result.out() + result.err()).doesNotContain(home);
    }

    /** A process that is killed in the middle of its work, more than once, and one that finishes it. */
    @Test
    void aKilledProcessContinuesAndAsksForNothingTwice() throws Exception {
        int queries = 300;
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < queries; i++) {
            lines.add("{\"id\":\"q" + i + "\",\"text\":\"query " + i + "\"}");
        }
        Files.write(in(), lines);
        teacher.answers(asked -> {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return FakeTeacher.says("[\"sql\"]");
        });
        int whole = 0;
        for (int kill = 0; kill < 2; kill++) {
            Process process = process();
            while (linesOf(out()) < whole + 60 && process.isAlive()) {
                Thread.sleep(5);
            }
            process.destroyForcibly().waitFor();
            whole = linesOf(out());
            assertThat(whole).isLessThan(queries);
        }
        int asked = askedOnceStill();
        Process last = process();
        assertThat(last.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(last.exitValue()).isZero();
        assertThat(teacher.seen().size() - asked).isEqualTo(queries - whole);
        assertThat(Files.readAllLines(out())).hasSize(queries).doesNotHaveDuplicates();
    }

    /** How often the teacher was asked, what a killed process had sent and was not read yet included. */
    private int askedOnceStill() throws InterruptedException {
        int asked;
        do {
            asked = teacher.seen().size();
            Thread.sleep(500);
        } while (teacher.seen().size() > asked);
        return asked;
    }

    private static int linesOf(Path file) throws IOException {
        return Files.exists(file)
                ? (int) Files.readString(file).chars().filter(c -> c == '\n').count()
                : 0;
    }

    private Process process() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.tagrouter.cli.TagRouterCommand",
                        "tag",
                        "--teacher",
                        teacher.url(),
                        "--model",
                        "m",
                        "--in",
                        in().toString(),
                        "--out",
                        out().toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }
}
