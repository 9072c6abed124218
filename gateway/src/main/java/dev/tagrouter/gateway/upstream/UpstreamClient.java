package dev.tagrouter.gateway.upstream;

import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.config.Secret;
import dev.tagrouter.gateway.config.UpstreamConfig;
import dev.tagrouter.gateway.config.UpstreamKind;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The connections of one event loop to one upstream. */
public final class UpstreamClient {
    /** A stream has a connection for itself, so this bounds streams; further requests wait for a free one. */
    private static final int MAX_CONNECTIONS = 10_000;
    /** Less than the 5 s after which common servers close an idle connection, so that none is used as it closes. */
    private static final int KEEP_ALIVE_SECONDS = 4;

    private static final Set<String> TLS = Set.of("TLSv1.3", "TLSv1.2");

    private final Vertx vertx;
    private final UpstreamConfig config;
    private final HttpClient client;
    private final Map<Api, String> paths = new EnumMap<>(Api.class);
    /** What the host header says. */
    private final String host;

    private int inFlight;

    /** Called on the event loop that will use it. */
    public UpstreamClient(Vertx vertx, UpstreamConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.host = config.baseUrl().getHost()
                + (config.baseUrl().getPort() < 0 ? "" : ":" + config.baseUrl().getPort());
        for (Api api : config.apis()) {
            paths.put(api, config.path(api.path()));
        }
        this.client = vertx.httpClientBuilder()
                .with(options(config))
                // What breaks a connection fails its call; said again here it would be logged as an error of ours.
                .withConnectHandler(connection -> connection.exceptionHandler(e -> {}))
                .with(new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS))
                .build();
    }

    /** Whoever answers must have a certificate for the host's name, by a signer who is trusted. */
    private static HttpClientOptions options(UpstreamConfig config) {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) config.timeouts().connect().toMillis())
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setSsl(config.ssl())
                .setEnabledSecureTransportProtocols(TLS)
                .setVerifyHost(true);
        String trusted = config.trusted();
        return trusted == null
                ? options
                : options.setTrustOptions(
                        new PemTrustOptions().addCertValue(Buffer.buffer(trusted, StandardCharsets.ISO_8859_1.name())));
    }

    /** Closes all connections; nobody may be using them any more. */
    public void close() {
        client.close();
    }

    /** Whom it calls. */
    public UpstreamConfig config() {
        return config;
    }

    /**
     * Calls one of the upstream's APIs.
     *
     * @param api one that it speaks
     * @param headers end-to-end headers to send; the upstream's own key is added
     * @param deadlineNanos the point of {@link System#nanoTime()} at which the answer must be complete
     */
    public UpstreamCall call(Api api, MultiMap headers, Buffer body, long deadlineNanos, UpstreamAnswer answer) {
        headers.set("host", host);
        putKey(headers);
        headers.set("content-length", Integer.toString(body.length()));
        long connectMillis = config.timeouts().connect().toMillis();
        long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(config.baseUrl().getHost())
                .setPort(config.port())
                .setSsl(config.ssl())
                .setURI(Objects.requireNonNull(paths.get(api), "an API that is not spoken"))
                .setConnectTimeout(Math.max(1, Math.min(connectMillis, leftMillis)))
                .setHeaders(headers);
        UpstreamCall call = new UpstreamCall(vertx, this, deadlineNanos, answer);
        inFlight++;
        call.begin(client.request(options), body);
        return call;
    }

    private void putKey(MultiMap headers) {
        Secret key = config.apiKey();
        if (config.kind().keyHasOwnHeader()) {
            if (!headers.contains("anthropic-version")) {
                headers.set("anthropic-version", UpstreamKind.ANTHROPIC_VERSION);
            }
            if (key != null) {
                headers.set("x-api-key", key.reveal());
            }
        } else if (key != null) {
            headers.set("authorization", "Bearer " + key.reveal());
        }
    }

    /** The calls under way from this event loop. */
    public int inFlight() {
        return inFlight;
    }

    /** A call is over. */
    void left() {
        inFlight--;
    }
}
