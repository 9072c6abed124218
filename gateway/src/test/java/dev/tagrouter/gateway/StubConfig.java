package dev.tagrouter.gateway;

import dev.tagrouter.core.testing.TinyProfile;
import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.config.ModelConfig;
import dev.tagrouter.gateway.config.ProfileSource;
import dev.tagrouter.gateway.config.RoutingConfig;
import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.config.Timeouts;
import dev.tagrouter.gateway.config.UpstreamConfig;
import java.net.URI;
import java.util.List;

/** A gateway's configuration over one server that serves the models of {@link TinyProfile}. */
final class StubConfig {
    private StubConfig() {}

    static GatewayConfig routed(URI upstream) {
        return GatewayConfig.of(
                ServerConfig.DEFAULT,
                List.of(new UpstreamConfig("vllm", upstream, null, Timeouts.DEFAULT)),
                List.of(
                        ModelConfig.of("small", "vllm"),
                        ModelConfig.of("coder", "vllm"),
                        ModelConfig.of("strong", "vllm")),
                RoutingConfig.of(new ProfileSource.Loaded(TinyProfile.create())));
    }
}
