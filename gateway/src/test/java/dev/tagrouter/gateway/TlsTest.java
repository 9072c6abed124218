package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tagrouter.gateway.config.ConfigException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS on both ports, and towards upstreams, whose certificates are verified. */
class TlsTest {
    private static final URI NOBODY = URI.create("http://127.0.0.1:1/v1");
    private static final String TLS = "server: {port: 0, tls: {cert: server.crt, key: server.key}}";

    @TempDir
    private static Path shared = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private static Certificates.Pair first;

    @SuppressWarnings("NullAway.Init")
    private static Certificates.Pair second;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void makeCertificates() throws Exception {
        first = Certificates.make(shared, "first", "EC", "dns:localhost");
        second = Certificates.make(shared, "second", "RSA", "dns:localhost,ip:127.0.0.1");
    }

    @BeforeEach
    void write() throws Exception {
        Live.tiny().write(folder.resolve("profile"));
        use(first);
    }

    private void use(Certificates.Pair pair) throws IOException {
        Files.copy(pair.cert(), folder.resolve("server.crt"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(pair.key(), folder.resolve("server.key"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String yaml() {
        return Live.yaml(NOBODY).replace("server: {port: 0}", TLS);
    }

    @Test
    void bothPortsShowTheCertificateAndNewOnesAreReadAgain() throws Exception {
        try (Watchman watchman = new Watchman();
                Live live = new Live(folder, yaml())) {
            assertThat(live.lines).first().asString().contains("https://127.0.0.1:" + live.gateway.port() + "/v1");
            assertThat(ask(first, live.gateway.port(), "TLSv1.3")).startsWith("HTTP/1.1 200");
            assertThat(ask(first, live.gateway.port(), "TLSv1.2")).startsWith("HTTP/1.1 200");
            assertThat(ask(first, live.gateway.adminPort(), "TLSv1.3")).startsWith("HTTP/1.1 200");
            assertThatThrownBy(() -> ask(second, live.gateway.port(), "TLSv1.3"))
                    .isInstanceOf(IOException.class);
            use(second);
            live.gateway.reload("test");
            assertThat(live.lines).last().asString().contains("edition 2");
            assertThat(ask(second, live.gateway.port(), "TLSv1.3")).startsWith("HTTP/1.1 200");
            assertThat(ask(second, live.gateway.adminPort(), "TLSv1.3")).startsWith("HTTP/1.1 200");
            assertThatThrownBy(() -> ask(first, live.gateway.port(), "TLSv1.3")).isInstanceOf(IOException.class);
            watchman.assertQuiet(Live.ADMIN_KEY);
        }
    }

    private static String ask(Certificates.Pair trusted, int port, String version) throws Exception {
        try (SSLSocket socket =
                (SSLSocket) trusted.trusted().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            socket.getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void whoDoesNotAgreeOnTlsIsNotWaitedForLongerThanAnotherHead() throws Exception {
        String brief = yaml().replace("server: {port: 0,", "server: {port: 0, timeouts: {head: 300ms},");
        try (Live live = new Live(folder, brief);
                Socket silent = new Socket(InetAddress.getLoopbackAddress(), live.gateway.port())) {
            silent.setSoTimeout(5000);
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void olderVersionsAndPlainTextAreRefused() throws Exception {
        try (Watchman watchman = new Watchman();
                Live live = new Live(folder, yaml())) {
            // A hello of TLS 1.1 with one cipher suite: the JDK's own client would not say it.
            byte[] hello = new byte[50];
            byte[] head = {22, 3, 1, 0, 45, 1, 0, 0, 41, 3, 2};
            System.arraycopy(head, 0, hello, 0, head.length);
            byte[] tail = {0, 0, 2, (byte) 0xC0, 0x13, 1, 0};
            System.arraycopy(tail, 0, hello, hello.length - tail.length, tail.length);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), live.gateway.port())) {
                socket.getOutputStream().write(hello);
                InputStream in = socket.getInputStream();
                byte[] alert = in.readNBytes(7);
                // An alert, fatal, protocol_version.
                assertThat(alert[0]).isEqualTo((byte) 21);
                assertThat(alert[5]).isEqualTo((byte) 2);
                assertThat(alert[6]).isEqualTo((byte) 70);
            }
            try (Wire plain = Wire.to(live.gateway)) {
                assertThatThrownBy(() -> plain.send("GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n")
                                .next())
                        .isInstanceOfAny(IOException.class, RuntimeException.class);
            }
            watchman.assertQuiet();
        }
    }

    @Test
    void whatIsWrongWithTheFilesIsSaidBeforeTheStart() throws Exception {
        assertMistake(
                yaml().replace("server.crt", "no.crt"),
                "server.tls.cert: the file 'no.crt' cannot be read (there" + " is no such file); give the path");
        assertMistake(
                yaml().replace("key: server.key", "key: server.crt"),
                "server.tls.key: the file holds no private" + " key that can be read; give RSA or EC");
        assertMistake(
                yaml().replace("cert: server.crt", "cert: server.key"),
                "server.tls.cert: the file holds no" + " certificate");
        assertMistake(yaml().replace(", key: server.key", ""), "server.tls: the key 'key' is missing");
        Files.copy(second.key(), folder.resolve("server.key"), StandardCopyOption.REPLACE_EXISTING);
        assertMistake(yaml(), "server.tls.key: the key is not that of the first certificate in cert");
        Files.writeString(folder.resolve("server.key"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----");
        assertMistake(yaml(), "server.tls.key: the file holds no private key that can be read");
        Files.writeString(folder.resolve("server.crt"), "-----BEGIN CERTIFICATE-----\nAAAA\n");
        assertMistake(yaml(), "server.tls.cert: the file holds no certificate that can be read");
        assertMistake(
                Live.yaml(NOBODY).replace("base_url: ", "tls: {ca: server.crt}, base_url: "),
                "upstreams.fake.tls.ca: the file holds no certificate");
        use(first);
        assertMistake(
                Live.yaml(NOBODY).replace("base_url: ", "tls: {ca: server.crt}, base_url: "),
                "upstreams.fake.base_url: the address is plain http, for which tls.ca means nothing");
    }

    private void assertMistake(String yaml, String message) {
        assertThatThrownBy(() -> new Live(folder, yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("tagrouter.yaml:")
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n", "AAAA");
    }

    @Test
    void tlsCannotComeOrGoWhileItRuns() throws Exception {
        try (Live live = new Live(folder, Live.yaml(NOBODY))) {
            live.write(yaml());
            assertThat(live.admin("POST", "/admin/reload").body())
                    .contains("server.tls: cannot be added while the gateway runs; restart it");
        }
    }

    @Test
    void anUpstreamsCertificateIsVerified() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            int port = httpsUpstream(vertx, first);
            String byName = Live.yaml(URI.create("https://localhost:" + port + "/v1"));
            String trusting = byName.replace("base_url: ", "tls: {ca: server.crt}, base_url: ");
            // Signed by itself, and nobody vouches for it.
            assertAnswer(
                    byName,
                    502,
                    "TLS failed: its certificate is signed by nobody who is trusted",
                    "upstreams.fake.tls.ca");
            assertAnswer(trusting, 200, "hi");
            // Trusted, but for another name: it says localhost alone.
            assertAnswer(
                    trusting.replace("https://localhost", "https://127.0.0.1"),
                    502,
                    "TLS failed: its certificate does not suit its host name");
            use(second);
            assertAnswer(trusting, 502, "TLS failed: its certificate is signed by nobody who is trusted");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private void assertAnswer(String yaml, int status, String... words) throws Exception {
        try (Live live = new Live(folder, yaml)) {
            var answer = live.chat("auto");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            assertThat(answer.body()).contains(words);
        }
    }

    private static int httpsUpstream(Vertx vertx, Certificates.Pair pair) throws Exception {
        return vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertPath(pair.cert().toString())
                                .addKeyPath(pair.key().toString())))
                .requestHandler(request -> request.body()
                        .onSuccess(body -> request.response()
                                .putHeader("content-type", "application/json")
                                .end(FakeUpstream.PLAIN)))
                .listen(0, "127.0.0.1")
                .map(HttpServer::actualPort)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }
}
