package dev.tagrouter.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.testing.TinyProfile;
import dev.tagrouter.gateway.config.GatewayConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A gateway whose configuration and profile lie in a folder, to be changed while it runs. */
final class Live implements AutoCloseable {
    static final String ADMIN_KEY = "canary-admin-key";
    static final ObjectMapper JSON = new ObjectMapper();

    final Path folder;
    final Path file;
    final List<String> lines = new CopyOnWriteArrayList<>();
    final Gateway gateway;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Live(Path folder, String yaml) throws Exception {
        this(folder, yaml, Map.of());
    }

    Live(Path folder, String yaml, Map<String, String> environment) throws Exception {
        this.folder = folder;
        this.file = folder.resolve("tagrouter.yaml");
        write(yaml);
        gateway = Gateway.start(() -> GatewayConfig.read(file, environment), lines::add);
    }

    static Profile tiny() {
        return TinyProfile.create();
    }

    /** The tiny profile with another name, theta and id, which decides alike. */
    static Profile other() {
        Profile tiny = TinyProfile.create();
        return Profile.of(
                tiny.manifest().withName("tiny-two").withTheta(0.01),
                tiny.table(),
                Map.of("together", tiny.curve("together"), "alone", tiny.curve("alone")),
                tiny.tagger());
    }

    /** Both ports, one upstream, two models, the profile in the folder {@code profile}. */
    static String yaml(URI upstream) {
        return yaml(upstream, "profile", "");
    }

    /** @param more further models, a line each, indented */
    static String yaml(URI upstream, String profile, String more) {
        return "server: {port: 0}\n"
                + "admin: {port: 0, api_key: " + ADMIN_KEY + "}\n"
                + "upstreams:\n  fake: {base_url: " + upstream + "}\n"
                + "models:\n  - {name: small, upstream: fake}\n  - {name: coder, upstream: fake}\n" + more
                + "routing: {profile: " + profile + "}\n"
                + "failure: {attempts: 1, retries: 0}\n";
    }

    /** As editors do it: written beside and renamed. */
    void write(String yaml) throws IOException {
        Path fresh = Files.writeString(folder.resolve("tagrouter.yaml.new"), yaml);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    HttpResponse<String> chat(String model, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(gateway.port(), "/v1/chat/completions"))
                .setHeader("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Fixture.body(model, "write sql")));
        return send(request, headers);
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return send(HttpRequest.newBuilder(uri(gateway.port(), path)), headers);
    }

    /** Asks the operator's port, with its key. */
    HttpResponse<String> admin(String method, String path) throws Exception {
        return admin(method, path, "authorization", "Bearer " + ADMIN_KEY);
    }

    HttpResponse<String> admin(String method, String path, String... headers) throws Exception {
        return send(
                HttpRequest.newBuilder(uri(gateway.adminPort(), path))
                        .method(method, HttpRequest.BodyPublishers.noBody()),
                headers);
    }

    JsonNode status() throws Exception {
        return JSON.readTree(admin("GET", "/admin/status").body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers) throws Exception {
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Waits for what other threads bring about. */
    static boolean soon(int seconds, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(10);
        }
        return true;
    }

    @Override
    public void close() {
        client.close();
        gateway.close();
    }
}
