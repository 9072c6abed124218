package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tagrouter.client.testing.FakeTeacher;
import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.config.Secret;
import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.config.TaggerConfig;
import dev.tagrouter.gateway.config.Timeouts;
import dev.tagrouter.gateway.config.UpstreamConfig;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tags given by the client, and tags by a configured model. */
class TaggingTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "canary-tagger-key";

    @SuppressWarnings("NullAway.Init")
    private Fixture fixture;

    @SuppressWarnings("NullAway.Init")
    private FakeTeacher teacher;

    @BeforeEach
    void start() throws Exception {
        teacher = new FakeTeacher();
        fixture = new Fixture();
    }

    @AfterEach
    void stop() {
        fixture.close();
        teacher.close();
    }

    private void withModel(Duration deadline) throws Exception {
        withModel(deadline, TaggerConfig.Alignment.EXACT);
    }

    private void withModel(Duration deadline, TaggerConfig.Alignment alignment) throws Exception {
        fixture.close();
        fixture = new Fixture(upstream -> {
            GatewayConfig plain = Fixture.config(ServerConfig.DEFAULT, upstream, Timeouts.DEFAULT);
            List<UpstreamConfig> upstreams = new ArrayList<>(plain.upstreams());
            upstreams.add(new UpstreamConfig("tags", URI.create(teacher.url()), new Secret(KEY), Timeouts.DEFAULT));
            return GatewayConfig.of(plain.server(), upstreams, plain.models(), plain.routing())
                    .withTagger(TaggerConfig.of("tags", "tagger-model")
                            .withDeadline(deadline)
                            .withAlignment(alignment));
        });
    }

    @Test
    void givenTagsAreAlignedAndUnknownOnesReported() throws Exception {
        HttpResponse<String> response =
                fixture.chat("auto", "hello", "x-tagrouter-tags", "Structured query language, quantum%2C physics");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Fixture.header(response, "x-tagrouter-model")).isEqualTo("my-coder");
        assertThat(Fixture.header(response, "x-tagrouter-tags")).isEqualTo("sql");
        assertThat(Fixture.header(response, "x-tagrouter-tagger")).isEqualTo("given");
        assertThat(Fixture.header(response, "x-tagrouter-unknown-tags")).isEqualTo("quantum%2C%20physics");
        assertThat(fixture.upstream.next().headers().names()).noneMatch(name -> name.startsWith("x-tagrouter"));
        HttpResponse<String> untold = fixture.chat("auto", "write sql");
        assertThat(untold.headers().map()).doesNotContainKeys("x-tagrouter-tagger", "x-tagrouter-unknown-tags");
        HttpResponse<String> unknown = fixture.chat("auto", "write sql", "x-tagrouter-tags", "quantum");
        assertThat(Fixture.header(unknown, "x-tagrouter-reason")).isEqualTo("no-tags");
    }

    @Test
    void theBodyGivesTagsTooAndTheDryRunExplainsThem() throws Exception {
        String body = Fixture.body("auto", "hello")
                .replaceFirst("}$", ",\"tagrouter\":{\"tags\":[\"poetry\",\"nonsense\"]}}");
        JsonNode explained = JSON.readTree(
                fixture.post("/v1/route", body, "x-tagrouter-tags", "sql").body());
        assertThat(explained.path("tags").findValuesAsText("tag")).containsExactly("poetry");
        assertThat(explained.path("tagger").path("source").asText()).isEqualTo("given");
        assertThat(explained.path("tagger").path("unknownTags").get(0).asText()).isEqualTo("nonsense");
    }

    @Test
    void malformedTagsAreRefused() throws Exception {
        assertRefused(fixture.chat("auto", "x", "x-tagrouter-tags", "sql,,poetry"), "x-tagrouter-tags");
        assertRefused(fixture.chat("auto", "x", "x-tagrouter-tags", "sql%2"), "x-tagrouter-tags");
        assertRefused(fixture.chat("auto", "x", "x-tagrouter-tags", "a,".repeat(40) + "a"), "x-tagrouter-tags");
        assertRefused(fixture.chat("small", "x", "x-tagrouter-tags", "a".repeat(5000)), "x-tagrouter-tags");
        for (String tags : List.of("[]", "\"sql\"", "[1]", "{}")) {
            String body = Fixture.body("auto", "x").replaceFirst("}$", ",\"tagrouter\":{\"tags\":" + tags + "}}");
            assertRefused(fixture.post("/v1/chat/completions", body), "tagrouter.tags");
        }
    }

    private static void assertRefused(HttpResponse<String> response, String param) throws Exception {
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = JSON.readTree(response.body()).path("error");
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.path("param").asText()).isEqualTo(param);
    }

    @Test
    void aConfiguredModelTagsAndIsAskedOnceForAText() throws Exception {
        withModel(Duration.ofSeconds(5));
        teacher.answers(asked -> FakeTeacher.says("[\"SQL\", \"quantum\"]"));
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> response = fixture.chat("auto", "a poem");
            assertThat(Fixture.header(response, "x-tagrouter-model")).isEqualTo("my-coder");
            assertThat(Fixture.header(response, "x-tagrouter-tags")).isEqualTo("sql");
            assertThat(Fixture.header(response, "x-tagrouter-tagger")).isEqualTo("model");
            assertThat(Fixture.header(response, "x-tagrouter-unknown-tags")).isEqualTo("quantum");
        }
        assertThat(teacher.seen()).hasSize(1);
        assertThat(teacher.seen().getFirst().authorization()).isEqualTo("Bearer " + KEY);
        assertThat(fixture.startLines).anyMatch(line -> line.startsWith("tagger: tagger-model at tags within 5000ms"));
        fixture.chat("small", "another poem");
        fixture.chat("auto", "one more poem", "x-tagrouter-tags", "poetry");
        assertThat(teacher.seen()).hasSize(1);
    }

    @Test
    void freeTagsCanBeAlignedByMeaning() throws Exception {
        withModel(Duration.ofSeconds(30), TaggerConfig.Alignment.SIMILAR);
        teacher.answers(asked -> FakeTeacher.says("[\"poems\", \"quantum\"]"));
        HttpResponse<String> byMeaning = fixture.chat("auto", "a sonnet");
        assertThat(Fixture.header(byMeaning, "x-tagrouter-tagger")).isEqualTo("model");
        assertThat(Fixture.header(byMeaning, "x-tagrouter-tags")).isEqualTo("poetry");
        assertThat(Fixture.header(byMeaning, "x-tagrouter-unknown-tags")).isEqualTo("quantum");

        withModel(Duration.ofSeconds(30));
        HttpResponse<String> bySpelling = fixture.chat("auto", "a sonnet");
        assertThat(Fixture.header(bySpelling, "x-tagrouter-unknown-tags")).isEqualTo("poems,quantum");
    }

    @Test
    void whereTheModelFailsTheProfilesTaggerAnswersAndSaysSo() throws Exception {
        withModel(Duration.ofMillis(300));
        teacher.answers(asked -> FakeTeacher.says("I prefer not to."));
        assertFellBack(fixture.chat("auto", "write sql, please"), "no-tags");
        teacher.answers(asked -> new FakeTeacher.Answer.Hangs());
        long start = System.nanoTime();
        assertFellBack(fixture.chat("auto", "write sql"), "timed-out");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        JsonNode tagger = JSON.readTree(
                        fixture.post("/v1/route", Fixture.body("auto", "sql")).body())
                .path("tagger");
        assertThat(tagger.path("source").asText()).isEqualTo("embedded");
        assertThat(tagger.path("fallback").asText()).isEqualTo("timed-out");
        assertThat(fixture.get("/metrics").body())
                .contains("tagrouter_tagger_fallbacks_total{reason=\"timed-out\"} 2.0");
    }

    /** The tagger's own limit is longer than the client's. */
    @Test
    void aDeadlineEndsTheWaitForTags() throws Exception {
        withModel(Duration.ofSeconds(8));
        teacher.answers(asked -> new FakeTeacher.Answer.Hangs());
        long start = System.nanoTime();
        HttpResponse<String> response = fixture.chat("auto", "write sql", "x-tagrouter-deadline-ms", "300");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.body()).contains("deadline_ms was over before anybody was asked");
        assertThat(fixture.upstream.wasCalled()).isFalse();
    }

    private static void assertFellBack(HttpResponse<String> response, String why) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Fixture.header(response, "x-tagrouter-model")).isEqualTo("my-coder");
        assertThat(Fixture.header(response, "x-tagrouter-tagger")).isEqualTo("embedded");
        assertThat(Fixture.header(response, "x-tagrouter-tagger-fallback")).isEqualTo(why);
        assertThat(response.headers().toString()).doesNotContain(KEY);
    }

    /** Twenty queries wait for their tags at once; were an event loop among those that wait, health would too. */
    @Test
    void noEventLoopWaitsForAModel() throws Exception {
        withModel(Duration.ofSeconds(3));
        teacher.answers(asked -> new FakeTeacher.Answer.Hangs());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> waiting = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String text = "write sql number " + i;
                waiting.add(threads.submit(() -> fixture.chat("auto", text)));
            }
            while (teacher.mostAtOnce() < 20) {
                Thread.sleep(5);
            }
            for (int i = 0; i < 20; i++) {
                assertThat(fixture.get("/health/live").statusCode()).isEqualTo(200);
            }
            assertThat(waiting).noneMatch(Future::isDone);
            for (Future<HttpResponse<String>> response : waiting) {
                assertFellBack(response.get(), "timed-out");
            }
        }
    }
}
