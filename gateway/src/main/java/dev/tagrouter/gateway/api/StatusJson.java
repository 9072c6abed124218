package dev.tagrouter.gateway.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.config.ModelUpstream;
import dev.tagrouter.gateway.config.UpstreamConfig;
import dev.tagrouter.gateway.flow.Catalog;
import dev.tagrouter.gateway.flow.Served;
import dev.tagrouter.gateway.telemetry.Telemetry;
import java.time.Instant;
import java.util.List;

/** What a gateway goes by, as JSON for its operator: no keys, and of addresses only scheme, host and port. */
public final class StatusJson {
    private static final List<String> STATES = List.of("closed", "open", "trial");

    private StatusJson() {}

    /**
     * @param number the edition's
     * @param since when requests began to go by it
     */
    public static ObjectNode of(
            int number, Instant since, GatewayConfig config, Catalog catalog, List<Telemetry.BreakerState> breakers) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", version());
        root.put("edition", number).put("since", since.toString());
        root.put("config", config.places().file());
        root.putObject("profile")
                .put("id", catalog.profile().id())
                .put("name", catalog.profile().manifest().name());
        models(root.putArray("models"), catalog);
        upstreams(root.putArray("upstreams"), config);
        for (Telemetry.BreakerState breaker : breakers) {
            root.withArray("breakers")
                    .addObject()
                    .put("upstream", breaker.upstream())
                    .put("model", breaker.model())
                    .put("state", STATES.get(breaker.state()));
        }
        return root;
    }

    /** As the jar says; classes that come from no jar have none. */
    private static String version() {
        String version = StatusJson.class.getPackage().getImplementationVersion();
        return version == null ? "unpacked" : version;
    }

    private static void models(ArrayNode models, Catalog catalog) {
        for (Served served : catalog.models()) {
            ObjectNode model = models.addObject().put("name", served.name());
            model.put("capability", served.column());
            model.put("routed", catalog.candidates().contains(served));
            ArrayNode upstreams = model.putArray("upstreams");
            served.upstreams().stream().map(ModelUpstream::upstream).forEach(upstreams::add);
        }
    }

    private static void upstreams(ArrayNode upstreams, GatewayConfig config) {
        for (UpstreamConfig upstream : config.upstreams()) {
            ObjectNode one = upstreams
                    .addObject()
                    .put("name", upstream.name())
                    .put("kind", upstream.kind().label())
                    .put(
                            "address",
                            upstream.baseUrl().getScheme() + "://"
                                    + upstream.baseUrl().getAuthority())
                    .put("key", upstream.apiKey() != null);
            ArrayNode apis = one.putArray("apis");
            upstream.apis().stream().map(Api::label).forEach(apis::add);
        }
    }
}
