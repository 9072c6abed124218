package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.config.Timeouts;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {
    private Fixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new Fixture(ServerConfig.DEFAULT, Fixture.SHORT);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void aStreamIsRelayedAsItComes() throws Exception {
        fixture.upstream.answersEvents("{\"a\":1}", "{\"b\":2}", "[DONE]");
        HttpResponse<String> response = fixture.chat("auto", "write sql");
        assertThat(response.body()).isEqualTo("data: {\"a\":1}\n\ndata: {\"b\":2}\n\ndata: [DONE]\n\n");
        assertThat(Fixture.header(response, "content-type")).isEqualTo("text/event-stream");
        assertThat(Fixture.header(response, "x-tagrouter-model")).isEqualTo("my-coder");
    }

    @Test
    void secretsAndConnectionHeadersStayOnTheirSide() throws Exception {
        fixture.upstream.answers(response -> response.putHeader("x-tagrouter-model", "forged")
                .putHeader("x-tagrouter-other", "forged")
                .putHeader("set-cookie", "a=b")
                .putHeader("strict-transport-security", "max-age=1")
                .putHeader("x-request-id", "7")
                .end("{}"));
        HttpResponse<String> response = fixture.chat(
                "small",
                "x",
                "authorization",
                "Bearer canary-client",
                "x-api-key",
                "canary-client",
                "cookie",
                "canary-client",
                "x-tagrouter-exclude",
                "strong",
                "te",
                "trailers",
                "openai-organization",
                "canary-client",
                "openai-beta",
                "assistants=v2",
                "origin",
                "https://canary-client.example",
                "sec-fetch-site",
                "canary-client");
        FakeUpstream.Seen seen = fixture.upstream.next();
        assertThat(seen.headers().toString()).doesNotContain("canary-client", "x-tagrouter", "te=");
        assertThat(seen.headers().get("authorization")).isEqualTo("Bearer " + Fixture.UPSTREAM_KEY);
        assertThat(seen.headers().get("openai-beta")).isEqualTo("assistants=v2");
        assertThat(response.headers().allValues("x-tagrouter-model")).containsExactly("small");
        assertThat(response.headers().map())
                .doesNotContainKeys("x-tagrouter-other", "set-cookie", "strict-transport-security");
        assertThat(Fixture.header(response, "x-request-id")).isEqualTo("7");
        assertThat(fixture.get("/metrics").body()).doesNotContain("canary");
    }

    @Test
    void theUpstreamsOwnErrorsPassThrough() throws Exception {
        fixture.upstream.answers(response -> response.setStatusCode(429)
                .putHeader("retry-after", "3")
                .putHeader("content-type", "application/json")
                .end("{\"error\":{\"message\":\"slow down\"}}"));
        HttpResponse<String> response = fixture.chat("auto", "write sql");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.body()).isEqualTo("{\"error\":{\"message\":\"slow down\"}}");
        assertThat(Fixture.header(response, "retry-after")).isEqualTo("3");
    }

    @Test
    void anUpstreamThatIsSilentOrStallsBeforeItsFirstByteTimesOut() throws Exception {
        fixture.upstream.answers(response -> {});
        assertFirstByteTimeout(fixture.chat("auto", "write sql"));
        fixture.upstream.answers(response -> response.putHeader("content-type", "text/event-stream")
                .setChunked(true)
                .writeHead());
        assertFirstByteTimeout(fixture.chat("auto", "write sql"));
        assertThat(fixture.upstream.awaitAbort()).isTrue();
        assertThat(fixture.get("/metrics").body())
                .contains("tagrouter_upstream_errors_total{kind=\"first_byte_timeout\",upstream=\"fake\"} 2");
    }

    private static void assertFirstByteTimeout(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.body())
                .contains("\"code\":\"upstream_timeout\"", "upstream 'fake'", "timeout first_byte of 300ms");
        assertThat(Fixture.header(response, "x-tagrouter-model")).isEqualTo("my-coder");
    }

    @Test
    void aStreamThatStallsEndsWithAnErrorEvent() throws Exception {
        fixture.upstream.answers(response -> response.putHeader("content-type", "text/event-stream")
                .setChunked(true)
                .write("data: {\"a\":1}\n\n"));
        HttpResponse<String> response = fixture.chat("auto", "write sql");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .startsWith("data: {\"a\":1}\n\n")
                .contains("data: {\"error\":{\"message\":\"upstream 'fake'", "timeout idle of 300ms")
                .endsWith("\n\n");
        assertThat(fixture.upstream.awaitAbort()).isTrue();
    }

    @Test
    void aStreamThatBreaksEndsWithAnErrorEvent() throws Exception {
        fixture.upstream.answers(response -> response.putHeader("content-type", "text/event-stream")
                .setChunked(true)
                .write("data: {\"a\":1}\n\n")
                .onComplete(written -> response.reset()));
        HttpResponse<String> response = fixture.chat("auto", "write sql");
        assertThat(response.body())
                .startsWith("data: {\"a\":1}\n\n")
                .contains("\"code\":\"upstream_unavailable\"", "in the middle of its answer");
    }

    @Test
    void aPlainAnswerThatBreaksBreaksForTheClientToo() {
        fixture.upstream.answers(response -> response.putHeader("content-length", "100")
                .write("{\"half\":")
                .onComplete(written -> response.reset()));
        assertThatThrownBy(() -> fixture.chat("auto", "write sql")).isInstanceOf(IOException.class);
    }

    @Test
    void anUpstreamThatClosesBeforeItAnswersIsUnavailable() throws Exception {
        fixture.upstream.answers(response -> response.reset());
        HttpResponse<String> response = fixture.chat("auto", "write sql");
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("\"code\":\"upstream_unavailable\"", "before it answered");
    }

    @Test
    void aClientThatLeavesCancelsTheUpstreamAtOnce() throws Exception {
        try (Fixture patient = new Fixture(ServerConfig.DEFAULT, Timeouts.DEFAULT)) {
            patient.upstream.answers(response -> {});
            try (Socket client = send(patient, Fixture.body("auto", "write sql"))) {
                patient.upstream.next();
                assertThat(client.isConnected()).isTrue();
            }
            assertThat(patient.upstream.awaitAbort()).isTrue();
        }
        try (Fixture streaming = new Fixture(ServerConfig.DEFAULT, Timeouts.DEFAULT)) {
            streaming.upstream.answers(response -> response.putHeader("content-type", "text/event-stream")
                    .setChunked(true)
                    .write("data: {\"a\":1}\n\n"));
            try (Socket client = send(streaming, Fixture.body("auto", "write sql"))) {
                assertThat(client.getInputStream().read()).isEqualTo('H');
            }
            assertThat(streaming.upstream.awaitAbort()).isTrue();
        }
    }

    @Test
    void aClientThatStopsReadingLosesItsCall() throws Exception {
        fixture.upstream.answers(response -> {
            response.setChunked(true);
            Buffer block = Buffer.buffer(new byte[1 << 20]);
            Runnable[] pump = new Runnable[1];
            pump[0] = () -> {
                while (!response.writeQueueFull()) {
                    response.write(block);
                }
                response.drainHandler(drained -> pump[0].run());
            };
            pump[0].run();
        });
        try (Socket client = send(fixture, Fixture.body("auto", "write sql"))) {
            assertThat(client.getInputStream().read()).isEqualTo('H');
            assertThat(fixture.upstream.awaitAbort()).isTrue();
        }
    }

    @Test
    void aSlowReaderSlowsTheUpstream() throws Exception {
        int megabytes = 64;
        AtomicLong written = new AtomicLong();
        fixture.upstream.answers(response -> {
            response.putHeader("content-length", Long.toString((long) megabytes << 20));
            Buffer block = Buffer.buffer(new byte[1 << 20]);
            Runnable[] pump = new Runnable[1];
            pump[0] = () -> {
                while (written.get() < megabytes && !response.writeQueueFull()) {
                    response.write(block);
                    written.incrementAndGet();
                }
                if (written.get() == megabytes && !response.ended()) {
                    response.end();
                } else if (written.get() < megabytes) {
                    response.drainHandler(drained -> pump[0].run());
                }
            };
            pump[0].run();
        });
        try (Socket client = send(fixture, Fixture.body("auto", "write sql"))) {
            InputStream in = client.getInputStream();
            assertThat(in.read()).isEqualTo('H');
            Thread.sleep(1000);
            assertThat(written.get()).isLessThan(megabytes / 2);
            long total = 1;
            byte[] buffer = new byte[1 << 16];
            while (total < (long) megabytes << 20) {
                int n = in.read(buffer);
                assertThat(n).isPositive();
                total += n;
            }
        }
    }

    private static Socket send(Fixture fixture, String body) throws IOException {
        Socket client = Fixture.connect(fixture.gateway);
        client.getOutputStream()
                .write(("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                                + "content-length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
        return client;
    }

    @Test
    void anUpstreamThatIsNotThereIsUnavailable() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        try (Gateway gateway = Gateway.start(
                Fixture.config(ServerConfig.DEFAULT, URI.create("http://127.0.0.1:" + free + "/v1"), Timeouts.DEFAULT),
                line -> {})) {
            try (Socket client = Fixture.connect(gateway)) {
                String body = Fixture.body("auto", "write sql");
                client.getOutputStream()
                        .write(("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
                                        + "content-type: application/json\r\ncontent-length: " + body.length()
                                        + "\r\n\r\n" + body)
                                .getBytes(StandardCharsets.UTF_8));
                String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer)
                        .startsWith("HTTP/1.1 502")
                        .contains("upstream_unavailable", "upstream 'fake' at 127.0.0.1:" + free, "base_url")
                        .doesNotContain(Fixture.UPSTREAM_KEY);
            }
        }
    }
}
