package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tagrouter.gateway.config.ConfigSource;
import dev.tagrouter.gateway.config.GatewayConfig;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configuration and profile are changed while the gateway runs; a mistake in them changes nothing. */
class ReloadTest {
    private static final String THIRD = "  - {name: strong, upstream: fake}\n";

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
        Live.other().write(folder.resolve("other"));
        live = new Live(folder, Live.yaml(upstream.baseUrl()));
    }

    @AfterEach
    void stop() {
        live.close();
        upstream.close();
    }

    @Test
    void anOperatorAsksForANewModelAndANewProfile() throws Exception {
        assertThat(live.chat("strong").statusCode()).isEqualTo(404);
        live.write(Live.yaml(upstream.baseUrl(), "other", THIRD));

        HttpResponse<String> done = live.admin("POST", "/admin/reload");

        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        JsonNode answer = Live.JSON.readTree(done.body());
        assertThat(answer.path("edition").asInt()).isEqualTo(2);
        assertThat(answer.path("message").asText())
                .isEqualTo("edition 2: profile tiny-two (" + Live.other().id()
                        + "), new; models added: strong; changed: models, routing");
        assertThat(live.lines)
                .last()
                .asString()
                .isEqualTo("reloaded (asked by the admin port): "
                        + answer.path("message").asText());
        assertThat(live.chat("strong").statusCode()).isEqualTo(200);
        assertThat(Fixture.header(live.chat("auto"), "x-tagrouter-profile"))
                .isEqualTo(Live.other().id());
        JsonNode status = live.status();
        assertThat(status.path("edition").asInt()).isEqualTo(2);
        assertThat(status.path("profile").path("name").asText()).isEqualTo("tiny-two");
        assertThat(live.admin("GET", "/metrics").body()).contains("tagrouter_reloads_total{outcome=\"swapped\"} 1.0");
    }

    @Test
    void aMistakeKeepsTheOldEditionAndNamesItsLine() throws Exception {
        live.write(Live.yaml(upstream.baseUrl()).replace("routing: {", "routing: {thta: 1, "));

        HttpResponse<String> refused = live.admin("POST", "/admin/reload");

        assertThat(refused.statusCode()).isEqualTo(400);
        JsonNode error = Live.JSON.readTree(refused.body()).path("error");
        assertThat(error.path("code").asText()).isEqualTo("reload_refused");
        assertThat(error.path("message").asText())
                .startsWith(
                        live.file + ":8: routing.thta: unknown key 'thta'; did you mean 'theta'? known keys: profile,");
        assertThat(live.status().path("edition").asInt()).isEqualTo(1);
        assertThat(live.chat("auto").statusCode()).isEqualTo(200);
        assertThat(live.admin("GET", "/metrics").body()).contains("tagrouter_reloads_total{outcome=\"refused\"} 1.0");
    }

    @Test
    void whatIsWrongWithTheProfileOrTheFileIsSaid() throws Exception {
        assertRefused(
                Live.yaml(upstream.baseUrl(), "nowhere", ""), ":8: routing.profile: there is no built-in profile");
        Files.createDirectories(folder.resolve("empty"));
        assertRefused(Live.yaml(upstream.baseUrl(), "empty", ""), ":8: routing.profile: profile");
        assertRefused(
                Live.yaml(upstream.baseUrl(), "profile", "  - {name: x, upstream: fake, capability: y}\n"),
                ":8: models[2].capability: 'y' is no column of profile tiny");
        Files.delete(live.file);
        assertThat(message(live.admin("POST", "/admin/reload"))).contains("there is no such file");
        assertThat(live.chat("auto").statusCode()).isEqualTo(200);
    }

    @Test
    void whereItListensIsSettled() throws Exception {
        String yaml = Live.yaml(upstream.baseUrl());
        assertRefused(
                yaml.replace("server: {port: 0}", "server: {port: 1}"),
                ":1: server.port: cannot change from '0'" + " to '1' while the gateway runs; restart it");
        assertRefused(
                yaml.replace("server: {port: 0}", "server: {port: 0, host: localhost}"),
                ":1: server.host: cannot change from '127.0.0.1' to 'localhost' while the gateway runs; restart it");
        assertRefused(yaml.replaceFirst("admin: .*\n", ""), ": admin: cannot be removed while the gateway runs");
        assertRefused(yaml.replace("admin: {port: 0", "admin: {port: 2"), ":2: admin.port: cannot change");
        assertRefused("server: {port: 0}\nadmin: {port: 0, api_key: 1}\n", "models: cannot be left out");
        live.write(yaml.replace("failure: {", "failure: {total: 2h, "));
        assertThat(live.admin("POST", "/admin/reload").statusCode())
                .as("how long requests may take is not settled")
                .isEqualTo(200);
    }

    private void assertRefused(String yaml, String message) throws Exception {
        live.write(yaml);
        assertThat(message(live.admin("POST", "/admin/reload"))).contains(message);
        assertThat(live.status().path("edition").asInt()).isEqualTo(1);
    }

    private static String message(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        return Live.JSON.readTree(response.body()).path("error").path("message").asText();
    }

    @Test
    void aChangedFileIsNoticed() throws Exception {
        live.write(Live.yaml(upstream.baseUrl(), "profile", THIRD));
        assertThat(Live.soon(10, () -> live.lines.getLast().contains("edition 2")))
                .isTrue();
        assertThat(live.lines).last().asString().contains("(files changed)", "models added: strong");
        assertThat(live.chat("strong").statusCode()).isEqualTo(200);
        // Once is enough, though it is looked at again and again.
        Thread.sleep(2500);
        assertThat(live.status().path("edition").asInt()).isEqualTo(2);
    }

    @Test
    void aMistakeIsNoticedOnceAndItsCorrectionToo() throws Exception {
        live.write("server: {prot: 1}\n");
        assertThat(Live.soon(10, () -> refusals() == 1)).isTrue();
        Thread.sleep(2500);
        assertThat(refusals()).isEqualTo(1);
        live.write(Live.yaml(upstream.baseUrl(), "profile", THIRD));
        assertThat(Live.soon(10, () -> live.lines.getLast().contains("edition 2")))
                .isTrue();
    }

    private int refusals() {
        try {
            String metrics = live.admin("GET", "/metrics").body();
            return metrics.contains("tagrouter_reloads_total{outcome=\"refused\"}")
                    ? (int) Double.parseDouble(metrics.replaceAll("(?s).*outcome=\"refused\"} ([0-9.]+)\n.*", "$1"))
                    : 0;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aProfileWrittenOverTheOldOneIsNoticed() throws Exception {
        Live.other().write(folder.resolve("profile"));
        assertThat(Live.soon(10, () -> live.lines.getLast().contains("tiny-two")))
                .isTrue();
        assertThat(Fixture.header(live.chat("auto"), "x-tagrouter-profile"))
                .isEqualTo(Live.other().id());
    }

    @Test
    void aStreamEndsAsItBeganAndItsConnectionIsClosedThen() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        upstream.answers(response -> {
            response.putHeader("content-type", "text/event-stream").setChunked(true);
            response.write("data: 1\n\n");
            Thread.ofVirtual().start(() -> {
                try {
                    goOn.await();
                    response.end("data: [DONE]\n\n");
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        });
        try (Wire streaming = Wire.to(live.gateway)) {
            streaming.send(Wire.chat("/v1/chat/completions", Fixture.body("auto", "write sql")));
            upstream.next();
            live.write(Live.yaml(upstream.baseUrl(), "other", THIRD));
            assertThat(live.admin("POST", "/admin/reload").statusCode()).isEqualTo(200);
            Thread.sleep(300);
            assertThat(upstream.openConnections()).isEqualTo(1);
            goOn.countDown();
            Wire.Answer answer = streaming.next();
            assertThat(answer.body()).isEqualTo("data: 1\n\ndata: [DONE]\n\n");
            assertThat(answer.header("x-tagrouter-profile"))
                    .isEqualTo(Live.tiny().id());
            // Kept alive it would be there for 4 s.
            assertThat(Live.soon(2, () -> upstream.openConnections() == 0)).isTrue();
            streaming.send(Wire.chat("/v1/chat/completions", Fixture.body("auto", "write sql")));
            assertThat(streaming.next().header("x-tagrouter-profile"))
                    .isEqualTo(Live.other().id());
        }
    }

    @Test
    void idleConnectionsOfTheOldEditionAreClosedAtOnce() throws Exception {
        assertThat(live.chat("auto").statusCode()).isEqualTo(200);
        assertThat(upstream.openConnections()).isEqualTo(1);
        assertThat(live.admin("POST", "/admin/reload").statusCode()).isEqualTo(200);
        assertThat(Live.soon(2, () -> upstream.openConnections() == 0)).isTrue();
    }

    @Test
    void whatIsKnownOfAnUpstreamThatStaysIsKept() throws Exception {
        upstream.answers(Trouble.status(500));
        for (int i = 0; i < 5; i++) {
            assertThat(live.chat("small").statusCode()).isEqualTo(500);
        }
        assertThat(breakers()).contains("small open");
        live.write(Live.yaml(upstream.baseUrl(), "profile", THIRD));
        assertThat(live.admin("POST", "/admin/reload").statusCode()).isEqualTo(200);
        assertThat(breakers()).containsExactlyInAnyOrder("small open", "coder closed", "strong closed");
        live.write(Live.yaml(upstream.baseUrl()).replace("name: small", "name: strong"));
        assertThat(live.admin("POST", "/admin/reload").statusCode()).isEqualTo(200);
        assertThat(breakers()).containsExactlyInAnyOrder("coder closed", "strong closed");
    }

    private List<String> breakers() throws Exception {
        return live.status()
                .path("breakers")
                .valueStream()
                .map(breaker -> breaker.path("model").asText() + " "
                        + breaker.path("state").asText())
                .toList();
    }

    @Test
    void keysLimitsAndPagesChangeToo() throws Exception {
        String yaml = Live.yaml(upstream.baseUrl());
        live.write(yaml.replace("server: {port: 0}", "server: {port: 0, api_key: fresh, max_body_bytes: 10}"));
        assertThat(live.admin("POST", "/admin/reload").statusCode()).isEqualTo(200);
        assertThat(live.chat("auto").statusCode()).isEqualTo(401);
        assertThat(live.chat("auto", "x-api-key", "fresh").statusCode()).isEqualTo(413);
        live.write(yaml.replace(Live.ADMIN_KEY, "next-admin-key"));
        assertThat(live.admin("POST", "/admin/reload").statusCode()).isEqualTo(200);
        assertThat(live.admin("GET", "/admin/status").statusCode()).isEqualTo(401);
        assertThat(live.admin("GET", "/admin/status", "x-api-key", "next-admin-key")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aGatewayWithoutAFileHasNothingToReadAgain() throws Exception {
        try (Fixture fixture = new Fixture()) {
            fixture.gateway.reload("test");
            assertThat(fixture.get("/metrics").body()).contains("tagrouter_reloads_total{outcome=\"refused\"} 1.0");
        }
    }

    @Test
    void whatChangesWhileItIsReadFirstIsNotMissed() throws Exception {
        Path file = Files.writeString(folder.resolve("racing.yaml"), Live.yaml(upstream.baseUrl()));
        AtomicBoolean changed = new AtomicBoolean();
        ConfigSource racing = () -> {
            GatewayConfig config = GatewayConfig.read(file, Map.of());
            if (changed.compareAndSet(false, true)) {
                Files.writeString(file, Live.yaml(upstream.baseUrl(), "profile", THIRD));
            }
            return config;
        };
        List<String> lines = new CopyOnWriteArrayList<>();
        try (Gateway gateway = Gateway.start(racing, lines::add)) {
            assertThat(gateway.port()).isPositive();
            assertThat(String.join("\n", lines)).contains("auto chooses between: small, coder, strong");
        }
    }

    @Test
    void closingWhileItReloadsEnds() {
        Thread reloading = Thread.ofVirtual().start(() -> live.gateway.reload("test"));
        live.gateway.close();
        live.gateway.reload("too late");
        assertThat(reloading.isAlive() && !joined(reloading)).isFalse();
    }

    private static boolean joined(Thread thread) {
        try {
            return thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
