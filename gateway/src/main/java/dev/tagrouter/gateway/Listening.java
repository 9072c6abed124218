package dev.tagrouter.gateway;

import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.config.TlsConfig;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How both ports listen: HTTP/1.1, over TLS 1.2 and 1.3 where there is a certificate. */
final class Listening {
    private static final Set<String> VERSIONS = Set.of("TLSv1.3", "TLSv1.2");

    private Listening() {}

    /**
     * Without what Vert.x would look at for each message and nobody here needs: web sockets, and a limit on silence, since
     * {@link dev.tagrouter.gateway.flow.ClientWatch} and the timeouts of calls leave nobody silent for ever.
     */
    static HttpServerOptions options(ServerConfig server) {
        TlsConfig tls = server.tls();
        HttpServerOptions options = new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setTcpNoDelay(true);
        return tls == null
                ? options
                : options.setSsl(true)
                        // No connection yet for those that look after clients.
                        .setSslHandshakeTimeout(server.timeouts().head().toMillis())
                        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setUseAlpn(false)
                        .setKeyCertOptions(pem(tls))
                        .setEnabledSecureTransportProtocols(VERSIONS);
    }

    /** Shows a certificate to whoever connects to a server from now on; nothing to do where there is none. */
    static Future<Void> certify(@Nullable HttpServer server, @Nullable TlsConfig tls) {
        return server == null || tls == null
                ? Future.succeededFuture()
                : server.updateSSLOptions(ssl(tls)).mapEmpty();
    }

    private static ServerSSLOptions ssl(TlsConfig tls) {
        return new ServerSSLOptions()
                .setUseAlpn(false)
                .setKeyCertOptions(pem(tls))
                .setEnabledSecureTransportProtocols(VERSIONS);
    }

    private static PemKeyCertOptions pem(TlsConfig tls) {
        return new PemKeyCertOptions()
                .addCertValue(bytes(tls.certificates()))
                .addKeyValue(bytes(tls.key().reveal()));
    }

    private static Buffer bytes(String pem) {
        return Buffer.buffer(pem.getBytes(StandardCharsets.ISO_8859_1));
    }
}
