package dev.tagrouter.gateway.config;

import dev.tagrouter.core.tagging.PlainName;
import java.net.URI;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model server.
 *
 * @param name how models refer to it
 * @param kind what it is
 * @param apis what it speaks; at least one
 * @param baseUrl http or https, with the path up to and without {@code /chat/completions}; no user info or query. A bare
 *     address gets the path that is usual for the kind
 * @param apiKey sent in the header that is usual for the kind, or null for none
 * @param timeouts how long it may take
 * @param trusted certificates in PEM that alone are trusted to have signed its own, or null for those of the JDK
 */
public record UpstreamConfig(
        String name,
        UpstreamKind kind,
        Set<Api> apis,
        URI baseUrl,
        @Nullable Secret apiKey,
        Timeouts timeouts,
        @Nullable String trusted) {
    public UpstreamConfig {
        if (apis.isEmpty()) {
            throw new IllegalArgumentException("upstream '" + PlainName.shown(name)
                    + "' speaks nothing; name at least one of its apis, or leave them out for the usual ones");
        }
        apis = Collections.unmodifiableSet(EnumSet.copyOf(apis));
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
        if (trusted != null && !"https".equalsIgnoreCase(scheme)) {
            throw new IllegalArgumentException(
                    "the address is plain http, for which tls.ca means nothing; use https, or leave out tls");
        }
        baseUrl = kind.completed(baseUrl);
    }

    /** A server that the usual certificates vouch for. */
    public UpstreamConfig(
            String name, UpstreamKind kind, Set<Api> apis, URI baseUrl, @Nullable Secret apiKey, Timeouts timeouts) {
        this(name, kind, apis, baseUrl, apiKey, timeouts, null);
    }

    /** A server of the kind {@code openai} that speaks what is usual. */
    public UpstreamConfig(String name, URI baseUrl, @Nullable Secret apiKey, Timeouts timeouts) {
        this(name, UpstreamKind.OPENAI, UpstreamKind.OPENAI.usualApis(), baseUrl, apiKey, timeouts);
    }

    /** Whether it takes this API's requests as they are. */
    public boolean speaks(Api api) {
        return apis.contains(api);
    }

    /** Whether this is OpenAI itself, in whichever region, or OpenAI at Azure, whose newer models know less of what is deprecated. */
    public boolean isOpenAi() {
        String host = baseUrl.getHost() == null ? "" : baseUrl.getHost().toLowerCase(Locale.ROOT);
        return host.equals("api.openai.com") || host.endsWith(".api.openai.com") || host.endsWith(".openai.azure.com");
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
