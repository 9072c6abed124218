package dev.tagrouter.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.client.LlmTagging.Fallback;
import dev.tagrouter.client.testing.FakeTeacher;
import dev.tagrouter.client.testing.FakeTeacher.Answer;
import dev.tagrouter.core.tagging.Aligner;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Tag;
import dev.tagrouter.core.tagging.Tagger;
import dev.tagrouter.core.testing.TaggerContract;
import dev.tagrouter.core.testing.TinyProfile;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LlmTaggerTest extends TaggerContract {
    private final AtomicLong now = new AtomicLong();

    @SuppressWarnings("NullAway.Init")
    private FakeTeacher server;

    @SuppressWarnings("NullAway.Init")
    private Teacher teacher;

    @SuppressWarnings("NullAway.Init")
    private LlmTagger tagger;

    @BeforeEach
    void start() throws IOException {
        server = new FakeTeacher();
        teacher = new Teacher(
                ModelServer.of(server.url(), null, "m"),
                AnswerForm.JSON,
                TagPrompt.standard(AnswerForm.JSON),
                Patience.once(Duration.ofSeconds(5)));
        tagger = tagger(10);
    }

    private LlmTagger tagger(int cacheEntries) {
        Tagger other = TinyProfile.tagger(TinyProfile.vocabulary());
        return new LlmTagger(teacher, other, Aligner.exact(other.vocabulary()), cacheEntries, now::get);
    }

    @AfterEach
    void stop() {
        teacher.close();
        server.close();
    }

    @Override
    protected Tagger tagger() {
        return tagger;
    }

    @Test
    void freeTagsAreAlignedAndOthersReported() {
        server.answers(asked -> FakeTeacher.says("[\"Structured query language\", \"sql\", \"quantum\"]"));
        LlmTagging tagging = tagger.tagging(Query.of("x"));
        assertThat(tagging.tags().all()).containsExactly(new Tag("sql", 1));
        assertThat(tagging.unknown()).containsExactly("quantum");
        assertThat(tagging.fallback()).isNull();
    }

    @Test
    void theSameTextIsAskedOnceAndTheCacheIsBounded() {
        assertThat(tagger.cached(Query.of("x"))).isNull();
        tagger.tagging(Query.of("x"));
        tagger.tagging(Query.of("x"));
        assertThat(server.seen()).hasSize(1);
        assertThat(tagger.cached(Query.of("x"))).isNotNull();
        LlmTagger forgetful = tagger(0);
        forgetful.tagging(Query.of("x"));
        assertThat(forgetful.cached(Query.of("x"))).isNull();
    }

    @Test
    void aBlankQueryIsNotAsked() {
        assertThat(tagger.tagging(Query.of(" \n")).tags().isEmpty()).isTrue();
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void everyFailureIsAnsweredByTheOtherTaggerAndNotKept() {
        assertFallsBack(FakeTeacher.says("I would rather not."), Fallback.NO_TAGS);
        assertFallsBack(FakeTeacher.says("[\"quantum\"]"), Fallback.UNKNOWN_TAGS);
        assertFallsBack(FakeTeacher.refuses(500, ""), Fallback.SERVER_FAILED);
        assertFallsBack(FakeTeacher.refuses(429, ""), Fallback.SERVER_FAILED);
        assertThat(tagger.cached(Query.of("poem"))).isNull();
    }

    @Test
    void aHangCostsNoMoreThanTheDeadline() {
        teacher.close();
        teacher = new Teacher(
                ModelServer.of(server.url(), null, "m"),
                AnswerForm.JSON,
                TagPrompt.standard(AnswerForm.JSON),
                Patience.once(Duration.ofMillis(200)));
        tagger = tagger(10);
        long start = System.nanoTime();
        assertFallsBack(new Answer.Hangs(), Fallback.TIMED_OUT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void aServerThatKeepsFailingIsLeftAloneForAWhile() {
        for (int i = 0; i < 3; i++) {
            assertFallsBack(FakeTeacher.refuses(500, ""), Fallback.SERVER_FAILED);
        }
        int asked = server.seen().size();
        assertFallsBack(FakeTeacher.says("[\"sql\"]"), Fallback.RESTING);
        assertThat(server.seen()).hasSize(asked);
        now.addAndGet(Duration.ofSeconds(6).toNanos());
        assertThat(tagger.tagging(Query.of("poem")).fallback()).isNull();
    }

    private void assertFallsBack(Answer answer, Fallback fallback) {
        server.answers(asked -> answer);
        LlmTagging tagging = tagger.tagging(Query.of("poem"));
        assertThat(tagging.fallback()).isEqualTo(fallback);
        assertThat(tagging.tags().stated()).extracting(Tag::name).containsExactly("poetry");
    }
}
