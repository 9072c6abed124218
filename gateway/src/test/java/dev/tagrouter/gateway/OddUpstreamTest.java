package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.gateway.config.ServerConfig;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An upstream that answers what no server should: the client gets an answer or a closed connection, and no secret. */
class OddUpstreamTest {
    private final Watchman watchman = new Watchman();

    @SuppressWarnings("NullAway.Init")
    private BareUpstream upstream;

    @SuppressWarnings("NullAway.Init")
    private Gateway gateway;

    private volatile String answer = "";

    @BeforeEach
    void start() throws Exception {
        upstream = new BareUpstream((connection, request, asked, out) -> {
            asked.readBody();
            BareUpstream.write(out, answer);
            throw new IOException("each answer is the last of its connection");
        });
        gateway = Gateway.start(Fixture.config(ServerConfig.DEFAULT, upstream.baseUrl(), Fixture.SHORT), line -> {});
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        upstream.close();
        watchman.assertQuiet(Fixture.UPSTREAM_KEY);
        watchman.close();
    }

    private Wire ask() throws IOException {
        return Wire.to(gateway).send(Wire.chat("/v1/chat/completions", Fixture.body("auto", "write sql")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 99999 OK\r\n\r\n",
                "HTTP/3.7 200 OK\r\ncontent-length: 2\r\n\r\n{}",
                "ICY/1.0 200 OK\r\ncontent-length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nx: nul\u0000\r\ncontent-length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\n: nameless\r\ncontent-length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nx: y\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                ""
            })
    void whatIsNoAnswerIsABadGateway(String odd) throws Exception {
        answer = odd;
        try (Wire wire = ask()) {
            Wire.Answer got = wire.next();
            assertThat(got.status()).isIn(502, 504);
            WireTest.assertError(got, got.status(), got.status() == 502 ? "upstream_unavailable" : "upstream_timeout");
            assertThat(got.header("x-tagrouter-model")).isEqualTo("my-coder");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nx: caf\u00e9\u00ff\r\ncontent-length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nbad name: x\r\ncontent-length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{}",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}",
                "HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}",
                "HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\n{}",
                "HTTP/1.1 299 Strange\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
            })
    void whatIsOnlyUnusualIsHandedOn(String odd) throws Exception {
        answer = odd;
        try (Wire wire = ask()) {
            Wire.Answer got = wire.next();
            assertThat(got.status()).isBetween(200, 299);
            assertThat(got.body()).isEqualTo("{}");
        }
    }

    @Test
    void anAnswerWithoutABodyHasNone() throws Exception {
        for (String head : new String[] {"204 No Content", "304 Not Modified", "205 Reset Content"}) {
            answer = "HTTP/1.1 " + head + "\r\ncontent-length: 0\r\n\r\n";
            try (Wire wire = ask()) {
                Wire.Answer got = wire.next(true);
                assertThat(head).startsWith(Integer.toString(got.status()));
                wire.send("GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n");
                assertThat(wire.next().body()).isEqualTo("{\"status\":\"live\"}");
            }
        }
    }
}
