package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tagrouter.gateway.config.Secret;
import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.config.Timeouts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusalTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private Fixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new Fixture();
    }

    @AfterEach
    void stop() {
        assertThat(fixture.upstream.wasCalled()).isFalse();
        fixture.close();
    }

    @Test
    void unknownPathsAndMethods() throws Exception {
        assertFault(fixture.get("/nope"), 404, "not_found", null, "/v1/chat/completions");
        HttpResponse<String> response = fixture.get("/v1/chat/completions");
        assertFault(response, 405, "method_not_allowed", null, "use POST");
        assertThat(Fixture.header(response, "allow")).isEqualTo("POST");
        assertFault(fixture.post("/v1/models", "{}"), 405, "method_not_allowed", null, "use GET");
    }

    @Test
    void unknownModelsAndThetas() throws Exception {
        assertFault(
                fixture.chat("gpt-9", "x"),
                404,
                "model_not_found",
                "model",
                "'gpt-9'; give auto or one of: small, my-coder, strong, newcomer");
        assertFault(fixture.chat("auto:3", "x"), 400, "invalid_value", "model", "theta is 3.0; give a number from -1");
        assertFault(fixture.chat("auto:warm", "x"), 400, "invalid_value", "model", "theta is 'warm'");
        assertFault(
                fixture.chat("auto", "x", "x-tagrouter-theta", "NaN"),
                400,
                "invalid_value",
                "x-tagrouter-theta",
                "theta is NaN");
        assertFault(
                fixture.chat("auto", "x", "x-tagrouter-models", "small,coder"),
                400,
                "invalid_value",
                "x-tagrouter-models",
                "there is no model 'coder'");
        assertFault(
                fixture.chat("auto", "x", "x-tagrouter-models", "small%"),
                400,
                "invalid_value",
                "x-tagrouter-models",
                "percent-encoded");
        assertFault(
                fixture.chat("auto", "x", "x-tagrouter-models", "small,".repeat(40) + "small"),
                400,
                "invalid_value",
                "x-tagrouter-models",
                "more than 32");
        assertFault(
                fixture.chat("auto", "x", "x-tagrouter-models", "newcomer"),
                400,
                "no_eligible_model",
                "model",
                "newcomer");
    }

    @Test
    void badBodies() throws Exception {
        assertFault(fixture.post("/v1/chat/completions", "{"), 400, "invalid_json", null, "not valid JSON");
        assertFault(
                fixture.post("/v1/route", "{\"model\":\"auto\",\"messages\":[]}"),
                400,
                "missing_value",
                "messages",
                "empty");
    }

    @Test
    void oversizedBodies() throws Exception {
        ServerConfig small = new ServerConfig("127.0.0.1", 0, null, List.of(), 1000);
        try (Fixture limited = new Fixture(small, Timeouts.DEFAULT)) {
            assertFault(limited.chat("auto", "x".repeat(1000)), 413, "body_too_large", null, "1000 bytes");
            try (Socket client = Fixture.connect(limited.gateway)) {
                client.getOutputStream()
                        .write(("POST /v1/route HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                                        + "transfer-encoding: chunked\r\n\r\n800\r\n" + "x".repeat(0x800) + "\r\n")
                                .getBytes(StandardCharsets.UTF_8));
                byte[] head = client.getInputStream().readNBytes(12);
                assertThat(new String(head, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 413");
            }
        }
    }

    @Test
    void otherContentTypesAndHosts() throws Exception {
        assertFault(
                fixture.chat("auto", "x", "content-type", "text/plain"),
                415,
                "unsupported_media_type",
                null,
                "application/json");
        assertThat(raw("evil.example", "application/json"))
                .startsWith("HTTP/1.1 403")
                .contains("host_not_allowed");
        assertThat(raw("localhost:1", "application/json; charset=utf-8")).startsWith("HTTP/1.1 400");
        assertThat(raw("[::1]:1", "application/json")).startsWith("HTTP/1.1 400");
        assertFault(
                fixture.chat("auto", "x", "content-encoding", "gzip"),
                415,
                "unsupported_media_type",
                null,
                "content-encoding: gzip");
        assertFault(fixture.post("/v1/chat/completions", "\ufeff{}"), 400, "invalid_json", null, "byte order mark");
    }

    @Test
    void itsOwnAddressIsAHostWithAndWithoutBrackets() throws Exception {
        String loopback = "0:0:0:0:0:0:0:1";
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
            assumeThat(socket.isBound()).isTrue();
        } catch (IOException e) {
            assumeThat(e).as("this machine has no IPv6").isNull();
        }
        ServerConfig six = new ServerConfig(loopback, 0, new Secret("k3y"), List.of(), 1 << 20);
        try (Fixture fixed = new Fixture(six, Timeouts.DEFAULT);
                Socket client = new Socket(InetAddress.ofLiteral("::1"), fixed.gateway.port())) {
            client.getOutputStream()
                    .write(("POST /v1/route HTTP/1.1\r\nhost: [" + loopback
                                    + "]:1\r\ncontent-type: application/json\r\nauthorization: Bearer k3y\r\n"
                                    + "connection: close\r\ncontent-length: 2\r\n\r\n{}")
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void aHeaderOfOursThatThereIsNotIsRefused() throws Exception {
        assertFault(
                fixture.chat("auto", "x", "x-tagrouter-thta", "1"),
                400,
                "unknown_key",
                "x-tagrouter-thta",
                "x-tagrouter-theta");
    }

    @Test
    void oneModelIsAskedForByItsName() throws Exception {
        JsonNode model = JSON.readTree(fixture.get("/v1/models/my%2Dcoder").body());
        assertThat(model.path("id").textValue()).isEqualTo("my-coder");
        assertThat(model.path("object").textValue()).isEqualTo("model");
        assertThat(fixture.get("/v1/models/auto").statusCode()).isEqualTo(200);
        assertFault(fixture.get("/v1/models/a/b"), 404, "model_not_found", "model", "'a/b'");
        try (Wire wire = Wire.to(fixture.gateway)) {
            wire.send("GET /v1/models/%zz HTTP/1.1\r\nhost: localhost\r\n\r\n");
            WireTest.assertError(wire.next(), 400, "invalid_value");
        }
        assertThat(fixture.get("/metrics").body()).contains("/v1/models/{model}");
    }

    /** A client's key for whatever it believes to call is not the upstream's business. */
    @Test
    void noKeyOfTheClientsReachesAnUpstream() throws Exception {
        fixture.chat("auto", "x", "api-key", "a", "x-goog-api-key", "b", "x-own", "c");
        assertThat(fixture.upstream.next().headers().names())
                .contains("x-own")
                .doesNotContain("api-key", "x-goog-api-key");
    }

    private String raw(String host, String contentType) throws Exception {
        try (Socket client = Fixture.connect(fixture.gateway)) {
            client.getOutputStream()
                    .write(("POST /v1/chat/completions HTTP/1.1\r\nhost: " + host + "\r\ncontent-type: " + contentType
                                    + "\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}")
                            .getBytes(StandardCharsets.UTF_8));
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aKeyIsNeededForAllButHealth() throws Exception {
        ServerConfig locked = new ServerConfig("127.0.0.1", 0, new Secret("k3y"), List.of(), 1 << 20);
        try (Fixture guarded = new Fixture(locked, Timeouts.DEFAULT)) {
            assertThat(guarded.get("/health/live").statusCode()).isEqualTo(200);
            for (String path : List.of("/v1/models", "/metrics", "/nope")) {
                assertFault(guarded.get(path), 401, "invalid_api_key", null, "Authorization: Bearer");
            }
            assertFault(guarded.chat("auto", "x"), 401, "invalid_api_key", null, "x-api-key");
            assertThat(guarded.get("/v1/models", "authorization", "Bearer wrong")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(guarded.get("/v1/models", "authorization", "Bearer k3y").statusCode())
                    .isEqualTo(200);
            assertThat(guarded.get("/metrics", "x-api-key", "k3y").statusCode()).isEqualTo(200);
            assertThat(String.join("\n", guarded.startLines)).doesNotContain("k3y");
        }
    }

    private static void assertFault(
            HttpResponse<String> response, int status, String code, String param, String message) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(Fixture.header(response, "content-type")).isEqualTo("application/json");
        JsonNode error = JSON.readTree(response.body()).path("error");
        assertThat(error.properties())
                .extracting(field -> field.getKey())
                .containsExactly("message", "type", "param", "code");
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("param").textValue()).isEqualTo(param);
        assertThat(error.path("message").asText()).contains(message);
    }
}
