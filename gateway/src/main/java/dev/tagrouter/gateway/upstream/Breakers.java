package dev.tagrouter.gateway.upstream;

import dev.tagrouter.gateway.config.BreakerConfig;
import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.config.ModelConfig;
import dev.tagrouter.gateway.config.ModelUpstream;
import dev.tagrouter.gateway.config.UpstreamConfig;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The breakers of all models of all upstreams, shared by all event loops. It outlives a configuration: what stays the
 * same in the next one keeps what is known of it.
 */
public final class Breakers {
    private final Map<Key, Breaker> breakers = new ConcurrentHashMap<>();

    private record Key(String upstream, URI address, String upstreamModel, BreakerConfig config) {}

    /** Who is told of each breaker. */
    public interface Visitor {
        void visit(String upstream, String upstreamModel, Breaker breaker);
    }

    /** The breaker of a model of an upstream; the same one for the same address and settings. */
    public Breaker of(UpstreamConfig upstream, String upstreamModel, BreakerConfig config) {
        return breakers.computeIfAbsent(key(upstream, upstreamModel, config), key -> new Breaker(config));
    }

    /** Forgets what a configuration no longer has. */
    public void keepOnly(GatewayConfig config) {
        Map<String, UpstreamConfig> upstreams = new HashMap<>();
        config.upstreams().forEach(upstream -> upstreams.put(upstream.name(), upstream));
        Set<Key> kept = new HashSet<>();
        for (ModelConfig model : config.models()) {
            for (ModelUpstream at : model.upstreams()) {
                UpstreamConfig upstream = upstreams.get(at.upstream());
                if (upstream != null) {
                    kept.add(key(upstream, at.upstreamModel(), config.failure().breaker()));
                }
            }
        }
        breakers.keySet().retainAll(kept);
    }

    public void forEach(Visitor visitor) {
        breakers.forEach((key, breaker) -> visitor.visit(key.upstream(), key.upstreamModel(), breaker));
    }

    private static Key key(UpstreamConfig upstream, String upstreamModel, BreakerConfig config) {
        return new Key(upstream.name(), upstream.baseUrl(), upstreamModel, config);
    }
}
