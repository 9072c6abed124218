package dev.tagrouter.gateway.api;

import dev.tagrouter.gateway.config.Secret;
import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.flow.Fault;
import dev.tagrouter.gateway.flow.FaultKind;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who may ask: the key, and what keeps a web page in the user's browser from spending the user's money. */
final class Guard {
    private final ServerConfig config;

    Guard(ServerConfig config) {
        this.config = config;
    }

    /** Refuses a request without the key, where there is one. Compares in constant time. */
    void requireKey(HttpServerRequest request) throws Fault {
        Secret key = config.apiKey();
        if (key == null) {
            return;
        }
        byte[] expected = key.reveal().getBytes(StandardCharsets.UTF_8);
        boolean matches = equal(expected, bearer(request.getHeader("authorization")))
                || equal(expected, request.getHeader("x-api-key"));
        if (!matches) {
            throw new Fault(
                    FaultKind.INVALID_API_KEY,
                    "this gateway needs its key; send it as 'Authorization: Bearer KEY' or 'x-api-key: KEY'",
                    null);
        }
    }

    private static boolean equal(byte[] expected, @Nullable String given) {
        return given != null && MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String bearer(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                ? authorization.substring(7).strip()
                : null;
    }

    /** Refuses a POST that a web page could have sent across origins. */
    void requireSafePost(HttpServerRequest request) throws Fault {
        HostAndPort authority = request.authority();
        String host = authority == null ? "" : authority.host().toLowerCase(Locale.ROOT);
        boolean known = ServerConfig.isLoopback(host)
                || config.hosts().contains(host)
                || config.host().equalsIgnoreCase(host);
        if (!known || request.headers().getAll("host").size() != 1) {
            throw new Fault(
                    FaultKind.HOST_NOT_ALLOWED,
                    "requests for this host name are not accepted; add it to server.hosts, or call 127.0.0.1",
                    null);
        }
        String type = request.getHeader("content-type");
        String media = type == null ? "" : type.split(";", 2)[0].strip();
        if (!media.equalsIgnoreCase("application/json")) {
            throw new Fault(
                    FaultKind.UNSUPPORTED_MEDIA_TYPE, "the content type is not application/json; send that", null);
        }
    }
}
