package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a request says, the gateway connects to configured upstreams alone; and what concerns one hop stays there. */
class OnlyUpstreamsTest {
    private final AtomicInteger visits = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private ServerSocket elsewhere;

    @SuppressWarnings("NullAway.Init")
    private Fixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new Fixture();
        elsewhere = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    elsewhere.accept().close();
                    visits.incrementAndGet();
                }
            } catch (IOException closed) {
                // The test is over.
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        elsewhere.close();
        fixture.close();
    }

    private String address() {
        return "http://127.0.0.1:" + elsewhere.getLocalPort();
    }

    private Wire.Answer send(String bytes) throws IOException {
        try (Wire wire = Wire.to(fixture.gateway)) {
            return wire.send(bytes).next();
        }
    }

    @Test
    void noHeaderAndNoTargetLeadsElsewhere() throws Exception {
        String host = "127.0.0.1:" + elsewhere.getLocalPort();
        String body = Fixture.body("auto", "write sql");
        String plain = Wire.chat(
                "/v1/chat/completions",
                body,
                "x-forwarded-host: " + host,
                "forwarded: host=" + host,
                "x-original-url: " + address(),
                "referer: " + address());
        assertThat(send(plain).status()).isEqualTo(200);
        assertThat(send(Wire.chat(address() + "/v1/chat/completions", body)).status())
                .isEqualTo(200);
        assertThat(send(plain.replace("host: localhost", "host: " + host)).status())
                .isEqualTo(200);
        for (String header : List.of("x-tagrouter-upstream: ", "x-tagrouter-base-url: ")) {
            assertThat(send(Wire.chat("/v1/chat/completions", body, header + address()))
                            .status())
                    .isEqualTo(400);
        }
        assertThat(send("CONNECT " + host + " HTTP/1.1\r\nhost: " + host + "\r\n\r\n")
                        .status())
                .isIn(400, 404, 405);
        assertThat(send(Wire.chat("//" + host + "/v1/chat/completions", body)).status())
                .isIn(200, 400, 404);
        assertCalled(3, 4);
    }

    private void assertCalled(int least, int most) throws InterruptedException {
        assertThat(fixture.upstream.calls()).isBetween(least, most);
        int expected = fixture.upstream.baseUrl().getPort();
        while (fixture.upstream.wasCalled()) {
            FakeUpstream.Seen seen = fixture.upstream.next();
            assertThat(seen.path()).isEqualTo("/v1/chat/completions");
            assertThat(seen.headers().get("host")).isEqualTo("127.0.0.1:" + expected);
        }
        assertThat(visits).hasValue(0);
    }

    @Test
    void noModelAndNoMemberLeadsElsewhere() throws Exception {
        for (String model : List.of(address() + "/v1", "auto:" + address(), "fake@" + address(), "../" + address())) {
            assertThat(fixture.chat(model, "x").statusCode()).as(model).isIn(400, 404);
        }
        for (String member : List.of("upstream", "base_url", "url")) {
            String body = Fixture.body("auto", "x")
                    .replaceFirst("}$", ",\"tagrouter\":{\"" + member + "\":\"" + address() + "\"}}");
            assertThat(fixture.post("/v1/chat/completions", body).statusCode()).isEqualTo(400);
        }
        assertCalled(0, 0);
    }

    @Test
    void imagesAndFilesAreForwardedAndNeverFetched() throws Exception {
        String url = address() + "/image.png";
        String chat = "{\"model\":\"auto\",\"base_url\":\"" + url + "\",\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"sql\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + url
                + "\"}}]}]}";
        String messages = "{\"model\":\"auto\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"sql\"},{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\""
                + url + "\"}}]}]}";
        String responses = "{\"model\":\"auto\",\"input\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"input_text\",\"text\":\"sql\"},{\"type\":\"input_image\",\"image_url\":\"" + url
                + "\"}]}]}";
        assertThat(fixture.post("/v1/chat/completions", chat).statusCode()).isEqualTo(200);
        assertThat(fixture.post("/v1/messages", messages).statusCode()).isEqualTo(200);
        assertThat(fixture.post("/v1/responses", responses).statusCode()).isEqualTo(200);
        assertCalled(3, 3);
    }

    @Test
    void aRedirectIsHandedOnAndNotFollowed() throws Exception {
        fixture.upstream.answers(response -> response.setStatusCode(307)
                .putHeader("location", address() + "/v1")
                .end());
        assertThat(fixture.chat("auto", "x").statusCode()).isEqualTo(307);
        assertCalled(1, 1);
    }

    @Test
    void whatConcernsOneHopStaysThere() throws Exception {
        fixture.upstream.answers(response -> response.putHeader("content-type", "application/json")
                .putHeader("connection", "x-upstream-hop, keep-alive")
                .putHeader("x-upstream-hop", "1")
                .putHeader("keep-alive", "timeout=5")
                .putHeader("proxy-authenticate", "Basic")
                .putHeader("x-end-to-end", "1")
                .end(FakeUpstream.PLAIN));
        Wire.Answer answer = send(Wire.chat(
                "/v1/chat/completions",
                Fixture.body("auto", "write sql"),
                "connection: X-Client-Hop , te",
                "x-client-hop: 1",
                "te: trailers",
                "keep-alive: timeout=9",
                "proxy-authorization: Basic Zm9v",
                "proxy-connection: keep-alive",
                "x-end-to-end: 1"));
        assertThat(answer.headers().keySet())
                .contains("x-end-to-end")
                .doesNotContain("x-upstream-hop", "keep-alive", "proxy-authenticate", "connection");
        MultiMap seen = fixture.upstream.next().headers();
        assertThat(seen.get("x-end-to-end")).isEqualTo("1");
        for (String name :
                Set.of("x-client-hop", "te", "keep-alive", "proxy-authorization", "proxy-connection", "connection")) {
            assertThat(seen.contains(name)).as(name).isFalse();
        }
    }
}
