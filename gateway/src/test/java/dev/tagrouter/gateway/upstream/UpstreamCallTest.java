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
import org.junit.jupiter.api.Test;

/** A call whose answer somebody cannot take. */
class UpstreamCallTest {
    @Test
    void whoCannotTakeTheEndIsToldThatTheCallFailed() throws Exception {
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
                                    new Throwing(failed)));
            UpstreamFailure failure = failed.get(5, TimeUnit.SECONDS);
            assertThat(failure.kind()).isEqualTo(UpstreamFailure.Kind.MALFORMED);
            assertThat(failure.message()).contains("'fake'", "IllegalStateException");
        }
    }

    private record Throwing(CompletableFuture<UpstreamFailure> failed) implements UpstreamAnswer {
        @Override
        public void sent() {}

        @Override
        public boolean refuses(int status, MultiMap headers) {
            return false;
        }

        @Override
        public void head(int status, MultiMap headers) {}

        @Override
        public void chunk(Buffer data) {}

        @Override
        public void end() {
            throw new IllegalStateException("it cannot be taken");
        }

        @Override
        public void failed(UpstreamFailure failure) {
            failed.complete(failure);
        }
    }
}
