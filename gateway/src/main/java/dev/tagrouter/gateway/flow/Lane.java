package dev.tagrouter.gateway.flow;

import dev.tagrouter.gateway.upstream.Breaker;
import dev.tagrouter.gateway.upstream.UpstreamClient;

/** One way to a model from one event loop: an upstream that serves it. Equal only to itself. */
final class Lane {
    private final UpstreamClient client;
    private final String upstreamModelJson;
    private final int weight;
    private final Breaker breaker;

    /**
     * @param upstreamModelJson what the upstream calls the model, as a JSON string
     * @param weight its share of the requests against that of the model's other lanes
     * @param breaker shared with the other event loops
     */
    Lane(UpstreamClient client, String upstreamModelJson, int weight, Breaker breaker) {
        this.client = client;
        this.upstreamModelJson = upstreamModelJson;
        this.weight = weight;
        this.breaker = breaker;
    }

    UpstreamClient client() {
        return client;
    }

    String upstream() {
        return client.config().name();
    }

    String upstreamModelJson() {
        return upstreamModelJson;
    }

    int weight() {
        return weight;
    }

    Breaker breaker() {
        return breaker;
    }

    /** Whether it has less to do than another, each by its weight. */
    boolean isLessBusyThan(Lane other) {
        return (long) client.inFlight() * other.weight < (long) other.client.inFlight() * weight;
    }
}
