package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.gateway.config.ConfigException;
import dev.tagrouter.gateway.config.GatewayConfig;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every secret there is has a value of its own here. Requests that go well and that fail, over every API, reloads and
 * mistakes: none of the values may come back in anything that the gateway says.
 */
class CanaryTest {
    private static final String SERVER = "canary-server-0a1b2c";
    private static final String ADMIN = "canary-admin-3d4e5f";
    private static final String UPSTREAM = "canary-upstream-6a7b8c";
    private static final String WRITTEN = "canary-written-9d0e1f";
    private static final String PATH = "canary-path-2a3b4c";
    private static final String WRONG = "canary-wrong-5d6e7f";
    private static final String COOKIE = "canary-cookie-8a9b0c";
    private static final String PROMPT = "canary-prompt-1d2e3f";
    private static final List<String> ALL = List.of(SERVER, ADMIN, UPSTREAM, WRITTEN, PATH, WRONG, COOKIE, PROMPT);
    private static final Map<String, String> ENVIRONMENT =
            Map.of("SERVER", SERVER, "ADMIN", ADMIN, "UPSTREAM", UPSTREAM, "PATH_PART", PATH);

    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger OURS = Logger.getLogger("dev.tagrouter");

    @TempDir
    private Path folder = Path.of("");

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final StringBuilder said = new StringBuilder();
    private int lookedAt;

    /** Everything that is logged, with what was thrown. */
    private final Handler handler = new Handler() {
        @Override
        public synchronized void publish(LogRecord record) {
            say(new SimpleFormatter().format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private synchronized void say(String text) {
        said.append(text).append('\n');
    }

    @BeforeEach
    void listen() throws Exception {
        PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        handler.setLevel(Level.ALL);
        OURS.setLevel(Level.ALL);
        ROOT.addHandler(handler);
        Live.tiny().write(folder.resolve("profile"));
    }

    @AfterEach
    void stopListening() {
        ROOT.removeHandler(handler);
        OURS.setLevel(null);
        System.setOut(out);
        System.setErr(err);
    }

    private static String yaml(FakeUpstream chat, FakeUpstream messages) {
        return "server: {port: 0, api_key: '${SERVER}', max_body_bytes: 20000}\n"
                + "admin: {port: 0, api_key: '${ADMIN}'}\n"
                + "upstreams:\n"
                + "  one: {base_url: '" + chat.baseUrl() + "/${PATH_PART}', api_key: '${UPSTREAM}'}\n"
                + "  two: {base_url: '" + messages.baseUrl() + "', api_key: " + WRITTEN + ", kind: anthropic}\n"
                + "  gone: {base_url: 'http://127.0.0.1:1/${PATH_PART}', api_key: '${UPSTREAM}'}\n"
                + "models:\n"
                + "  - {name: small, upstream: one}\n  - {name: coder, upstream: two}\n"
                + "  - {name: strong, upstream: gone}\n"
                + "routing: {profile: profile}\n"
                + "failure: {attempts: 2, retries: 1, pause: 1ms}\n";
    }

    @Test
    void noSecretIsEverSaid() throws Exception {
        try (FakeUpstream chat = new FakeUpstream();
                FakeUpstream messages = new FakeUpstream()) {
            String yaml = yaml(chat, messages);
            try (Live live = new Live(folder, yaml, ENVIRONMENT)) {
                say(GatewayConfig.read(live.file, ENVIRONMENT).toString().replace(PATH, "an address is no key"));
                for (Consumer<HttpServerResponse> behaviour : behaviours()) {
                    chat.answers(behaviour);
                    messages.answers(behaviour);
                    everyRequest(live.gateway);
                }
                operators(live.gateway);
                for (String mistaken : mistakes(yaml).values()) {
                    live.write(mistaken);
                    live.gateway.reload("test");
                    admin(live.gateway, "POST /admin/reload", ADMIN);
                }
                live.write(yaml);
                admin(live.gateway, "POST /admin/reload", ADMIN);
                everyRequest(live.gateway);
                say(String.join("\n", live.lines));
            }
            assertSecretsReachTheirUpstreamsOnly(chat, messages);
        }
        say(printed.toString(StandardCharsets.UTF_8));
        assertThat(lookedAt).isGreaterThan(200);
        assertThat(said.toString()).contains("edition 2", "reload_refused", "POST /v1/messages 502", "tagrouter_");
        for (String canary : ALL) {
            assertThat(said.toString()
                            .lines()
                            .filter(line -> line.contains(canary))
                            .toList())
                    .as(canary)
                    .isEmpty();
        }
    }

    @Test
    void aStartWithAMistakeSaysNoSecret() throws Exception {
        try (FakeUpstream upstream = new FakeUpstream()) {
            Path file = folder.resolve("bad.yaml");
            for (Map.Entry<String, String> mistaken :
                    mistakes(yaml(upstream, upstream)).entrySet()) {
                Files.writeString(file, mistaken.getValue());
                try (Gateway gateway = Gateway.start(() -> GatewayConfig.read(file, ENVIRONMENT), this::say)) {
                    throw new AssertionError("no mistake: " + mistaken.getKey() + " " + gateway.port());
                } catch (ConfigException | GatewayException e) {
                    assertThat(e.toString()).as(mistaken.getKey()).doesNotContain(ALL.toArray(String[]::new));
                }
            }
        }
    }

    private static List<Consumer<HttpServerResponse>> behaviours() {
        return List.of(
                response ->
                        response.putHeader("content-type", "application/json").end(FakeUpstream.PLAIN),
                response ->
                        response.putHeader("content-type", "text/event-stream").end("data: {\"error\":{}}\n\n"),
                response -> response.setStatusCode(401).end("{\"error\":{\"message\":\"no\"}}"),
                response -> response.setStatusCode(500).end("no"),
                response -> response.end("{{{"),
                HttpServerResponse::reset);
    }

    /** Right and wrong ones, by a client with the key and by one with another. */
    private void everyRequest(Gateway gateway) throws IOException {
        String chat = "{\"model\":\"MODEL\",\"messages\":[{\"role\":\"user\",\"content\":\"sql " + PROMPT + "\"}]}";
        String messages = chat.replaceFirst("}$", ",\"max_tokens\":9}");
        String responses = "{\"model\":\"MODEL\",\"input\":\"sql " + PROMPT + "\"}";
        for (String model : List.of("auto", "small", "coder", "strong", "nobody")) {
            for (String key : List.of(SERVER, WRONG)) {
                ask(gateway, "/v1/chat/completions", chat.replace("MODEL", model), key);
                ask(gateway, "/v1/messages", messages.replace("MODEL", model), key);
                ask(gateway, "/v1/responses", responses.replace("MODEL", model), key);
            }
            ask(gateway, "/v1/route", chat.replace("MODEL", model), SERVER);
            ask(gateway, "/v1/embeddings", responses.replace("MODEL", model), SERVER);
        }
        ask(gateway, "/v1/chat/completions", chat + PROMPT, SERVER);
        ask(gateway, "/v1/chat/completions", chat.replace("sql", "x".repeat(20_000)), SERVER);
        ask(gateway, "/nowhere", chat, SERVER);
        for (String path : List.of("/v1/models", "/metrics", "/health/ready")) {
            exchange(
                    gateway.port(),
                    "GET " + path + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + SERVER + "\r\n\r\n");
        }
        exchange(gateway.port(), "GET / HTTP/9\r\nauthorization: " + WRONG + "\r\n\r\n");
        exchange(gateway.port(), "GET / HTTP/1.1\r\ncookie: " + COOKIE.repeat(1000) + "\r\n\r\n");
    }

    private void ask(Gateway gateway, String path, String body, String key) throws IOException {
        exchange(
                gateway.port(),
                Wire.chat(
                        path,
                        body,
                        "authorization: Bearer " + key,
                        "x-api-key: " + WRONG,
                        "cookie: session=" + COOKIE,
                        "proxy-authorization: Basic " + WRONG));
    }

    private void operators(Gateway gateway) throws IOException {
        for (String key : List.of(ADMIN, WRONG, SERVER)) {
            for (String line :
                    List.of("GET /admin/status", "GET /metrics", "POST /admin/status", "GET /admin/nothing")) {
                admin(gateway, line, key);
            }
        }
    }

    private void admin(Gateway gateway, String line, String key) throws IOException {
        exchange(
                gateway.adminPort(),
                line + " HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\nauthorization: Bearer " + key + "\r\ncookie: "
                        + COOKIE + "\r\n\r\n");
    }

    /** What comes back is looked at with everything else. */
    private void exchange(int port, String request) throws IOException {
        try (Wire wire = new Wire(port)) {
            say(wire.send(request).next().toString());
            lookedAt++;
        } catch (java.io.EOFException closed) {
            // A plain answer that broke ends its connection.
            lookedAt++;
        }
    }

    /** One mistake each, most of them with a secret where something else belongs. */
    private static Map<String, String> mistakes(String yaml) {
        Map<String, String> mistakes = new LinkedHashMap<>();
        for (String key : List.of("port", "host", "max_body_bytes", "hosts", "cors", "tls", "timeouts", "nonsense")) {
            mistakes.put("server." + key, yaml.replace("server: {port: 0", "server: {" + key + ": '${SERVER}'"));
        }
        mistakes.put("origins", yaml.replace("server: {", "server: {cors: {origins: ['${SERVER}']}, "));
        mistakes.put("cert", yaml.replace("server: {", "server: {tls: {cert: '${SERVER}', key: '${ADMIN}'}, "));
        mistakes.put("written", yaml.replace("'${SERVER}'", "[" + WRITTEN + "]"));
        mistakes.put("twice", yaml.replace("'${SERVER}'", WRITTEN + ", api_key: " + WRITTEN));
        mistakes.put("line break", yaml.replace("'${SERVER}'", "\"" + WRITTEN + "\\n\""));
        mistakes.put("same key", yaml.replace("'${ADMIN}'", "'${SERVER}'"));
        mistakes.put("kind", yaml.replace("kind: anthropic", "kind: '${UPSTREAM}'"));
        mistakes.put("apis", yaml.replace("kind: anthropic", "apis: ['${UPSTREAM}']"));
        mistakes.put("ca", yaml.replace("kind: anthropic", "tls: {ca: '${UPSTREAM}'}"));
        mistakes.put("address", yaml.replace("http://127.0.0.1:1/${PATH_PART}", "http://u:${UPSTREAM}@x/"));
        mistakes.put("no address", yaml.replace("http://127.0.0.1:1/${PATH_PART}", "${UPSTREAM} ${PATH_PART}"));
        mistakes.put("upstream", yaml.replace("upstream: gone", "upstream: '${UPSTREAM}'"));
        mistakes.put("capability", yaml.replace("upstream: gone", "upstream: gone, capability: '${UPSTREAM}'"));
        mistakes.put(
                "price", yaml.replace("upstream: gone", "upstream: gone, price: {input: '${UPSTREAM}', output: 1}"));
        mistakes.put("profile", yaml.replace("profile: profile", "profile: '${UPSTREAM}'"));
        mistakes.put("theta", yaml.replace("profile: profile", "profile: profile, theta: '${UPSTREAM}'"));
        mistakes.put("default", yaml.replace("profile: profile", "profile: profile, default_model: '${UPSTREAM}'"));
        mistakes.put("models", yaml.replace("profile: profile", "profile: profile, models: ['${UPSTREAM}']"));
        mistakes.put("pause", yaml.replace("pause: 1ms", "pause: '${UPSTREAM}'"));
        mistakes.put("tagger", yaml + "tagger: {upstream: one, model: m, form: '${UPSTREAM}'}\n");
        mistakes.put("prompt", yaml + "tagger: {upstream: one, model: m, prompt: '${UPSTREAM}'}\n");
        mistakes.put("no YAML", yaml.replace("api_key: " + WRITTEN, "api_key: *" + WRITTEN));
        return mistakes;
    }

    private static void assertSecretsReachTheirUpstreamsOnly(FakeUpstream chat, FakeUpstream messages)
            throws InterruptedException {
        assertThat(chat.calls()).isPositive();
        assertThat(messages.calls()).isPositive();
        while (chat.wasCalled()) {
            FakeUpstream.Seen seen = chat.next();
            assertThat(seen.headers().get("authorization")).isEqualTo("Bearer " + UPSTREAM);
            assertNoneBut(seen.headers(), UPSTREAM);
        }
        while (messages.wasCalled()) {
            FakeUpstream.Seen seen = messages.next();
            assertThat(seen.headers().get("x-api-key")).isEqualTo(WRITTEN);
            assertNoneBut(seen.headers(), WRITTEN);
        }
    }

    private static void assertNoneBut(MultiMap headers, String own) {
        String all = headers.toString().replace(own, "");
        assertThat(all).doesNotContain(ALL.toArray(String[]::new));
    }
}
