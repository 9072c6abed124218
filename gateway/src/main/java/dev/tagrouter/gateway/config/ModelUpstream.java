package dev.tagrouter.gateway.config;

/**
 * One of the upstreams that serve a model.
 *
 * @param upstream its name
 * @param upstreamModel what it calls the model
 * @param weight its share of the requests against that of the model's other upstreams, 1 to 1000
 */
public record ModelUpstream(String upstream, String upstreamModel, int weight) {
    static final int MOST_WEIGHT = 1000;

    public ModelUpstream {
        if (upstreamModel.isBlank()) {
            throw new IllegalArgumentException(
                    "upstream_model at '" + upstream + "' is blank; leave it out or give it");
        }
        if (weight < 1 || weight > MOST_WEIGHT) {
            throw new IllegalArgumentException("weight is " + weight + "; give 1 to " + MOST_WEIGHT);
        }
    }
}
