package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers so long that they are translated beside the event loop come as short ones do. */
class LongAnswerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LONG = "all work and no play, ".repeat(60_000);
    private static final String MESSAGES =
            "{\"model\":\"auto\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"write sql\"}]}";

    @SuppressWarnings("NullAway.Init")
    private Fixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new Fixture();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void answers(int status, String body) {
        fixture.upstream.answers(response -> response.setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body));
    }

    private HttpResponse<String> ask() throws Exception {
        return fixture.post("/v1/messages", MESSAGES);
    }

    @Test
    void theWholeOfItArrives() throws Exception {
        answers(200, FakeUpstream.PLAIN.replace("\"hi\"", '"' + LONG + '"'));
        HttpResponse<String> response = ask();
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode message = JSON.readTree(response.body());
        assertThat(message.path("type").asText()).isEqualTo("message");
        assertThat(message.at("/content/0/text").asText()).isEqualTo(LONG);
        assertThat(Fixture.header(response, "x-tagrouter-model")).isEqualTo("my-coder");
    }

    @Test
    void whatIsNoAnswerIsABadGateway() throws Exception {
        answers(200, FakeUpstream.PLAIN.replace("\"hi\"", '"' + LONG));
        HttpResponse<String> response = ask();
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("\"type\":\"error\"", "cannot be understood: it is no JSON object");
    }

    @Test
    void anErrorKeepsItsStatus() throws Exception {
        answers(
                422,
                "{\"error\":{\"message\":\"too long\",\"type\":\"invalid_request_error\"},\"x\":\"" + LONG + "\"}");
        HttpResponse<String> response = ask();
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains("\"type\":\"error\"", "too long").doesNotContain("no play");
    }
}
