package dev.tagrouter.lab.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tagrouter.client.AnswerForm;
import dev.tagrouter.client.FreeTags.Failure;
import dev.tagrouter.client.ModelServer;
import dev.tagrouter.client.Patience;
import dev.tagrouter.client.TagPrompt;
import dev.tagrouter.client.Teacher;
import dev.tagrouter.client.Usage;
import dev.tagrouter.client.testing.FakeTeacher;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.lab.dataset.BrokenLines;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeacherRunTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int QUERIES = 60;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private FakeTeacher server;

    private String model = "m";
    private BrokenLines broken = new BrokenLines(BrokenLines.Policy.REFUSE);

    @BeforeEach
    void start() throws IOException {
        server = new FakeTeacher();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            lines.add("{\"id\":\"q" + i + "\",\"text\":\"query number " + i + ".\",\"lang\":\"en\"}");
        }
        Files.write(in(), lines);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path in() {
        return folder.resolve("in.jsonl");
    }

    private Path out() {
        return folder.resolve("out.jsonl");
    }

    private TeacherRun.Outcome run(int atOnce, double budget) throws IOException {
        return run(atOnce, budget, Duration.ofSeconds(2));
    }

    private TeacherRun.Outcome run(int atOnce, double budget, Duration patient) throws IOException {
        ModelServer at = ModelServer.of(server.url(), null, model);
        Patience patience = new Patience(patient, 0, 64);
        try (Teacher teacher = new Teacher(at, AnswerForm.JSON, TagPrompt.standard(AnswerForm.JSON), patience)) {
            TeacherRun.Settings settings = new TeacherRun.Settings(atOnce, new Price(1, 10), budget);
            return new TeacherRun(teacher, settings, (tagged, failed, total, used) -> {}).run(in(), out(), broken);
        }
    }

    private TeacherRun.Outcome run() throws IOException {
        return run(4, Double.MAX_VALUE);
    }

    @Test
    void everyQueryIsTaggedOnceWithAllThatItsLineSaid() throws Exception {
        CountDownLatch four = new CountDownLatch(4);
        server.answers(asked -> {
            four.countDown();
            await(four);
            return FakeTeacher.says("{\"tags\":[\"sql\"]}");
        });
        TeacherRun.Outcome outcome = run(4, Double.MAX_VALUE, Duration.ofMinutes(1));
        assertThat(outcome.tagged()).isEqualTo(QUERIES);
        assertThat(outcome.usage()).isEqualTo(new Usage(100 * QUERIES, 10 * QUERIES));
        assertThat(outcome.failures()).isEmpty();
        assertThat(ids()).hasSize(QUERIES);
        JsonNode line = JSON.readTree(Files.readAllLines(out()).getFirst());
        assertThat(line.path("lang").asText()).isEqualTo("en");
        assertThat(line.path("text").asText()).startsWith("query number");
        assertThat(line.path("tags").get(0).asText()).isEqualTo("sql");
        assertThat(server.mostAtOnce()).isEqualTo(4);
        TeacherRun.Outcome again = run();
        assertThat(again.before()).isEqualTo(QUERIES);
        assertThat(server.seen()).hasSize(QUERIES);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Cut after every byte of the last lines: whatever was whole stays, the rest is asked again, nothing stands twice. */
    @Test
    void aRunCutOffAnywhereContinues() throws Exception {
        run();
        byte[] whole = Files.readAllBytes(out());
        int lastTwo = new String(whole, StandardCharsets.UTF_8).lastIndexOf('\n', whole.length - 2);
        for (int length = lastTwo - 3; length <= whole.length; length += 7) {
            Files.write(out(), Arrays.copyOf(whole, length));
            int before = server.seen().size();
            TeacherRun.Outcome outcome = run();
            assertThat(server.seen().size() - before)
                    .isEqualTo((int) outcome.tagged())
                    .isLessThanOrEqualTo(2);
            assertThat(ids()).hasSize(QUERIES);
        }
        Files.write(out(), Arrays.copyOf(whole, whole.length - 1));
        assertThat(run().tagged()).isZero();
        assertThat(Files.readAllBytes(out())).isEqualTo(whole);
    }

    @Test
    void whatFailsIsNamedTheRestGoesOnAndTheNextRunAsksAgain() throws Exception {
        server.answers(asked -> switch (number(asked)) {
            case 1 -> FakeTeacher.says("I cannot do that, but here is some advice instead.");
            case 2 -> FakeTeacher.says("{\"tags\": [\"sql\"");
            case 3 -> FakeTeacher.says("tag,".repeat(3) + String.join(",", numbers(200)));
            case 4 -> FakeTeacher.says("[\"数据库\"]");
            case 5 -> FakeTeacher.says("");
            case 6 -> FakeTeacher.refuses(429, "slow down");
            case 7 -> new FakeTeacher.Answer.Hangs();
            case 8 -> new FakeTeacher.Answer.HangsInTheBody();
            case 9 -> new FakeTeacher.Answer.Breaks();
            default -> FakeTeacher.says("[\"sql\"]");
        });
        TeacherRun.Outcome outcome = run();
        assertThat(outcome.stopped()).isNull();
        assertThat(outcome.tagged()).isEqualTo(QUERIES - 9);
        assertThat(outcome.failures().get(Failure.TIMED_OUT))
                .satisfies(timeouts -> assertThat(timeouts.firstIds()).containsExactlyInAnyOrder("q7", "q8"));
        assertThat(outcome.failures())
                .containsOnlyKeys(
                        Failure.PROSE,
                        Failure.WRONG_JSON,
                        Failure.TOO_MANY,
                        Failure.OTHER_LANGUAGE,
                        Failure.EMPTY,
                        Failure.RATE_LIMITED,
                        Failure.TIMED_OUT,
                        Failure.UNREACHABLE);
        assertThat(Files.readAllLines(outcome.failureFile())).hasSize(9).allMatch(line -> line.contains("\"detail\":"));
        server.answers(asked -> FakeTeacher.says("[\"sql\"]"));
        int before = server.seen().size();
        assertThat(run().tagged()).isEqualTo(9);
        assertThat(server.seen()).hasSize(before + 9);
        assertThat(outcome.failureFile()).doesNotExist();
        assertThat(ids()).hasSize(QUERIES);
    }

    @Test
    void whereGoingOnIsOfNoUseItStops() throws Exception {
        server.answers(asked -> FakeTeacher.refuses(401, "no"));
        TeacherRun.Outcome refused = run();
        assertThat(refused.stopped()).contains("takes no query (status 401: no)");
        assertThat(server.seen()).hasSizeLessThanOrEqualTo(4);
        server.answers(asked -> FakeTeacher.refuses(500, "down"));
        assertThat(run().stopped()).contains("failed for 20 queries in a row");
        server.answers(asked -> FakeTeacher.says("[\"sql\"]"));
        TeacherRun.Outcome poor = run(1, 0.0009);
        assertThat(poor.stopped()).isEqualTo("the budget is spent");
        assertThat(poor.tagged()).isEqualTo(5);
    }

    @Test
    void brokenLinesAreNamedBeforeAnythingIsPaidForOrLeftOut() throws Exception {
        List<byte[]> bad = List.of(
                "{\"id\":\"x\",\"text\":\"broken".getBytes(StandardCharsets.UTF_8),
                "{\"id\":\"x\",\"text\":\"中文的问题\"}".getBytes(Charset.forName("GB18030")),
                "{\"id\":\"x\",\"text\":\"über\"}".getBytes(StandardCharsets.ISO_8859_1),
                "{\"id\":\"x\"}".getBytes(StandardCharsets.UTF_8),
                "{\"id\":\"q3\",\"text\":\"again\"}".getBytes(StandardCharsets.UTF_8));
        List<String> messages = List.of(
                "line 61 of " + in() + " is not JSON",
                "line 61 of " + in() + " is not UTF-8 text; it looks like GB18030",
                "line 61 of " + in() + " is not UTF-8 text; it looks like Latin-1",
                "line 61 of " + in() + " has no \"id\" or no \"text\"",
                "line 61 of " + in() + " has the id 'q3' of line 4");
        byte[] good = Files.readAllBytes(in());
        for (int i = 0; i < bad.size(); i++) {
            Files.write(in(), good);
            Files.write(in(), bad.get(i), StandardOpenOption.APPEND);
            broken = new BrokenLines(BrokenLines.Policy.REFUSE);
            assertThatThrownBy(this::run).hasMessageStartingWith(messages.get(i));
            assertThat(out()).doesNotExist();
            broken = new BrokenLines(BrokenLines.Policy.SKIP);
            assertThat(run().tagged()).isEqualTo(QUERIES);
            assertThat(broken.count()).isEqualTo(1);
            assertThat(broken.named().getFirst()).startsWith(messages.get(i));
            Files.delete(out());
        }
    }

    @Test
    void halvesOfCharactersEndNoRun() throws Exception {
        Files.writeString(in(), "{\"id\":\"a\",\"text\":\"sql \\ud800 number 1.\"}\n");
        assertThat(run().tagged()).isEqualTo(1);
        Files.writeString(in(), "{\"id\":\"b\",\"text\":\"number 2.\"}\n");
        server.answers(
                asked -> FakeTeacher.says("x".repeat(79) + "\ud83d\ude42 and so on, as a sentence that does not end."));
        assertThat(run().failures()).containsOnlyKeys(Failure.PROSE);
    }

    @Test
    void tagsOfAnotherTeacherAreNotMixedIn() throws Exception {
        run();
        model = "other";
        assertThatThrownBy(this::run).hasMessageContaining("was written by m@").hasMessageContaining("another --out");
        model = "m";
        Files.writeString(out(), "{\"id\":\"q1\"}\n" + Files.readString(out()));
        assertThatThrownBy(this::run).hasMessageContaining("line 1 of " + out() + " has no id with tags");
    }

    @Test
    void twoRunsDoNotWriteOneFile() throws Exception {
        try (TagLog log = TagLog.open(out(), "m")) {
            assertThat(log.isDone("q1")).isFalse();
            assertThatThrownBy(this::run).hasMessageContaining("another run writes");
        }
    }

    private Set<String> ids() throws IOException {
        List<String> lines = Files.readAllLines(out());
        Set<String> ids = new TreeSet<>();
        for (String line : lines) {
            assertThat(ids.add(JSON.readTree(line).path("id").asText())).isTrue();
        }
        assertThat(Files.readString(out())).endsWith("\n");
        return ids;
    }

    private static int number(FakeTeacher.Seen asked) {
        return Integer.parseInt(asked.user().replaceAll("(?s).*query number (\\d+)\\..*", "$1"));
    }

    private static List<String> numbers(int count) {
        AtomicInteger number = new AtomicInteger();
        return Stream.generate(() -> "tag " + number.incrementAndGet())
                .limit(count)
                .toList();
    }
}
