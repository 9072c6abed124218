package dev.tagrouter.gateway;

import dev.tagrouter.core.testing.TinyProfile;
import dev.tagrouter.gateway.config.FailureConfig;
import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.config.ModelConfig;
import dev.tagrouter.gateway.config.ProfileSource;
import dev.tagrouter.gateway.config.RoutingConfig;
import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.config.Timeouts;
import dev.tagrouter.gateway.config.UpstreamConfig;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What tests of failures share: three models on an upstream each, and upstreams that fail in their ways. */
final class Trouble {
    /** For "write sql" the decision ranks {@code my-coder}, {@code strong}, {@code small}: see {@link #config}. */
    static final String SQL = "write sql";

    static final FailureConfig QUICK =
            FailureConfig.DEFAULT.withTimes(Duration.ofMillis(5), Duration.ofSeconds(2), Duration.ofMinutes(1));
    static final String SLOW_DOWN = "{\"error\":{\"message\":\"slow down\"}}";

    private Trouble() {}

    /** {@code my-coder} on the first upstream, {@code strong} on the second, {@code small} on the third. */
    static GatewayConfig config(List<URI> addresses, FailureConfig failure) {
        return config(
                addresses,
                failure,
                List.of(
                        new ModelConfig("my-coder", "u0", "my-coder", null, "coder"),
                        ModelConfig.of("strong", "u1"),
                        ModelConfig.of("small", "u2")));
    }

    static GatewayConfig config(List<URI> addresses, FailureConfig failure, List<ModelConfig> models) {
        return config(addresses, failure, models, Fixture.SHORT);
    }

    /** Upstreams {@code u0}, {@code u1} and so on at these addresses. */
    static GatewayConfig config(
            List<URI> addresses, FailureConfig failure, List<ModelConfig> models, Timeouts timeouts) {
        List<UpstreamConfig> upstreams = new ArrayList<>();
        for (URI address : addresses) {
            upstreams.add(new UpstreamConfig("u" + upstreams.size(), address, null, timeouts));
        }
        return GatewayConfig.of(
                        ServerConfig.DEFAULT,
                        upstreams,
                        models,
                        RoutingConfig.of(new ProfileSource.Loaded(TinyProfile.create())))
                .withFailure(failure);
    }

    static Consumer<HttpServerResponse> status(int status, String... headers) {
        return response -> {
            response.setStatusCode(status).putHeader("content-type", "application/json");
            for (int i = 0; i < headers.length; i += 2) {
                response.putHeader(headers[i], headers[i + 1]);
            }
            response.end(SLOW_DOWN);
        };
    }

    /** Fails so many times, and answers from then on. */
    static Consumer<HttpServerResponse> first(int times, Consumer<HttpServerResponse> failing) {
        AtomicInteger left = new AtomicInteger(times);
        return response -> {
            if (left.getAndDecrement() > 0) {
                failing.accept(response);
            } else {
                response.putHeader("content-type", "application/json").end(FakeUpstream.PLAIN);
            }
        };
    }
}
