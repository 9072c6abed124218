package dev.tagrouter.gateway.config;

import dev.tagrouter.core.tagging.PlainName;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A model server that speaks OpenAI's chat completions.
 *
 * @param name how models refer to it
 * @param baseUrl http or https, with the path up to and without {@code /chat/completions}; no user info or query
 * @param apiKey sent as {@code Authorization: Bearer}, or null for none
 * @param timeouts how long it may take
 */
public record UpstreamConfig(
        String name, URI baseUrl, @Nullable Secret apiKey, Timeouts timeouts) {
    public UpstreamConfig {
        if (name.isBlank() || name.length() > 200 || !PlainName.is(name)) {
            throw new IllegalArgumentException("upstream name '" + PlainName.shown(name)
                    + "' is blank, over 200 characters, or holds a control character; rename the upstream");
        }
        String scheme = baseUrl.getScheme();
        boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        String authority = baseUrl.getRawAuthority();
        if (!http || authority == null) {
            throw new IllegalArgumentException(
                    "the address is no http address; give one such as http://127.0.0.1:8000/v1");
        }
        if (baseUrl.getHost() == null && authority.indexOf('@') < 0) {
            throw new IllegalArgumentException("'" + authority
                    + "' is no host name of letters, digits, dots and hyphens; use another name or the IP address");
        }
        if (authority.indexOf('@') >= 0 || baseUrl.getRawQuery() != null || baseUrl.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "the address holds a user, a query or a fragment; leave them out and use api_key");
        }
        if (baseUrl.getPort() == 0 || baseUrl.getPort() > 65_535) {
            throw new IllegalArgumentException(
                    "the address has the port " + baseUrl.getPort() + "; give one from 1 to 65535 or none");
        }
    }

    public boolean ssl() {
        return "https".equalsIgnoreCase(baseUrl.getScheme());
    }

    /** The port called: the address's, or its scheme's. */
    public int port() {
        return baseUrl.getPort() >= 0 ? baseUrl.getPort() : ssl() ? 443 : 80;
    }

    /** The path of an endpoint below the base address, such as {@code /v1/chat/completions}. */
    public String path(String endpoint) {
        String path = baseUrl.getRawPath();
        return (path.endsWith("/") ? path.substring(0, path.length() - 1) : path) + endpoint;
    }
}
