package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.gateway.config.ModelConfig;
import dev.tagrouter.gateway.config.ModelUpstream;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Embeddings come from the model that was named, from whichever of its upstreams: another model's vectors would be wrong. */
class EmbeddingsFailureTest {
    private static final String BODY = "{\"model\":\"small\",\"input\":[\"hello\"]}";

    @SuppressWarnings("NullAway.Init")
    private Fixture fixture;

    /** {@code small} on two upstreams, {@code strong}, which the operator lets answer in its place, on a third. */
    @BeforeEach
    void start() throws Exception {
        fixture = new Fixture(
                3,
                addresses -> Trouble.config(
                        addresses,
                        Trouble.QUICK,
                        List.of(
                                ModelConfig.of("small", "u0")
                                        .withUpstreams(List.of(
                                                new ModelUpstream("u0", "small", 1000),
                                                new ModelUpstream("u1", "small", 1)))
                                        .withFallbacks(List.of("strong")),
                                ModelConfig.of("strong", "u2"))));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private int calls(int upstream) {
        return fixture.upstreams.get(upstream).calls();
    }

    @Test
    void anotherUpstreamOfTheModelAnswers() throws Exception {
        fixture.upstreams.get(0).answers(Trouble.status(503));
        HttpResponse<String> response = fixture.post("/v1/embeddings", BODY);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(Fixture.header(response, "x-tagrouter-model")).isEqualTo("small");
        assertThat(calls(1)).isEqualTo(1);
    }

    @Test
    void anotherModelNeverDoes() throws Exception {
        fixture.upstreams.get(0).answers(Trouble.status(503));
        fixture.upstreams.get(1).answers(Trouble.status(503));
        HttpResponse<String> response = fixture.post("/v1/embeddings", BODY);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo(Trouble.SLOW_DOWN);
        assertThat(calls(2)).isZero();
        assertThat(fixture.post("/v1/chat/completions", Fixture.body("small", "hello"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(calls(2)).isEqualTo(1);
    }
}
