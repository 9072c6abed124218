package dev.tagrouter.gateway.flow;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which headers pass the gateway, in each direction. */
final class Headers {
    private static final String OWN = "x-tagrouter-";
    private static final String CROSS_ORIGIN = "access-control-";
    /** What a browser says of the page, such as {@code sec-fetch-site}. */
    private static final String OF_PAGE = "sec-";

    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");
    /**
     * The client's credentials and account, the page it is, and what describes its connection to the gateway: key and account
     * are the operator's, and some upstreams refuse pages, which the gateway is not.
     */
    private static final Set<String> NOT_TO_UPSTREAM = andHopByHop(
            "authorization",
            "x-api-key",
            "api-key",
            "x-goog-api-key",
            "openai-organization",
            "openai-project",
            "cookie",
            "origin",
            "referer",
            "host",
            "content-length",
            "expect");
    /** What an upstream says of its own origin, which a browser would take for the gateway's. */
    private static final Set<String> NOT_TO_CLIENT = andHopByHop(
            "set-cookie",
            "alt-svc",
            "strict-transport-security",
            "public-key-pins",
            "clear-site-data",
            "nel",
            "report-to",
            "reporting-endpoints");

    private static final Passing TO_UPSTREAM = new Passing(NOT_TO_UPSTREAM);
    private static final Passing TO_CLIENT = new Passing(NOT_TO_CLIENT);

    private Headers() {}

    /** Which headers pass by their names, as they were written before: looked up as they are, not in lower case. */
    private static final class Passing {
        /** Whoever sends headers makes up their names. */
        private static final int MOST_REMEMBERED = 512;

        private final Set<String> dropped;
        private final Map<String, Boolean> remembered = new ConcurrentHashMap<>();

        private Passing(Set<String> dropped) {
            this.dropped = dropped;
        }

        private boolean passes(String name) {
            Boolean before = remembered.get(name);
            if (before != null) {
                return before;
            }
            boolean passes = decide(name.toLowerCase(Locale.ROOT));
            if (remembered.size() < MOST_REMEMBERED) {
                remembered.put(name, passes);
            }
            return passes;
        }

        /** The decoder lets a header without a name through, which the encoder would write. */
        private boolean decide(String name) {
            return !name.isEmpty()
                    && !dropped.contains(name)
                    && !name.startsWith(OWN)
                    && !name.startsWith(OF_PAGE)
                    && !name.startsWith(CROSS_ORIGIN);
        }
    }

    private static Set<String> andHopByHop(String... names) {
        Set<String> all = new HashSet<>(HOP_BY_HOP);
        all.addAll(List.of(names));
        return Set.copyOf(all);
    }

    /** What of a client's headers an upstream gets to see. */
    static MultiMap toUpstream(MultiMap headers) {
        MultiMap out = HttpHeaders.headers();
        add(headers, TO_UPSTREAM, out);
        return out;
    }

    /** What of them says something of a body that is not the client's any more: what is read has to be readable. */
    static void forTranslation(MultiMap headers) {
        headers.remove("accept-encoding").remove("content-encoding");
        for (String name : List.copyOf(headers.names())) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("anthropic-") || lower.startsWith("openai-")) {
                headers.remove(name);
            }
        }
    }

    /** Adds what of an upstream's headers a client gets to see: which pages may read them is not the upstream's to say. */
    static void toClient(MultiMap headers, MultiMap out) {
        add(headers, TO_CLIENT, out);
    }

    private static void add(MultiMap headers, Passing passing, MultiMap out) {
        Set<String> named = named(headers);
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey();
            if (passing.passes(name) && (named.isEmpty() || !named.contains(name.toLowerCase(Locale.ROOT)))) {
                out.add(name, header.getValue());
            }
        }
    }

    /** The further hop-by-hop headers that {@code Connection} names. */
    private static Set<String> named(MultiMap headers) {
        if (!headers.contains("connection")) {
            return Set.of();
        }
        Set<String> named = new HashSet<>();
        for (String value : headers.getAll("connection")) {
            for (String name : value.toLowerCase(Locale.ROOT).split(",", -1)) {
                named.add(name.strip());
            }
        }
        return named;
    }
}
