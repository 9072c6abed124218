package dev.tagrouter.gateway;

import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.gateway.config.AdminConfig;
import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.config.TaggerConfig;
import dev.tagrouter.gateway.config.UpstreamConfig;
import dev.tagrouter.gateway.flow.Catalog;
import dev.tagrouter.gateway.flow.Served;
import dev.tagrouter.gateway.upstream.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What a gateway says when it starts: where it is, what it knows, whom it calls and how to try it. */
final class StartLines {
    private final GatewayConfig config;
    private final Catalog catalog;
    private final int port;
    private final int adminPort;

    /** @param adminPort the operator's port, or -1 */
    StartLines(GatewayConfig config, Catalog catalog, int port, int adminPort) {
        this.adminPort = adminPort;
        this.config = config;
        this.catalog = catalog;
        this.port = port;
    }

    void forEach(Consumer<String> out) {
        lines().forEach(out);
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        String address = address(config.server().host(), port);
        lines.add("TagRouter listens at " + address + "/v1" + (config.server().apiKey() == null ? "" : ", with a key"));
        AdminConfig admin = config.server().admin();
        if (admin != null) {
            lines.add("admin: " + address(admin.host(), adminPort) + "/admin/status, with its own key");
        }
        Profile profile = catalog.profile();
        lines.add("profile: " + profile.manifest().name() + " (" + profile.id() + ")");
        for (UpstreamConfig upstream : config.upstreams()) {
            lines.add("upstream: " + upstream.name() + " at "
                    + config.places().concealed(upstream.baseUrl().toString())
                    + (upstream.name().equals(Surroundings.DEMO)
                            ? ": a DEMONSTRATION without a language model; its answers are made up. Start Ollama, or"
                                    + " give a tagrouter.yaml with upstreams and models, for real ones"
                            : upstream.name().equals(Surroundings.OLLAMA)
                                            && config.places().lines().isEmpty()
                                    ? ": a local Ollama, found by itself"
                                    : ""));
        }
        TaggerConfig tagger = config.tagger();
        if (tagger != null) {
            lines.add("tagger: " + tagger.model() + " at " + tagger.upstream() + " within "
                    + tagger.deadline().toMillis() + "ms, else the profile's own"
                    + (tagger.alignment() == TaggerConfig.Alignment.SIMILAR
                            ? "; its tags are aligned by meaning"
                            : ""));
        }
        List<Served> judged = catalog.candidates().stream()
                .filter(model -> model.column() != null)
                .toList();
        boolean routes = !judged.isEmpty();
        lines.add(
                routes
                        ? "auto chooses between: " + names(judged)
                        : "WARNING: auto does not route, because no model has evidence in profile "
                                + profile.manifest().name() + ": set models[].capability to one of its columns"
                                + " (tagrouter models list)");
        List<Served> byNameOnly = catalog.models().stream()
                .filter(model -> model.column() == null)
                .toList();
        if (routes && !byNameOnly.isEmpty()) {
            lines.add("served by name only, without evidence in the profile: " + names(byNameOnly)
                    + "; give a capability column to route them");
        }
        lines.add("try: curl -s " + address + "/v1/chat/completions -H 'content-type: application/json'"
                + (config.server().apiKey() == null ? "" : " -H \"authorization: Bearer $KEY\"")
                + " -d '{\"model\":\""
                + (routes ? "auto" : whoAnswers())
                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'");
        return lines;
    }

    /** Not merely the first: that may be one that makes embeddings. */
    private String whoAnswers() {
        String usual = config.routing().defaultModel();
        return usual == null ? catalog.models().getFirst().name() : usual;
    }

    private String address(String host, int at) {
        return (config.server().tls() == null ? "http://" : "https://")
                + (host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + at;
    }

    private static String names(List<Served> models) {
        return models.stream().map(Served::name).collect(Collectors.joining(", "));
    }
}
