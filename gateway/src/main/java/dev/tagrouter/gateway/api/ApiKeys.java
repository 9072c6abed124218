package dev.tagrouter.gateway.api;

import dev.tagrouter.gateway.config.Secret;
import dev.tagrouter.gateway.flow.Fault;
import dev.tagrouter.gateway.flow.FaultKind;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Whether a request carries a key; compared in constant time. */
final class ApiKeys {
    private ApiKeys() {}

    /** Refuses a request without the key. */
    static void require(Secret key, HttpServerRequest request) throws Fault {
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
}
