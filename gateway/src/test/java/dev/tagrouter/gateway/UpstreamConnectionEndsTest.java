package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.config.Timeouts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a call ends, its connection to the upstream is closed or used again, and the client is not left waiting. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class UpstreamConnectionEndsTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Timeouts PATIENT = new Timeouts(LONG, LONG, LONG, LONG);
    private static final Timeouts SHORT_CONNECT = new Timeouts(SHORT, LONG, LONG, LONG);
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
    private static final String ASK = Fixture.body("strong", "write sql");

    private final Watchman watchman = new Watchman();

    @AfterEach
    void stop() throws Exception {
        Watchman.collectLostBuffers();
        watchman.assertQuiet(Fixture.UPSTREAM_KEY);
        watchman.close();
    }

    private interface Body {
        void run(Wire wire) throws Exception;
    }

    private static void with(URI upstream, Timeouts timeouts, Body body) throws Exception {
        GatewayConfig config = Fixture.config(ServerConfig.DEFAULT, upstream, timeouts);
        try (Gateway gateway = Gateway.start(config, line -> {});
                Wire wire = Wire.to(gateway)) {
            body.run(wire);
        }
    }

    private static Wire.Answer ask(Wire wire, String... headers) throws IOException {
        return wire.send(Wire.chat("/v1/chat/completions", ASK, headers)).next();
    }

    /** A port where connecting gets no answer: as many wait to be accepted as may. */
    private static final class Unreachable implements AutoCloseable {
        final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<Socket> waiting = new ArrayList<>();

        Unreachable() throws IOException {
            for (int i = 0; i < 8; i++) {
                Socket socket = new Socket();
                waiting.add(socket);
                try {
                    socket.connect(server.getLocalSocketAddress(), 100);
                } catch (java.net.SocketTimeoutException full) {
                    return;
                }
            }
            throw new AssertionError("the port takes connections without end");
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : waiting) {
                socket.close();
            }
            server.close();
        }
    }

    @Test
    void anUpstreamThatDoesNotAnswerIsNotConnectedToForLongerThanConfigured() throws Exception {
        try (Unreachable port = new Unreachable()) {
            with(http(port.server), SHORT_CONNECT, wire -> {
                Wire.Answer answer = ask(wire);
                assertThat(answer.status()).isEqualTo(504);
                assertThat(answer.body()).contains("timeout connect of 300ms");
            });
        }
    }

    @Test
    void norForLongerThanTheClientHasTime() throws Exception {
        try (Unreachable port = new Unreachable()) {
            with(http(port.server), PATIENT, wire -> {
                Wire.Answer answer = ask(wire, "x-tagrouter-deadline-ms: 300");
                assertThat(answer.status()).isEqualTo(504);
                assertThat(answer.body()).contains("when the request's time was up");
            });
        }
    }

    @Test
    void oneThatConnectsAndSaysNothingOfTlsIsNotWaitedForEither() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI uri = URI.create(http(mute).toString().replace("http:", "https:"));
            with(uri, SHORT_CONNECT, wire -> {
                Wire.Answer answer = ask(wire);
                assertThat(answer.status()).isEqualTo(504);
                assertThat(answer.body()).contains("timeout connect of 300ms");
                mute.accept().close();
            });
        }
    }

    private static URI http(ServerSocket server) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nconnection: close, te\r\ncontent-length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nconnection: te\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nkeep-alive: timeout=1\r\ncontent-length: 2\r\n\r\n{}",
            })
    void anAnswerAfterWhichNothingMayBeAskedEndsItsConnection(String said) throws Exception {
        try (BareUpstream upstream = new BareUpstream((connection, request, asked, out) -> {
            asked.readBody();
            BareUpstream.write(out, said);
        })) {
            with(upstream.baseUrl(), PATIENT, wire -> {
                assertThat(ask(wire).body()).isEqualTo("{}");
                assertThat(ask(wire).body()).isEqualTo("{}");
                assertThat(upstream.connectionsMade()).isEqualTo(2);
                Thread.sleep(SHORT);
                assertThat(upstream.awaitOpen(0)).isTrue();
            });
        }
    }

    @Test
    void anAnswerBeforeTheRequestWasReadEndsItsConnection() throws Exception {
        String refused = OK.replace("200 OK", "413 Too Large");
        try (BareUpstream upstream = new BareUpstream((connection, request, asked, out) -> {
            if (connection > 0) {
                asked.readBody();
            }
            BareUpstream.write(out, connection > 0 ? OK : refused);
            while (connection == 0) {
                // The body is never read: who comes after it on this connection waits for ever.
                out.flush();
                park();
            }
        })) {
            with(upstream.baseUrl(), PATIENT, wire -> {
                String large = Fixture.body("strong", "x".repeat(12 << 20));
                assertThat(wire.send(Wire.chat("/v1/chat/completions", large))
                                .next()
                                .status())
                        .isEqualTo(413);
                assertThat(ask(wire).status()).isEqualTo(200);
            });
            assertThat(upstream.connectionsMade()).isEqualTo(2);
        }
    }

    private static void park() throws IOException {
        try {
            Thread.sleep(150);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void aConnectionThatTheUpstreamClosesAsItIsUsedAgainCostsNoAttempt() throws Exception {
        try (BareUpstream upstream = new BareUpstream((connection, request, asked, out) -> {
            asked.readBody();
            if (request == 1) {
                throw new IOException("closed while idle, as far as the gateway can tell");
            }
            BareUpstream.write(out, OK);
        })) {
            with(upstream.baseUrl(), PATIENT, wire -> {
                for (int i = 0; i < 9; i++) {
                    Wire.Answer answer = ask(wire);
                    assertThat(answer.status()).isEqualTo(200);
                    assertThat(answer.header("x-tagrouter-attempts"))
                            .as("more than one")
                            .isEmpty();
                }
            });
            assertThat(upstream.connectionsMade()).isEqualTo(9);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 103 Early Hints\r\n\r\n", "HTTP/1.1 abc\r\n\r\n"})
    void whatTheUpstreamHasReadIsNotSentAgainAsIfItHadNot(String said) throws Exception {
        AtomicInteger asks = new AtomicInteger();
        try (BareUpstream upstream = new BareUpstream((connection, request, asked, out) -> {
            asked.readBody();
            asks.incrementAndGet();
            if (request == 1) {
                BareUpstream.write(out, said);
                throw new IOException("closed");
            }
            BareUpstream.write(out, OK);
        })) {
            with(upstream.baseUrl(), PATIENT, wire -> {
                assertThat(ask(wire).status()).isEqualTo(200);
                Wire.Answer answer = ask(wire);
                int attempts = answer.header("x-tagrouter-attempts").isEmpty()
                        ? 1
                        : Integer.parseInt(answer.header("x-tagrouter-attempts"));
                assertThat(asks.get() - 1).as("every sending is an attempt").isEqualTo(attempts);
            });
        }
    }

    @Test
    void whatAnUpstreamSaysUnaskedAnswersNobody() throws Exception {
        try (BareUpstream upstream = new BareUpstream((connection, request, asked, out) -> {
            asked.readBody();
            BareUpstream.write(out, OK + OK.replace("{}", "no"));
        })) {
            with(upstream.baseUrl(), PATIENT, wire -> {
                String twice = Wire.chat("/v1/chat/completions", ASK);
                wire.send(twice + twice);
                assertThat(wire.next().body()).isEqualTo("{}");
                assertThat(wire.next().body()).isEqualTo("{}");
                assertThat(upstream.awaitOpen(0)).isTrue();
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1 << 16, 1 << 18, 1 << 20, 1 << 23})
    void aClientThatLeavesBeforeItHasReadTheAnswerLeavesNoConnection(int length) throws Exception {
        String large = OK.replace("length: 2", "length: " + length).replace("{}", "x".repeat(length));
        try (BareUpstream upstream = new BareUpstream((connection, request, asked, out) -> {
            asked.readBody();
            BareUpstream.write(out, large);
        })) {
            with(upstream.baseUrl(), PATIENT, wire -> {
                try (Wire leaving = wire) {
                    leaving.send(Wire.chat("/v1/chat/completions", ASK));
                    Thread.sleep(300);
                }
                assertThat(upstream.awaitOpen(0))
                        .as("at the latest when it is idle for too long")
                        .isTrue();
            });
        }
    }

    /** What came before the upstream closed is the client's, however slowly it reads: of whatever length, all of it. */
    @Test
    void anAnswerThatIsCompleteWhenTheUpstreamClosesReachesASlowClient() throws Exception {
        int[] length = {0};
        try (BareUpstream upstream = new BareUpstream((connection, request, asked, out) -> {
            asked.readBody();
            BareUpstream.write(
                    out,
                    "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: "
                            + length[0] + "\r\n\r\n");
            out.write(new byte[length[0]]);
            throw new IOException("everything is said");
        })) {
            GatewayConfig config = Fixture.config(ServerConfig.DEFAULT, upstream.baseUrl(), PATIENT);
            try (Gateway gateway = Gateway.start(config, line -> {})) {
                // Of these some end while the call is paused, and all of the rest is held back: which, the buffers of
                // the system decide.
                for (length[0] = 2_900_000; length[0] < 3_900_000; length[0] += 40_000) {
                    assertThat(readSlowly(gateway)).isEqualTo(length[0]);
                }
            }
        }
    }

    /** How long the body is that a client gets which begins to read when all has been written that can be. */
    private static int readSlowly(Gateway gateway) throws Exception {
        try (Socket client = new Socket()) {
            client.setReceiveBufferSize(4096);
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
            client.getOutputStream()
                    .write(Wire.chat("/v1/chat/completions", ASK, "connection: close")
                            .getBytes(StandardCharsets.ISO_8859_1));
            Thread.sleep(150);
            byte[] all = client.getInputStream().readAllBytes();
            int head = new String(all, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
            return all.length - head - 4;
        }
    }
}
