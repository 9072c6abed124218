package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tagrouter.gateway.config.ConfigException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Web pages: those listed may read answers, others may not, whatever an upstream says. */
class CorsTest {
    private static final String LISTED = "origin: https://chat.example.org";
    private static final String OTHER = "origin: https://evil.example";
    private static final List<String> ASKS_BEFOREHAND = List.of(
            "access-control-request-method: POST", "access-control-request-headers: authorization,content-type,x-own");

    @TempDir
    private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private FakeUpstream upstream;

    @BeforeEach
    void start() throws Exception {
        upstream = new FakeUpstream();
        upstream.answers(response -> response.putHeader("content-type", "application/json")
                .putHeader("access-control-allow-origin", "*")
                .putHeader("access-control-allow-credentials", "true")
                .putHeader("vary", "accept-encoding")
                .end(FakeUpstream.PLAIN));
        Live.tiny().write(folder.resolve("profile"));
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    private String yaml(String origins) {
        return Live.yaml(upstream.baseUrl())
                .replace("server: {port: 0}", "server: {port: 0, api_key: k3y, cors: {origins: " + origins + "}}");
    }

    private static Wire.Answer chat(Gateway gateway, String... headers) throws Exception {
        try (Wire wire = Wire.to(gateway)) {
            return wire.send(Wire.chat("/v1/chat/completions", Fixture.body("auto", "write sql"), headers))
                    .next();
        }
    }

    private static Wire.Answer options(Gateway gateway, String origin, List<String> more) throws Exception {
        try (Wire wire = Wire.to(gateway)) {
            String lines = String.join("\r\n", more);
            return wire.send("OPTIONS /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n" + origin + "\r\n"
                            + (lines.isEmpty() ? "" : lines + "\r\n") + "\r\n")
                    .next();
        }
    }

    @Test
    void aListedPageReadsAnswersAndErrors() throws Exception {
        try (Live live = new Live(folder, yaml("['https://chat.example.org:443', 'http://localhost:3000']"))) {
            Wire.Answer answer = chat(live.gateway, LISTED, "x-api-key: k3y");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(upstream.next().headers().names())
                    .as("the gateway is no page")
                    .isNotEmpty()
                    .doesNotContain("origin");
            assertAdmitted(answer);
            assertThat(answer.headers()).doesNotContainKey("access-control-allow-credentials");
            Wire.Answer refused = chat(live.gateway, LISTED);
            assertThat(refused.status()).isEqualTo(401);
            assertAdmitted(refused);
        }
    }

    private static void assertAdmitted(Wire.Answer answer) {
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("https://chat.example.org");
        assertThat(answer.header("vary")).isEqualTo("origin");
        assertThat(answer.header("access-control-expose-headers")).contains("x-tagrouter-model", "x-tagrouter-tags");
    }

    @Test
    void aBrowserThatAsksBeforehandNeedsNoKey() throws Exception {
        try (Live live = new Live(folder, yaml("[https://chat.example.org]"))) {
            Wire.Answer answer = options(live.gateway, LISTED, ASKS_BEFOREHAND);
            assertThat(answer.status()).isEqualTo(204);
            assertAdmitted(answer);
            assertThat(answer.header("access-control-allow-methods")).isEqualTo("GET, HEAD, POST");
            assertThat(answer.header("access-control-allow-headers")).isEqualTo("authorization,content-type,x-own");
            assertThat(options(live.gateway, LISTED, List.of()).status()).isEqualTo(401);
        }
        assertThat(upstream.wasCalled()).isFalse();
    }

    @Test
    void otherPagesAreToldNothing() throws Exception {
        try (Live live = new Live(folder, yaml("[https://chat.example.org]"))) {
            for (String origin :
                    List.of(OTHER, "origin: null", "origin: https://chat.example.org.evil.example", "x: y")) {
                assertNotAdmitted(chat(live.gateway, origin, "x-api-key: k3y"), 200);
                assertNotAdmitted(options(live.gateway, origin, ASKS_BEFOREHAND), 401);
            }
        }
    }

    @Test
    void withoutAListNobodyIs() throws Exception {
        try (Live live = new Live(folder, Live.yaml(upstream.baseUrl()))) {
            assertNotAdmitted(chat(live.gateway, LISTED), 200);
            assertNotAdmitted(options(live.gateway, LISTED, ASKS_BEFOREHAND), 405);
        }
    }

    private static void assertNotAdmitted(Wire.Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers().keySet()).noneMatch(name -> name.startsWith("access-control-"));
        assertThat(answer.header("vary")).isNotEqualTo("origin");
    }

    @Test
    void originsAreWrittenAsBrowsersSendThem() {
        for (String origin : List.of("'*'", "chat.example.org", "https://chat.example.org/", "'null'", "https://a@b")) {
            assertThatThrownBy(() -> new Live(folder, yaml("[" + origin + "]")))
                    .as(origin)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("server.cors.origins[0]: '")
                    .hasMessageContaining("is no origin; give each page's scheme, host and port");
        }
    }
}
