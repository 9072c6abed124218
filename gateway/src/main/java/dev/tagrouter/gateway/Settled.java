package dev.tagrouter.gateway;

import dev.tagrouter.gateway.config.AdminConfig;
import dev.tagrouter.gateway.config.ConfigException;
import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.config.ServerConfig;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What of a configuration cannot change while a gateway runs: where it listens. */
final class Settled {
    private static final String RESTART = " while the gateway runs; restart it";

    private final GatewayConfig first;

    /** @param first what the gateway was started with */
    Settled(GatewayConfig first) {
        this.first = first;
    }

    /** Refuses a configuration that would need a restart, naming the first key that does. */
    void require(GatewayConfig next) throws ConfigException {
        ServerConfig before = first.server();
        ServerConfig after = next.server();
        same(next, "server.host", before.host(), after.host());
        same(next, "server.port", before.port(), after.port());
        same(next, "server.tls", before.tls() != null, after.tls() != null);
        AdminConfig admin = before.admin();
        AdminConfig newAdmin = after.admin();
        same(next, "admin", admin != null, newAdmin != null);
        if (admin != null && newAdmin != null) {
            same(next, "admin.host", admin.host(), newAdmin.host());
            same(next, "admin.port", admin.port(), newAdmin.port());
        }
        if (next.isAutomatic()) {
            throw next.mistake("models", "cannot be left out" + RESTART + ", or list models");
        }
    }

    private static void same(GatewayConfig next, String key, @Nullable Object before, @Nullable Object after)
            throws ConfigException {
        if (!Objects.equals(before, after)) {
            throw next.mistake(
                    key,
                    after instanceof Boolean isThere
                            ? "cannot be " + (isThere ? "added" : "removed") + RESTART
                            : "cannot change from '" + before + "' to '" + after + "'" + RESTART);
        }
    }
}
