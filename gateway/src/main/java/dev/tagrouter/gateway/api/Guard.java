package dev.tagrouter.gateway.api;

import dev.tagrouter.gateway.config.Secret;
import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.flow.Fault;
import dev.tagrouter.gateway.flow.FaultKind;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Locale;

/** Who may ask: the key, and what keeps a web page in the user's browser from spending the user's money. */
final class Guard {
    private final ServerConfig config;

    Guard(ServerConfig config) {
        this.config = config;
    }

    /** Refuses a request without the key, where there is one. */
    void requireKey(HttpServerRequest request) throws Fault {
        Secret key = config.apiKey();
        if (key != null) {
            ApiKeys.require(key, request);
        }
    }

    /** A host in lower case, an IPv6 address without its brackets. */
    private static String bare(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("[") && lower.endsWith("]") ? lower.substring(1, lower.length() - 1) : lower;
    }

    /** Refuses a POST that a web page could have sent across origins. */
    void requireSafePost(HttpServerRequest request) throws Fault {
        HostAndPort authority = request.authority();
        String host = authority == null ? "" : authority.host().toLowerCase(Locale.ROOT);
        boolean known = ServerConfig.isLoopback(host)
                || config.hosts().contains(host)
                || bare(config.host()).equals(bare(host));
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
        String encoding = request.getHeader("content-encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new Fault(
                    FaultKind.UNSUPPORTED_MEDIA_TYPE,
                    "the body is encoded (content-encoding: " + Fault.shown(encoding) + "); send it as it is",
                    null);
        }
    }
}
