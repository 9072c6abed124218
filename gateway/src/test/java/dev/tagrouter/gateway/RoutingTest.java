package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoutingTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private Fixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new Fixture();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void autoCallsTheChosenModelAndSaysWhy() throws Exception {
        HttpResponse<String> response = fixture.chat("auto", "write sql");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(FakeUpstream.PLAIN);
        assertThat(Fixture.header(response, "x-tagrouter-model")).isEqualTo("my-coder");
        assertThat(Fixture.header(response, "x-tagrouter-reason")).isEqualTo("routed");
        assertThat(Fixture.header(response, "x-tagrouter-tags")).isEqualTo("sql");
        assertThat(Fixture.header(response, "x-tagrouter-theta")).isEqualTo("0.0");
        assertThat(Fixture.header(response, "x-tagrouter-profile")).hasSize(16);
        assertThat(Fixture.header(response, "x-tagrouter-decision-id")).isNotEmpty();
        assertThat(Long.parseLong(Fixture.header(response, "x-tagrouter-overhead-us")))
                .isPositive();
        assertThat(Double.parseDouble(Fixture.header(response, "x-tagrouter-expected-cost-usd")))
                .isPositive();
        FakeUpstream.Seen seen = fixture.upstream.next();
        assertThat(seen.path()).isEqualTo("/v1/chat/completions");
        JsonNode sent = JSON.readTree(seen.body().getBytes());
        assertThat(sent.path("model").asText()).isEqualTo("vendor/coder \"v2\"");
        assertThat(sent.path("messages").get(0).path("content").asText()).isEqualTo("write sql");
    }

    @Test
    void thetaComesFromTheModelTheBodyOrAHeader() throws Exception {
        assertThat(model(fixture.chat("auto:-1", "write sql"))).isEqualTo("small");
        assertThat(model(fixture.chat("auto:1", "write a poem"))).isEqualTo("strong");
        assertThat(model(fixture.chat("auto", "write sql", "x-tagrouter-theta", "-1")))
                .isEqualTo("small");
        String body = Fixture.body("auto", "write sql").replaceFirst("}$", ",\"tagrouter\":{\"theta\":-1}}");
        assertThat(model(fixture.post("/v1/chat/completions", body))).isEqualTo("small");
    }

    @Test
    void candidatesComeFromTheBodyOrAHeader() throws Exception {
        assertThat(model(fixture.chat("auto", "sql", "x-tagrouter-models", "small, str%6Fng")))
                .isIn("small", "strong");
        String body = Fixture.body("auto", "write sql").replaceFirst("}$", ",\"tagrouter\":{\"models\":[\"strong\"]}}");
        assertThat(model(fixture.post("/v1/chat/completions", body))).isEqualTo("strong");
    }

    @Test
    void aConcreteNameBypassesRouting() throws Exception {
        HttpResponse<String> response = fixture.chat("small", "write sql");
        assertThat(model(response)).isEqualTo("small");
        assertThat(Fixture.header(response, "x-tagrouter-reason")).isEqualTo("requested");
        assertThat(model(fixture.chat("newcomer", "write sql"))).isEqualTo("newcomer");
    }

    @Test
    void imagesAloneGoToTheDefaultModel() throws Exception {
        String body = "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
                + "\"image_url\":{\"url\":\"data:image/png;base64,sql\"}}]}]}";
        HttpResponse<String> response = fixture.post("/v1/chat/completions", body);
        assertThat(model(response)).isEqualTo("strong");
        assertThat(Fixture.header(response, "x-tagrouter-reason")).isEqualTo("no-tags");
    }

    @Test
    void routeExplainsAndCallsNobody() throws Exception {
        HttpResponse<String> response = fixture.post("/v1/route", Fixture.body("auto", "write sql"));
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode explained = JSON.readTree(response.body());
        assertThat(explained.path("decision").path("model").asText()).isEqualTo("my-coder");
        assertThat(explained.path("tags").get(0).path("tag").asText()).isEqualTo("sql");
        assertThat(explained.path("scores")).hasSize(3);
        assertThat(explained.path("profile").asText()).hasSize(16);
        assertThat(fixture.upstream.wasCalled()).isFalse();
    }

    @Test
    void routeExplainsBodiesOfTheOtherApisToo() throws Exception {
        String responses = "{\"model\":\"auto\",\"input\":\"write sql\"}";
        String messages = "{\"model\":\"auto\",\"max_tokens\":9,\"messages\":"
                + "[{\"role\":\"user\",\"content\":\"write sql\"}]}";
        for (String path : List.of("/v1/route?api=responses", "/v1/route?api=messages")) {
            HttpResponse<String> response = fixture.post(path, path.endsWith("responses") ? responses : messages);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(JSON.readTree(response.body())
                            .path("decision")
                            .path("model")
                            .asText())
                    .isEqualTo("my-coder");
        }
        try (Wire wire = Wire.to(fixture.gateway)) {
            Wire.Answer undecodable =
                    wire.send(Wire.chat("/v1/route?api=%zz", responses)).next();
            WireTest.assertError(undecodable, 400, "invalid_value");
        }
        HttpResponse<String> unknown = fixture.post("/v1/route?api=soap", responses);
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("'api' is 'soap'; give chat, responses or messages");
    }

    /** Bodies too long to be parsed on the event loop answer as others do, right or wrong. */
    @Test
    void longBodiesAreRoutedAndRefusedAsShortOnes() throws Exception {
        String filler = "write sql ".repeat(60_000);
        HttpResponse<String> routed = fixture.chat("auto", filler);
        assertThat(routed.statusCode()).isEqualTo(200);
        assertThat(Fixture.header(routed, "x-tagrouter-reason")).isEqualTo("routed");
        assertThat(Fixture.header(routed, "x-tagrouter-tags")).isEqualTo("sql");
        assertThat(fixture.upstream.next().body().getBytes().length).isGreaterThan(filler.length());
        HttpResponse<String> broken = fixture.post(
                "/v1/chat/completions", Fixture.body("auto", filler).replaceFirst("}$", ""));
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(broken.body()).contains("not valid JSON near byte");
    }

    @Test
    void modelsListsAutoFirst() throws Exception {
        JsonNode list = JSON.readTree(fixture.get("/v1/models").body());
        assertThat(list.path("object").asText()).isEqualTo("list");
        assertThat(list.path("data"))
                .extracting(model -> model.path("id").asText())
                .containsExactly("auto", "small", "my-coder", "strong", "newcomer");
    }

    @Test
    void healthAndMetricsAnswer() throws Exception {
        fixture.chat("auto", "write sql");
        assertThat(fixture.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(fixture.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(fixture.get("/metrics").body())
                .contains("tagrouter_requests_total{")
                .contains("model=\"my-coder\"", "reason=\"routed\"", "status=\"200\"")
                .contains("tagrouter_decision_seconds_count 1", "tagrouter_overhead_seconds_count 1");
    }

    @Test
    void saysWhatWasStarted() {
        assertThat(String.join("\n", fixture.startLines))
                .contains("http://127.0.0.1:" + fixture.gateway.port())
                .contains("profile: tiny (")
                .contains("upstream: fake at http://127.0.0.1:")
                .contains("auto chooses between: small, my-coder, strong")
                .contains("served by name only, without evidence in the profile: newcomer")
                .contains("try: curl")
                .doesNotContain(Fixture.UPSTREAM_KEY);
    }

    private static String model(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Fixture.header(response, "x-tagrouter-model");
    }
}
