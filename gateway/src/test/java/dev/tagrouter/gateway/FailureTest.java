package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.gateway.config.FailureConfig;
import dev.tagrouter.gateway.config.ModelConfig;
import dev.tagrouter.gateway.config.Timeouts;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An upstream that fails before its first byte: asked again, or another one, and never after that byte. */
class FailureTest {
    @SuppressWarnings("NullAway.Init")
    private Fixture fixture;

    @SuppressWarnings("NullAway.Init")
    private FakeUpstream coder;

    @SuppressWarnings("NullAway.Init")
    private FakeUpstream strong;

    @SuppressWarnings("NullAway.Init")
    private FakeUpstream small;

    private void start(FailureConfig failure) throws Exception {
        fixture = new Fixture(3, addresses -> Trouble.config(addresses, failure));
        coder = fixture.upstreams.get(0);
        strong = fixture.upstreams.get(1);
        small = fixture.upstreams.get(2);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504, 529})
    void whatPassesIsTriedAgain(int status) throws Exception {
        start(Trouble.QUICK);
        coder.answers(Trouble.first(2, Trouble.status(status)));
        HttpResponse<String> response = fixture.chat("auto", Trouble.SQL);
        assertThat(response.body()).isEqualTo(FakeUpstream.PLAIN);
        assertThat(Fixture.header(response, "x-tagrouter-model")).isEqualTo("my-coder");
        assertThat(Fixture.header(response, "x-tagrouter-attempts")).isEqualTo("3");
        assertThat(coder.calls()).isEqualTo(3);
        assertThat(fixture.get("/metrics").body())
                .contains(
                        "tagrouter_retries_total{upstream=\"u0\"} 2.0",
                        "tagrouter_attempts_total 3.0",
                        "tagrouter_upstream_errors_total{kind=\"status_" + status + "\",upstream=\"u0\"} 2.0");
    }

    @Test
    void aBrokenConnectionIsTriedAgainWithTheSameBody() throws Exception {
        start(Trouble.QUICK);
        coder.answers(Trouble.first(1, response -> response.reset()));
        assertThat(fixture.chat("auto", Trouble.SQL).statusCode()).isEqualTo(200);
        FakeUpstream.Seen first = coder.next();
        FakeUpstream.Seen second = coder.next();
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().names()).isEqualTo(first.headers().names());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 409, 422, 501})
    void whatIsTheRequestsOwnFaultIsNot(int status) throws Exception {
        start(Trouble.QUICK);
        coder.answers(Trouble.status(status));
        HttpResponse<String> response = fixture.chat("auto", Trouble.SQL);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(Trouble.SLOW_DOWN);
        assertThat(Fixture.header(response, "x-tagrouter-attempts")).isEmpty();
        assertThat(coder.calls() + strong.calls() + small.calls()).isEqualTo(1);
    }

    /** The key is the operator's: another upstream answers, and if none does the client reads nothing of the refusal. */
    @ParameterizedTest
    @ValueSource(ints = {401, 402})
    void whoRefusesTheGatewaysKeyIsPassedOver(int status) throws Exception {
        start(Trouble.QUICK);
        coder.answers(Trouble.status(status));
        HttpResponse<String> response = fixture.chat("auto", Trouble.SQL);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Fixture.header(response, "x-tagrouter-model")).isEqualTo("strong");
        assertThat(coder.calls()).isEqualTo(1);
        strong.answers(Trouble.status(status));
        small.answers(Trouble.status(status));
        HttpResponse<String> nobody = fixture.chat("auto", Trouble.SQL);
        assertThat(nobody.statusCode()).isEqualTo(502);
        assertThat(nobody.body())
                .contains("upstream_unavailable", "answered " + status, "upstreams.u2.api_key")
                .doesNotContain("slow down");
        assertThat(Fixture.header(nobody, "x-tagrouter-model")).isEqualTo("small");
    }

    /** The same key would be refused for any of its models, and there are five calls for all. */
    @Test
    void whoRefusesTheGatewaysKeyIsNotAskedForAnotherModel() throws Exception {
        fixture = new Fixture(
                2,
                addresses -> Trouble.config(
                        addresses,
                        Trouble.QUICK.withAttempts(2, 0),
                        List.of(
                                new ModelConfig("my-coder", "u0", "my-coder", null, "coder"),
                                ModelConfig.of("strong", "u0"),
                                ModelConfig.of("small", "u1"))));
        fixture.upstream.answers(Trouble.status(401));
        HttpResponse<String> response = fixture.chat("auto", Trouble.SQL);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(Fixture.header(response, "x-tagrouter-model")).isEqualTo("small");
        assertThat(fixture.upstream.calls()).isEqualTo(1);
    }

    /** The refused answer may be long: it is not waited for. */
    @Test
    void theNextOfTheRankingAnswersInTheEnd() throws Exception {
        start(Trouble.QUICK);
        coder.answers(response -> response.setStatusCode(500).end("x".repeat(1 << 20)));
        HttpResponse<String> response = fixture.chat("auto", Trouble.SQL);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Fixture.header(response, "x-tagrouter-model")).isEqualTo("strong");
        assertThat(Fixture.header(response, "x-tagrouter-reason")).isEqualTo("routed");
        assertThat(Fixture.header(response, "x-tagrouter-attempts")).isEqualTo("4");
        assertThat(Fixture.header(response, "x-tagrouter-expected-cost-usd")).isNotEmpty();
        assertThat(strong.next().body().toString()).contains("\"model\":\"strong\"");
        assertThat(coder.calls()).isEqualTo(3);
        assertThat(fixture.get("/metrics").body())
                .contains("tagrouter_fallbacks_total{from=\"my-coder\",to=\"strong\"} 1.0");
        strong.answers(Trouble.status(500));
        assertThat(Fixture.header(fixture.chat("auto", Trouble.SQL), "x-tagrouter-model"))
                .isEqualTo("small");
    }

    @Test
    void whenAllFailTheLastAnswerIsHandedOn() throws Exception {
        start(Trouble.QUICK.withAttempts(3, 0));
        coder.answers(Trouble.status(500));
        strong.answers(Trouble.status(502));
        small.answers(Trouble.status(503, "retry-after", "60", "x-own", "7"));
        HttpResponse<String> response = fixture.chat("auto", Trouble.SQL);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo(Trouble.SLOW_DOWN);
        assertThat(Fixture.header(response, "retry-after")).isEqualTo("60");
        assertThat(Fixture.header(response, "x-own")).isEqualTo("7");
        assertThat(Fixture.header(response, "x-tagrouter-model")).isEqualTo("small");
        assertThat(Fixture.header(response, "x-tagrouter-attempts")).isEqualTo("3");
    }

    @Test
    void oneAttemptIsOneCall() throws Exception {
        start(Trouble.QUICK.withAttempts(1, 2));
        coder.answers(Trouble.status(503));
        HttpResponse<String> response = fixture.chat("auto", Trouble.SQL);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(Fixture.header(response, "x-tagrouter-attempts")).isEmpty();
        assertThat(coder.calls() + strong.calls() + small.calls()).isEqualTo(1);
    }

    @Test
    void anUpstreamThatUsedUpItsTimeIsNotAskedAgainButAnotherIs() throws Exception {
        start(Trouble.QUICK);
        coder.answers(response -> {});
        HttpResponse<String> response = fixture.chat("auto", Trouble.SQL);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Fixture.header(response, "x-tagrouter-model")).isEqualTo("strong");
        assertThat(Fixture.header(response, "x-tagrouter-attempts")).isEqualTo("2");
    }

    @Test
    void afterTheFirstByteNobodyElseIsAsked() throws Exception {
        start(Trouble.QUICK);
        coder.answers(response -> response.putHeader("content-type", "text/event-stream")
                .setChunked(true)
                .write("data: {\"a\":1}\n\n")
                .onComplete(written -> response.reset()));
        HttpResponse<String> response = fixture.chat("auto", Trouble.SQL);
        assertThat(response.body()).startsWith("data: {\"a\":1}\n\n").contains("\"code\":\"upstream_unavailable\"");
        assertThat(coder.calls() + strong.calls() + small.calls()).isEqualTo(1);
    }

    @Test
    void aModelThatTheClientNamesIsNotReplaced() throws Exception {
        start(Trouble.QUICK);
        coder.answers(Trouble.status(503));
        HttpResponse<String> response = fixture.chat("my-coder", Trouble.SQL);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(coder.calls()).isEqualTo(3);
        assertThat(strong.calls() + small.calls()).isZero();
    }

    @Test
    void unlessTheOperatorSaysByWhom() throws Exception {
        fixture = new Fixture(
                3,
                addresses -> Trouble.config(
                        addresses,
                        Trouble.QUICK,
                        List.of(
                                new ModelConfig("my-coder", "u0", "my-coder", null, "coder")
                                        .withFallbacks(List.of("small")),
                                ModelConfig.of("strong", "u1"),
                                ModelConfig.of("small", "u2"))));
        fixture.upstreams.get(0).answers(Trouble.status(503));
        HttpResponse<String> response = fixture.chat("my-coder", Trouble.SQL);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Fixture.header(response, "x-tagrouter-model")).isEqualTo("small");
        assertThat(Fixture.header(response, "x-tagrouter-reason")).isEqualTo("requested");
        assertThat(Fixture.header(fixture.chat("auto", Trouble.SQL), "x-tagrouter-model"))
                .isEqualTo("strong");
    }

    /** A date has no fractions of a second: the one of three seconds from now is more than two away. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "in three seconds"})
    void retryAfterIsWaitedForWhereNobodyElseCanAnswer(String wait) throws Exception {
        start(Trouble.QUICK.withTimes(Duration.ofMillis(5), Duration.ofSeconds(8), Duration.ofMinutes(1)));
        String header = wait.equals("1")
                ? wait
                : DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        Instant.now().plusSeconds(3).atOffset(ZoneOffset.UTC));
        coder.answers(Trouble.first(1, Trouble.status(429, "retry-after", header)));
        long start = System.nanoTime();
        HttpResponse<String> response = fixture.chat("my-coder", "hello");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Fixture.header(response, "x-tagrouter-attempts")).isEqualTo("2");
        assertThat(System.nanoTime() - start).isBetween(500_000_000L, 9_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "99999999999999999999", "Tue, 31 Dec 2999 23:59:59 GMT"})
    void aRetryAfterThatIsTooLongIsTheClientsToWaitFor(String wait) throws Exception {
        start(Trouble.QUICK);
        coder.answers(Trouble.status(429, "retry-after", wait));
        HttpResponse<String> response = fixture.chat("my-coder", "hello");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(Fixture.header(response, "retry-after")).isEqualTo(wait);
        assertThat(coder.calls()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "", "0", "Mon, 01 Jan 2001 00:00:00 GMT"})
    void aRetryAfterThatSaysNothingIsAnOrdinaryFailure(String wait) throws Exception {
        start(Trouble.QUICK);
        coder.answers(Trouble.first(1, Trouble.status(429, "retry-after", wait)));
        assertThat(fixture.chat("my-coder", "hello").statusCode()).isEqualTo(200);
    }

    @Test
    void whoAsksToWaitIsLeftAloneWhileOthersAnswer() throws Exception {
        start(Trouble.QUICK);
        coder.answers(Trouble.status(429, "retry-after", "60"));
        assertThat(Fixture.header(fixture.chat("auto", Trouble.SQL), "x-tagrouter-attempts"))
                .isEqualTo("2");
        HttpResponse<String> response = fixture.chat("auto", Trouble.SQL);
        assertThat(Fixture.header(response, "x-tagrouter-model")).isEqualTo("strong");
        assertThat(Fixture.header(response, "x-tagrouter-attempts")).isEmpty();
        assertThat(coder.calls()).isEqualTo(1);
        assertThat(fixture.get("/metrics").body())
                .contains("tagrouter_breaker_state{model=\"my-coder\",upstream=\"u0\"} 1.0");
    }

    @Test
    void noCallIsMadeForAClientThatLeftDuringAPause() throws Exception {
        start(Trouble.QUICK);
        coder.answers(Trouble.status(429, "retry-after", "1"));
        try (Wire wire = Wire.to(fixture.gateway)) {
            wire.send(Wire.chat("/v1/chat/completions", Fixture.body("my-coder", "hello")));
            coder.next();
        }
        Thread.sleep(1500);
        assertThat(coder.wasCalled()).isFalse();
    }

    @Test
    void theTimeOfTheWholeRequestEndsItWhereverItIs() throws Exception {
        FailureConfig brief =
                Trouble.QUICK.withTimes(Duration.ofMillis(5), Duration.ofSeconds(20), Duration.ofSeconds(1));
        fixture = new Fixture(
                1,
                addresses ->
                        Trouble.config(addresses, brief, List.of(ModelConfig.of("small", "u0")), Timeouts.DEFAULT));
        fixture.upstream.answers(response -> {});
        HttpResponse<String> silent = fixture.chat("small", "hello");
        assertThat(silent.statusCode()).isEqualTo(504);
        assertThat(silent.body()).contains("\"code\":\"upstream_timeout\"", "failure.total");
        fixture.upstream.answers(response -> {
            response.putHeader("content-type", "text/event-stream").setChunked(true);
            fixture.upstream.vertx().setPeriodic(20, beat -> response.write("data: {\"a\":1}\n\n"));
        });
        HttpResponse<String> endless = fixture.chat("small", "hello");
        assertThat(endless.statusCode()).isEqualTo(200);
        assertThat(endless.body()).startsWith("data: {\"a\":1}\n\n").contains("failure.total");
        fixture.upstream.forget();
        fixture.upstream.answers(Trouble.status(429, "retry-after", "5"));
        assertThat(fixture.chat("small", "hello").statusCode()).isEqualTo(429);
        assertThat(fixture.upstream.calls()).isEqualTo(1);
    }
}
