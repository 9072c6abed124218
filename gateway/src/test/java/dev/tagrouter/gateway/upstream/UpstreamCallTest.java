package dev.tagrouter.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.gateway.FakeUpstream;
import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.config.Timeouts;
import dev.tagrouter.gateway.config.UpstreamConfig;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call whose answer somebody cannot take. */
class UpstreamCallTest {
    enum Part {
        HEAD,
        CHUNK,
        END
    }

    @ParameterizedTest
    @EnumSource(Part.class)
    void whoCannotTakeAPartIsToldThatTheCallFailed(Part part) throws Exception {
        CompletableFuture<UpstreamFailure> failed = new CompletableFuture<>();
        try (FakeUpstream upstream = new FakeUpstream()) {
            UpstreamConfig config = new UpstreamConfig("fake", upstream.baseUrl(), null, Timeouts.DEFAULT);
            upstream.vertx()
                    .runOnContext(go -> new UpstreamClient(upstream.vertx(), config)
                            .call(
                                    Api.CHAT,
                                    MultiMap.caseInsensitiveMultiMap(),
                                    Buffer.buffer("{}"),
                                    System.nanoTime() + TimeUnit.SECONDS.toNanos(10),
                                    new Throwing(part, failed)));
            UpstreamFailure failure = failed.get(5, TimeUnit.SECONDS);
            assertThat(failure.kind()).isEqualTo(UpstreamFailure.Kind.MALFORMED);
            assertThat(failure.message()).contains("'fake'", "IllegalStateException");
        }
    }

    private record Throwing(Part part, CompletableFuture<UpstreamFailure> failed) implements UpstreamAnswer {
        @Override
        public void sent() {}

        @Override
        public boolean refuses(int status, MultiMap headers) {
            return false;
        }

        @Override
        public void head(int status, MultiMap headers) {
            take(Part.HEAD);
        }

        @Override
        public void chunk(Buffer data) {
            take(Part.CHUNK);
        }

        @Override
        public void end() {
            take(Part.END);
        }

        private void take(Part taken) {
            if (taken == part) {
                throw new IllegalStateException("it cannot be taken");
            }
        }

        @Override
        public void failed(UpstreamFailure failure) {
            failed.complete(failure);
        }
    }
}
