package dev.tagrouter.gateway;

import dev.tagrouter.core.testing.TinyProfile;
import dev.tagrouter.gateway.config.FailureConfig;
import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.config.ModelConfig;
import dev.tagrouter.gateway.config.ProfileSource;
import dev.tagrouter.gateway.config.RoutingConfig;
import dev.tagrouter.gateway.config.Secret;
import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.config.Timeouts;
import dev.tagrouter.gateway.config.UpstreamConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A gateway over one fake upstream, and a plain client to call it with. */
final class Fixture implements AutoCloseable {
    static final Timeouts SHORT =
            new Timeouts(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofSeconds(2));
    static final String UPSTREAM_KEY = "canary-upstream-key";

    final FakeUpstream upstream;
    /** All of them, the one above first. */
    final List<FakeUpstream> upstreams = new ArrayList<>();

    final Gateway gateway;
    final List<String> startLines = new ArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Fixture() throws Exception {
        this(ServerConfig.DEFAULT, Timeouts.DEFAULT);
    }

    Fixture(ServerConfig server, Timeouts timeouts) throws Exception {
        this(address -> config(server, address, timeouts));
    }

    /** @param config from the fake upstream's address */
    Fixture(Function<URI, GatewayConfig> config) throws Exception {
        this(1, addresses -> config.apply(addresses.getFirst()));
    }

    /** @param config from the addresses of {@code count} fake upstreams */
    Fixture(int count, Function<List<URI>, GatewayConfig> config) throws Exception {
        for (int i = 0; i < count; i++) {
            upstreams.add(new FakeUpstream());
        }
        upstream = upstreams.getFirst();
        List<URI> addresses = upstreams.stream().map(FakeUpstream::baseUrl).toList();
        gateway = Gateway.start(config.apply(addresses).withPort(0), startLines::add);
    }

    static GatewayConfig config(ServerConfig server, URI upstream, Timeouts timeouts) {
        return GatewayConfig.of(
                        server,
                        List.of(new UpstreamConfig("fake", upstream, new Secret(UPSTREAM_KEY), timeouts)),
                        List.of(
                                ModelConfig.of("small", "fake"),
                                new ModelConfig("my-coder", "fake", "vendor/coder \"v2\"", null, "coder"),
                                ModelConfig.of("strong", "fake"),
                                ModelConfig.of("newcomer", "fake")),
                        RoutingConfig.of(new ProfileSource.Loaded(TinyProfile.create())))
                // What an upstream does is seen once; trying again has tests of its own.
                .withFailure(FailureConfig.DEFAULT.withAttempts(1, 0))
                .withPort(0);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + gateway.port() + path);
    }

    static String body(String model, String text) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
    }

    HttpResponse<String> chat(String model, String text, String... headers) throws Exception {
        return post("/v1/chat/completions", body(model, text), headers);
    }

    HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .setHeader("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).GET();
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A bare connection to a gateway. */
    static Socket connect(Gateway gateway) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), gateway.port());
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Override
    public void close() {
        client.close();
        gateway.close();
        upstreams.forEach(FakeUpstream::close);
    }
}
