package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tagrouter.gateway.config.ConfigException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's port: its own key, its own paths, nothing of them elsewhere. */
class AdminTest {
    @TempDir
    private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private FakeUpstream upstream;

    @SuppressWarnings("NullAway.Init")
    private Live live;

    @BeforeEach
    void start() throws Exception {
        upstream = new FakeUpstream();
        Live.tiny().write(folder.resolve("profile"));
        live = new Live(
                folder,
                Live.yaml(upstream.baseUrl())
                        .replace("server: {port: 0}", "server: {port: 0, api_key: public, timeouts: {head: 400ms}}"));
    }

    @AfterEach
    void stop() {
        live.close();
        upstream.close();
    }

    @Test
    void everythingButHealthNeedsItsOwnKey() throws Exception {
        for (String path : List.of("/admin/status", "/metrics", "/nope", "/v1/models")) {
            assertThat(live.admin("GET", path, new String[0]).statusCode())
                    .as(path)
                    .isEqualTo(401);
            assertThat(live.admin("GET", path, "x-api-key", "public").statusCode())
                    .isEqualTo(401);
            assertThat(live.admin("GET", path, "authorization", "Bearer " + Live.ADMIN_KEY + "x")
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(live.admin("POST", "/admin/reload", new String[0]).statusCode())
                .isEqualTo(401);
        assertThat(live.status().path("edition").asInt()).isEqualTo(1);
        assertThat(live.admin("GET", "/health/live", new String[0]).statusCode())
                .isEqualTo(200);
        assertThat(live.admin("GET", "/health/ready", new String[0]).statusCode())
                .isEqualTo(200);
        assertThat(live.admin("GET", "/metrics").body()).contains("tagrouter_connections ");
    }

    @Test
    void unknownPathsAndMethodsAreNamed() throws Exception {
        HttpResponse<String> wrong = live.admin("GET", "/admin/reload");
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(Fixture.header(wrong, "allow")).isEqualTo("POST");
        assertThat(live.admin("GET", "/v1/models").statusCode()).isEqualTo(404);
        assertThat(live.admin("POST", "/v1/chat/completions").statusCode()).isEqualTo(404);
    }

    @Test
    void nothingOfItIsOnThePublicPort() throws Exception {
        for (String path :
                List.of("/admin", "/admin/status", "/admin/reload", "/ADMIN/status", "/v1/../admin/status")) {
            assertThat(live.get(path, "x-api-key", "public").statusCode())
                    .as(path)
                    .isEqualTo(404);
            assertThat(live.get(path, "x-api-key", Live.ADMIN_KEY).statusCode())
                    .as(path)
                    .isEqualTo(401);
        }
    }

    @Test
    void theStatusSaysWhatIsInUse() throws Exception {
        JsonNode status = live.status();
        assertThat(status.propertyStream().map(java.util.Map.Entry::getKey))
                .containsExactly("version", "edition", "since", "config", "profile", "models", "upstreams", "breakers");
        assertThat(status.path("profile").path("id").asText())
                .isEqualTo(Live.tiny().id());
        assertThat(status.path("models").findValuesAsText("name")).containsExactly("small", "coder");
        assertThat(status.path("models").get(0).path("routed").asBoolean()).isTrue();
        assertThat(status.path("upstreams").get(0).path("address").asText())
                .isEqualTo("http://127.0.0.1:" + upstream.baseUrl().getPort());
        assertThat(status.toString()).doesNotContain(Live.ADMIN_KEY, "public");
        assertThat(live.lines)
                .contains("admin: http://127.0.0.1:" + live.gateway.adminPort() + "/admin/status, with its own key");
    }

    @Test
    void slowClientsAreCutOffThereToo() throws Exception {
        try (Wire slow = new Wire(live.gateway.adminPort()).patience(5000)) {
            slow.send("GET /admin/status HTTP/1.1\r\nhost: ");
            assertThat(slow.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void badRequestsAreRefusedThereToo() throws Exception {
        try (Wire wire = new Wire(live.gateway.adminPort())) {
            assertThat(wire.send("GET /admin/status SPDY/3\r\n\r\n").next().status())
                    .isEqualTo(400);
        }
        try (Wire wire = new Wire(live.gateway.adminPort())) {
            wire.send("GET /admin/status HTTP/1.1\r\nhost: x\r\nx: " + "y".repeat(10_000) + "\r\n\r\n");
            assertThat(wire.next().status()).isEqualTo(431);
        }
    }

    /** Bound twice by one process it would be answered by turns. */
    @Test
    void thePortOfClientsIsNotTheOperatorsToo() {
        String yaml = Live.yaml(upstream.baseUrl())
                .replace("server: {port: 0", "server: {port: 18999")
                .replace("admin: {port: 0", "admin: {port: 18999");
        Assertions.assertThatThrownBy(() -> new Live(folder, yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("admin.port: is 18999, and so is the port of server");
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            String yaml =
                    Live.yaml(upstream.baseUrl()).replace("admin: {port: 0", "admin: {port: " + taken.getLocalPort());
            Assertions.assertThatThrownBy(() -> new Live(folder, yaml))
                    .isInstanceOf(GatewayException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " on 127.0.0.1 is in use")
                    .hasMessageContaining("choose another with admin.port");
        }
    }

    @Test
    void connectionsBeyondTheLimitAreClosedAndCounted() throws Exception {
        live.write(Live.yaml(upstream.baseUrl()).replace("server: {port: 0}", "server: {port: 0, max_connections: 3}"));
        assertThat(live.admin("POST", "/admin/reload").statusCode()).isEqualTo(200);
        List<Wire> wires = new ArrayList<>();
        try {
            int served = 0;
            for (int i = 0; i < 6; i++) {
                wires.add(new Wire(live.gateway.port()));
                served += isServed(wires.getLast()) ? 1 : 0;
            }
            assertThat(served).isEqualTo(3);
            assertThat(live.admin("GET", "/metrics").body()).contains("tagrouter_connections_refused_total 3.0");
            wires.removeFirst().close();
            assertThat(Live.soon(5, () -> {
                        try (Wire next = new Wire(live.gateway.port())) {
                            return isServed(next);
                        } catch (IOException e) {
                            return false;
                        }
                    }))
                    .isTrue();
        } finally {
            for (Wire wire : wires) {
                wire.close();
            }
        }
    }

    private static boolean isServed(Wire wire) {
        try {
            return wire.send("GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n")
                            .next()
                            .status()
                    == 200;
        } catch (IOException closed) {
            return false;
        }
    }
}
