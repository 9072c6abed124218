package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.config.Timeouts;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP as it comes over the wire: every shape of a right request works, every wrong one is an error of the API. */
class WireTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROUTE = "/v1/route";
    private static final String CHAT = "/v1/chat/completions";

    private final Watchman watchman = new Watchman();

    @SuppressWarnings("NullAway.Init")
    private Fixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new Fixture();
    }

    @AfterEach
    void stop() {
        fixture.close();
        watchman.assertQuiet(Fixture.UPSTREAM_KEY);
        watchman.close();
    }

    private Wire wire() throws IOException {
        return Wire.to(fixture.gateway);
    }

    static void assertError(Wire.Answer answer, int status, String code) throws IOException {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        JsonNode error = JSON.readTree(answer.body()).path("error");
        assertThat(error.properties())
                .extracting(field -> field.getKey())
                .containsExactly("message", "type", "param", "code");
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("message").asText()).isNotBlank().doesNotContain("\n", "Exception", "java.");
    }

    @Test
    void severalRequestsInOneSegmentAreAnsweredInOrder() throws Exception {
        String all = Wire.chat(ROUTE, Fixture.body("auto", "write sql"))
                + Wire.chat(CHAT, Fixture.body("strong", "x"))
                + "GET /v1/models HTTP/1.1\r\nhost: localhost\r\n\r\n"
                + Wire.chat(CHAT, "{")
                + Wire.chat(CHAT, Fixture.body("small", "x"))
                + "GET /nope HTTP/1.1\r\nhost: localhost\r\n\r\n";
        try (Wire wire = wire().send(all)) {
            assertThat(wire.next().body()).contains("\"decision\":{\"model\":\"my-coder\"");
            assertThat(wire.next().header("x-tagrouter-model")).isEqualTo("strong");
            assertThat(wire.next().body()).startsWith("{\"object\":\"list\"");
            assertError(wire.next(), 400, "invalid_json");
            assertThat(wire.next().header("x-tagrouter-model")).isEqualTo("small");
            assertError(wire.next(), 404, "not_found");
        }
    }

    @Test
    void aHundredPipelinedRequestsGetTheirOwnAnswers() throws Exception {
        List<String> models = List.of("small", "strong", "my-coder");
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            all.append(Wire.chat(CHAT, Fixture.body(models.get(i % 3), "number " + i)));
        }
        try (Wire wire = wire().send(all.toString())) {
            for (int i = 0; i < 100; i++) {
                assertThat(wire.next().header("x-tagrouter-model")).isEqualTo(models.get(i % 3));
            }
        }
    }

    /** What came of the second request while the first was being answered must not stay in memory. */
    @Test
    void whoHangsUpAmongPipelinedRequestsLeavesNothing() throws Exception {
        fixture.upstream.answers(response -> {});
        String body = Fixture.body("small", "x".repeat(2000));
        String request = Wire.chat(CHAT, body);
        for (int i = 0; i < 50; i++) {
            Wire wire = wire().send(request);
            fixture.upstream.next();
            wire.send(request.substring(0, request.length() - 500));
            Thread.sleep(5);
            wire.abort();
        }
        fixture.upstream.answers(response -> response.end("{}"));
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(50);
            try (Wire wire = wire().send(Wire.chat(CHAT, body))) {
                assertThat(wire.next().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void bodiesMayComeInPieces() throws Exception {
        String body = Fixture.body("auto", "write sql");
        String head = "POST " + ROUTE + " HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
        StringBuilder chunks = new StringBuilder(head + "transfer-encoding: chunked\r\n\r\n");
        for (int i = 0; i < body.length(); i++) {
            chunks.append("1;ext=1\r\n").append(body.charAt(i)).append("\r\n");
        }
        try (Wire wire = wire().send(chunks + "0\r\ntrailer: x\r\n\r\n")) {
            assertThat(wire.next().body()).contains("\"model\":\"my-coder\"");
            String whole = Wire.chat(ROUTE, body);
            for (int i = 0; i < whole.length(); i++) {
                wire.send(whole.substring(i, i + 1));
            }
            assertThat(wire.next().body()).contains("\"model\":\"my-coder\"");
        }
    }

    /** Whichever of the two counted, some proxy in front would think otherwise. */
    @Test
    void aLengthBesideChunksIsRefused() throws Exception {
        String body = Fixture.body("auto", "write sql");
        String both = "POST " + ROUTE + " HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                + "content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n" + Integer.toHexString(body.length())
                + "\r\n" + body + "\r\n0\r\n\r\n";
        try (Wire wire = wire().send(both)) {
            assertError(wire.next(), 400, "invalid_http");
            assertThat(wire.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void clientsOfHttp10GetAnswersTheyUnderstand() throws Exception {
        String body = Fixture.body("auto", "write sql");
        String request = "POST " + CHAT + " HTTP/1.0\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                + "content-length: " + body.length() + "\r\n\r\n" + body;
        try (Wire wire = wire().send(request)) {
            Wire.Answer answer = wire.next();
            assertThat(answer.body()).isEqualTo(FakeUpstream.PLAIN);
            assertThat(wire.isClosedByPeer()).isTrue();
        }
        fixture.upstream.answersEvents("{\"a\":1}", "[DONE]");
        try (Wire wire = wire().send(request)) {
            Wire.Answer answer = wire.next();
            assertThat(answer.header("transfer-encoding")).isEmpty();
            assertThat(answer.body()).isEqualTo("data: {\"a\":1}\n\ndata: [DONE]\n\n");
        }
    }

    /** An answer without a length has no other end than the connection's, whatever the client would rather. */
    @Test
    void clientsOfHttp10AreToldTheEndOfAStreamThoughTheyWouldStay() throws Exception {
        String body = Fixture.body("auto", "write sql");
        fixture.upstream.answersEvents("{\"a\":1}", "[DONE]");
        try (Wire wire = wire().send("POST " + CHAT
                + " HTTP/1.0\r\nhost: localhost\r\nconnection: keep-alive\r\ncontent-type: application/json\r\n"
                + "content-length: " + body.length() + "\r\n\r\n" + body)) {
            assertThat(wire.next().body()).isEqualTo("data: {\"a\":1}\n\ndata: [DONE]\n\n");
            assertThat(wire.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void headIsGetWithoutTheBody() throws Exception {
        try (Wire wire = wire()) {
            for (String path : List.of("/v1/models", "/health/live", "/metrics")) {
                wire.send("HEAD " + path + " HTTP/1.1\r\nhost: localhost\r\n\r\n");
                Wire.Answer answer = wire.next(true);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("content-type")).isNotBlank();
            }
            wire.send("HEAD " + CHAT + " HTTP/1.1\r\nhost: localhost\r\n\r\n");
            Wire.Answer refused = wire.next(true);
            assertThat(refused.status()).isEqualTo(405);
            assertThat(refused.header("allow")).isEqualTo("POST");
            wire.send("DELETE /v1/models HTTP/1.1\r\nhost: localhost\r\n\r\n");
            assertThat(wire.next().header("allow")).isEqualTo("GET, HEAD");
        }
    }

    @Test
    void absoluteAndOddTargetsAreAnswered() throws Exception {
        String body = Fixture.body("auto", "write sql");
        try (Wire wire = wire()) {
            wire.send(Wire.chat("http://localhost" + ROUTE, body));
            assertThat(wire.next().body()).contains("\"model\":\"my-coder\"");
            for (String target : List.of("*", "/", "//", "/%zz", "/v1/route/", "?", "http://", "/\u00e9", "nope:80")) {
                wire.send("GET " + target + " HTTP/1.1\r\nhost: localhost\r\n\r\n");
                assertError(wire.next(), 404, "not_found");
            }
            wire.send("OPTIONS * HTTP/1.1\r\nhost: localhost\r\n\r\n");
            assertError(wire.next(), 404, "not_found");
            wire.send("BREW /v1/models HTTP/1.1\r\nhost: localhost\r\n\r\n");
            assertError(wire.next(), 405, "method_not_allowed");
        }
    }

    @Test
    void aBodyIsAskedForOnlyWhereNothingSpeaksAgainstIt() throws Exception {
        String body = Fixture.body("auto", "write sql");
        String head = "POST " + ROUTE + " HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
        try (Wire wire = wire()) {
            wire.send(head + "expect: 100-continue\r\ncontent-length: " + body.length() + "\r\n\r\n");
            assertThat(wire.next().status()).isEqualTo(100);
            assertThat(wire.send(body).next().body()).contains("\"model\":\"my-coder\"");
        }
        try (Wire wire = wire()) {
            wire.send(head + "expect: 100-continue\r\ncontent-length: 99999999\r\n\r\n");
            assertError(wire.next(), 413, "body_too_large");
        }
        try (Wire wire = wire()) {
            wire.send(head.replace("application/json", "text/plain")
                    + "expect: 100-continue\r\ncontent-length: 5\r\n\r\n");
            assertError(wire.next(), 415, "unsupported_media_type");
        }
        try (Wire wire = wire()) {
            wire.send(head + "expect: coffee\r\ncontent-length: 5\r\n\r\n");
            assertError(wire.next(), 417, "expectation_failed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-length: -1",
                "content-length: x",
                "content-length: 1e3",
                "content-length: 99999999999999999999",
                "content-length: 5\r\ncontent-length: 6",
                "bad header: x",
                "bad\u0001header: x",
                "x: nul\u0000inside",
                "x: \r\r\n",
                "no colon at all",
                "transfer-encoding : chunked"
            })
    void brokenHeadersAreAnErrorOfTheApi(String header) throws Exception {
        try (Wire wire = wire().send("POST " + ROUTE + " HTTP/1.1\r\nhost: localhost\r\n" + header
                + "\r\ncontent-type: application/json\r\n\r\n")) {
            assertError(wire.next(), 400, "invalid_http");
            assertThat(wire.isClosedByPeer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET\r\n\r\n",
                "GET /\r\n\r\n",
                "GET / HTTP/9\r\n\r\n",
                "GET / HTTX/1.1\r\nhost: localhost\r\n\r\n",
                "GET / HTTP/2.0\r\nhost: localhost\r\n\r\n",
                "GET / HTTP/1.2\r\nhost: localhost\r\n\r\n",
                "\u0000\u0001\u0002\u0003\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n"
            })
    void brokenRequestLinesAreAnErrorOfTheApi(String request) throws Exception {
        try (Wire wire = wire().send(request)) {
            assertError(wire.next(), 400, "invalid_http");
            assertThat(wire.isClosedByPeer()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"x,xyz", "-1,x", "ffffffffffffffffff,x", "7fffffffffffffff,x", "1,xy"})
    void brokenChunksAreAnErrorOfTheApi(String size, String data) throws Exception {
        try (Wire wire = wire().send("POST " + ROUTE + " HTTP/1.1\r\nhost: localhost\r\n"
                + "content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n" + size + "\r\n" + data
                + "\r\n0\r\n\r\n")) {
            assertError(wire.next(), 400, "invalid_http");
            assertThat(wire.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void longLinesAndManyHeadersAreErrorsOfTheApi() throws Exception {
        try (Wire wire = wire().send("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nhost: localhost\r\n\r\n")) {
            assertError(wire.next(), 414, "uri_too_long");
        }
        try (Wire wire = wire().send("GET / HTTP/1.1\r\nhost: localhost\r\nx: " + "x".repeat(20_000) + "\r\n\r\n")) {
            assertError(wire.next(), 431, "headers_too_large");
        }
        try (Wire wire = wire().send("GET / HTTP/1.1\r\nhost: localhost\r\n" + "x: y\r\n".repeat(20_000) + "\r\n")) {
            assertError(wire.next(), 431, "headers_too_large");
        }
        try (Wire wire = wire().send(Wire.chat("/v1/messages", "{}", "x: " + "x".repeat(20_000)))) {
            Wire.Answer answer = wire.next();
            assertThat(answer.status()).isEqualTo(431);
            assertThat(answer.body()).as("in the shape of that path").startsWith("{\"type\":\"error\"");
        }
    }

    @Test
    void bytesOutsideAsciiInHeadersReachTheUpstream() throws Exception {
        try (Wire wire = wire()) {
            wire.send(Wire.chat(CHAT, Fixture.body("small", "x"), "x-title: caf\u00e9", "x-tab: a\tb", ": nameless"));
            assertThat(wire.next().status()).isEqualTo(200);
            assertThat(fixture.upstream.next().headers().get("x-title")).isEqualTo("caf\u00e9");
        }
    }

    @Test
    void bodiesOverTheLimitAreRefusedEarlyAndTheConnectionLivesOn() throws Exception {
        ServerConfig small = new ServerConfig("127.0.0.1", 0, null, List.of(), 1000);
        try (Fixture limited = new Fixture(small, Timeouts.DEFAULT)) {
            try (Wire wire = Wire.to(limited.gateway)) {
                wire.send("POST " + ROUTE + " HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                        + "content-length: 2000\r\n\r\n");
                assertError(wire.next(), 413, "body_too_large");
                wire.send("x".repeat(2000) + "GET /v1/models HTTP/1.1\r\nhost: localhost\r\n\r\n");
                assertThat(wire.next().status()).isEqualTo(200);
            }
            try (Wire wire = Wire.to(limited.gateway)) {
                wire.send("POST " + ROUTE + " HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                        + "transfer-encoding: chunked\r\n\r\n400\r\n" + "x".repeat(0x400) + "\r\n");
                assertError(wire.next(), 413, "body_too_large");
                wire.send("0\r\n\r\nGET /v1/models HTTP/1.1\r\nhost: localhost\r\n\r\n");
                assertThat(wire.next().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void twoHostsAreNoHost() throws Exception {
        try (Wire wire = wire().send(Wire.chat(ROUTE, Fixture.body("auto", "x"), "host: evil.example"))) {
            assertError(wire.next(), 403, "host_not_allowed");
        }
    }
}
