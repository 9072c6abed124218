package dev.tagrouter.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tagrouter.client.FreeTags.Failure;
import dev.tagrouter.client.testing.FakeTeacher;
import dev.tagrouter.client.testing.FakeTeacher.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeacherTest {
    private static final String KEY = "canary-teacher-key";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private FakeTeacher server;

    private final List<Duration> pauses = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server = new FakeTeacher();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Teacher teacher(AnswerForm form, Patience patience) {
        return new Teacher(
                ModelServer.of(server.url(), new ApiKey(KEY), "m"),
                form,
                TagPrompt.standard(form),
                patience,
                new Random(1),
                nanos -> pauses.add(Duration.ofNanos(nanos)));
    }

    private FreeTags ask(int retries) throws InterruptedException {
        try (Teacher teacher = teacher(AnswerForm.JSON, new Patience(Duration.ofMillis(500), retries, 64))) {
            return teacher.tag("write sql");
        }
    }

    @Test
    void asksByPromptSchemaAndKey() throws Exception {
        assertThat(ask(0)).isEqualTo(new FreeTags.Tagged(List.of("sql"), new Usage(100, 10)));
        FakeTeacher.Seen seen = server.seen().getFirst();
        assertThat(seen.authorization()).isEqualTo("Bearer " + KEY);
        assertThat(seen.user()).contains("write sql").doesNotContain("{query}");
        assertThat(seen.body().path("messages").path(0).path("role").asText()).isEqualTo("system");
        assertThat(seen.body().path("response_format").path("type").asText()).isEqualTo("json_schema");
        assertThat(seen.body().path("model").asText()).isEqualTo("m");
        assertThat(seen.body().path("max_tokens").asInt()).isEqualTo(64);
    }

    @Test
    void aServerWithoutStructuredOutputIsAskedPlainlyFromThenOn() throws Exception {
        server.answers(asked -> asked.hasSchema()
                ? FakeTeacher.refuses(400, "no response_format")
                : FakeTeacher.says("tags: sql, poem"));
        try (Teacher teacher = teacher(AnswerForm.JSON, Patience.once(Duration.ofSeconds(5)))) {
            assertThat(teacher.tag("a")).isInstanceOf(FreeTags.Tagged.class);
            assertThat(teacher.tag("b")).isInstanceOf(FreeTags.Tagged.class);
        }
        assertThat(server.seen()).extracting(FakeTeacher.Seen::hasSchema).containsExactly(true, false, false);
    }

    @Test
    void aModelThatTakesNoTemperatureKeepsItsSchema() throws Exception {
        server.answers(asked -> asked.body().has("temperature")
                ? FakeTeacher.refuses(400, "temperature is not supported")
                : FakeTeacher.says("{\"tags\":[\"sql\"]}"));
        assertThat(ask(0)).isInstanceOf(FreeTags.Tagged.class);
        assertThat(server.seen().getLast().hasSchema()).isTrue();
    }

    @Test
    void aQueryThatIsRefusedDoesNotChangeHowOthersAreAsked() throws Exception {
        server.answers(asked -> asked.user().contains("long")
                ? FakeTeacher.refuses(400, "too long for " + KEY)
                : FakeTeacher.says("[\"sql\"]"));
        try (Teacher teacher = teacher(AnswerForm.JSON, Patience.once(Duration.ofSeconds(5)))) {
            assertFailed(teacher.tag("long"), Failure.REFUSED, "status 400: too long for ***");
            assertThat(teacher.tag("a")).isInstanceOf(FreeTags.Tagged.class);
            assertThat(server.seen().getLast().hasSchema()).isTrue();
            int before = server.seen().size();
            assertFailed(teacher.tag("long"), Failure.REFUSED, "status 400");
            assertThat(server.seen()).hasSize(before + 1);
        }
    }

    @Test
    void passingFailuresAreTriedAgainAndOthersNot() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        List<Answer> answers = List.of(
                FakeTeacher.refuses(503, "starting"),
                new Answer.Breaks(),
                FakeTeacher.refuses(500, ""),
                FakeTeacher.says("[\"sql\"]"));
        server.answers(asked -> answers.get(Math.min(calls.getAndIncrement(), 3)));
        assertThat(ask(3)).isInstanceOf(FreeTags.Tagged.class);
        assertThat(pauses).hasSize(3).allMatch(pause -> pause.compareTo(Duration.ofSeconds(2)) <= 0);
        server.answers(asked -> FakeTeacher.refuses(401, "Incorrect API key: " + KEY));
        int before = server.seen().size();
        assertFailed(ask(3), Failure.NO_ACCESS, "status 401: Incorrect API key: ***");
        assertThat(server.seen()).hasSize(before + 1);
        server.answers(asked -> FakeTeacher.refuses(404, "no model m"));
        assertFailed(ask(3), Failure.NO_SUCH_MODEL, "no model m");
    }

    @Test
    void aRateLimitIsWaitedForAsLongAsTheServerSays() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        server.answers(asked -> calls.getAndIncrement() == 0
                ? new Answer.Whole(429, Map.of("retry-after", "7"), "{}")
                : FakeTeacher.says("[\"sql\"]"));
        assertThat(ask(1)).isInstanceOf(FreeTags.Tagged.class);
        assertThat(pauses.getFirst()).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8));
        server.answers(asked -> new Answer.Whole(429, Map.of("retry-after", "soon"), ""));
        assertFailed(ask(2), Failure.RATE_LIMITED, "status 429 after 3 attempts");
    }

    @Test
    void whatHangsEndsAtTheDeadlineWhereverItHangs() throws Exception {
        for (Answer hang : List.of(new Answer.Hangs(), new Answer.HangsInTheBody())) {
            server.answers(asked -> hang);
            long start = System.nanoTime();
            assertFailed(ask(0), Failure.TIMED_OUT, "did not answer within");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void whatIsNoChatCompletionIsNamed() throws Exception {
        server.answers(asked -> new Answer.Whole(200, Map.of(), "<html>hello</html>"));
        assertFailed(ask(0), Failure.SERVER_ERROR, "no chat completion");
        server.answers(asked -> FakeTeacher.says("x".repeat(2 << 20)));
        assertFailed(ask(0), Failure.UNREACHABLE, "longer than 1 MiB");
        String gone = server.url();
        server.close();
        try (Teacher teacher = new Teacher(
                ModelServer.of(gone, null, "m"),
                AnswerForm.JSON,
                TagPrompt.standard(AnswerForm.JSON),
                Patience.once(Duration.ofSeconds(5)))) {
            assertFailed(teacher.tag("x"), Failure.UNREACHABLE, "connection refused");
        }
    }

    @Test
    void theReleasedModelIsAskedByItsOwnForm() throws Exception {
        server.answers(asked -> FakeTeacher.says("['Machine Learning', '数据库']"));
        try (Teacher teacher = teacher(AnswerForm.TAGGENERATOR, Patience.once(Duration.ofSeconds(5)))) {
            assertThat(teacher.tag("x"))
                    .isEqualTo(new FreeTags.Tagged(List.of("machine learning", "数据库"), new Usage(100, 10)));
        }
        FakeTeacher.Seen seen = server.seen().getFirst();
        assertThat(seen.hasSchema()).isFalse();
        assertThat(seen.body().path("messages")).hasSize(1);
    }

    @Test
    void aPromptFileReplacesTheBuiltInOne() throws Exception {
        Path file = folder.resolve("prompt.txt");
        Files.writeString(file, "Be brief.\n---\nQ: {query}\n");
        TagPrompt prompt = TagPrompt.read(file);
        assertThat(prompt.system()).isEqualTo("Be brief.");
        assertThat(prompt.user("a{query}b")).isEqualTo("Q: a{query}b");
        assertThat(prompt.id())
                .hasSize(8)
                .isNotEqualTo(TagPrompt.standard(AnswerForm.JSON).id());
        Files.writeString(file, "{query}\n---\nnothing");
        assertThatThrownBy(() -> TagPrompt.read(file)).hasMessageContaining("no {query} after its line ---");
        assertThatThrownBy(() -> TagPrompt.read(folder.resolve("none"))).hasMessageContaining("does not exist");
    }

    @Test
    void anyTextCanBeSent() throws Exception {
        try (Teacher teacher = teacher(AnswerForm.JSON, Patience.once(Duration.ofSeconds(20)))) {
            teacher.tag("\ud800 lone " + "x".repeat(2_000_000) + "end");
        }
        assertThat(server.seen().getFirst().user())
                .contains("lone")
                .contains("end")
                .hasSizeLessThan(ChatRequest.MOST_CHARACTERS + 100);
    }

    private static void assertFailed(FreeTags tags, Failure failure, String detail) {
        assertThat(tags).isInstanceOfSatisfying(FreeTags.Failed.class, failed -> {
            assertThat(failed.failure()).isEqualTo(failure);
            assertThat(failed.detail()).contains(detail).doesNotContain(KEY);
        });
    }
}
