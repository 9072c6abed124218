package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tagrouter.core.testing.AnyText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies: any text, any depth, any doubling; each is routed or refused with 400. */
class BodyTest {
    private static final ObjectMapper RAW = new ObjectMapper();
    private static final ObjectMapper ESCAPED = JsonMapper.builder()
            .enable(com.fasterxml.jackson.core.json.JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    @SuppressWarnings("NullAway.Init")
    private static Watchman watchman;

    @SuppressWarnings("NullAway.Init")
    private static Fixture fixture;

    @BeforeAll
    static void start() throws Exception {
        watchman = new Watchman();
        fixture = new Fixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
        watchman.assertQuiet(Fixture.UPSTREAM_KEY);
        watchman.close();
    }

    private static Wire.Answer post(String path, byte[] body) throws IOException {
        try (Wire wire = Wire.to(fixture.gateway).patience(20_000)) {
            wire.send("POST " + path + " HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                    + "content-length: " + body.length + "\r\n\r\n");
            return wire.send(body).next();
        }
    }

    private static Wire.Answer post(String body) throws IOException {
        return post("/v1/route", body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void anyTextIsRoutedRawAndEscapedTheSame(AnyText any) throws Exception {
        String escaped = ESCAPED.writeValueAsString(any.text());
        String raw = RAW.writeValueAsString(any.text().replaceAll("[\ud800-\udfff]", "?"));
        String before = "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":";
        Wire.Answer first = post(before + escaped + "}]}");
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(decision(first)).isEqualTo(decision(post(before + escaped + "}]}")));
        assertThat(post(before + raw + "}]}").status()).isEqualTo(200);
        byte[] body = (before + escaped + "}]}").getBytes(StandardCharsets.UTF_8);
        assertThat(post("/v1/chat/completions", body).status()).isEqualTo(200);
        assertThat(fixture.upstream.next().body().length()).isGreaterThan(body.length - 50);
    }

    private static String decision(Wire.Answer answer) throws IOException {
        return RAW.readTree(answer.body()).path("decision").toString()
                + RAW.readTree(answer.body()).path("scores");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":"})
    void tenThousandLevelsAreTooDeep(String open) throws Exception {
        String deep = open.repeat(10_000);
        for (String body : List.of(
                deep,
                "{\"model\":\"auto\",\"x\":" + deep,
                "{\"model\":\"auto\",\"messages\":" + deep,
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":" + deep,
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":" + deep,
                "{\"model\":\"auto\",\"tagrouter\":{\"models\":" + deep)) {
            Wire.Answer answer = post(body);
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            WireTest.assertError(
                    answer, 400, RAW.readTree(answer.body()).at("/error/code").asText());
        }
        WireTest.assertError(post("{\"model\":\"auto\",\"x\":" + deep), 400, "invalid_json");
    }

    @Test
    void whatMayStandOnceIsRefusedTwice() throws Exception {
        String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]";
        for (String body : List.of(
                "{\"model\":\"auto\",\"model\":\"small\"," + messages + "}",
                "{\"model\":\"auto\",\"m\\u006fdel\":\"small\"," + messages + "}",
                "{\"model\":\"auto\"," + messages + "," + messages + "}",
                "{\"model\":\"auto\",\"tagrouter\":{},\"tagrouter\":{\"theta\":1}," + messages + "}",
                "{\"model\":\"auto\",\"tagrouter\":{\"theta\":1,\"theta\":0}," + messages + "}",
                "{\"model\":\"auto\",\"tagrouter\":{\"models\":[\"small\"],\"models\":[]}," + messages + "}")) {
            WireTest.assertError(post(body), 400, "duplicate_key");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"x\"",
                "{}{}",
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} x",
                "{'model':'auto'}",
                "{\"model\":NaN}",
                "{\"model\":\"\u0000\"}",
                "{\"model\":\"auto\",\"n\":01}",
                "{\"model\":\"\\ud800\",\"messages\":[{}]}",
                "{\"model\":\"auto:1e999\",\"messages\":[{}]}",
                "{\"model\":\"auto\",\"messages\":[{}],\"tagrouter\":{\"theta\":1e999}}",
                "{\"model\":\"auto\",\"messages\":[{}],\"tagrouter\":{\"\\u0000\":1}}",
                "{\"model\":\"auto\",\"messages\":[null]}",
                "{\"model\":\"auto\",\"messages\":{}}",
                "{\"model\":7,\"messages\":[{}]}"
            })
    void wrongBodiesAreRefused(String body) throws Exception {
        Wire.Answer answer = post(body);
        assertThat(answer.status()).as(answer.body()).isIn(400, 404);
        WireTest.assertError(
                answer,
                answer.status(),
                RAW.readTree(answer.body()).at("/error/code").asText());
    }

    @Test
    void textInOtherEncodingsIsRefused() throws Exception {
        String body = Fixture.body("auto", "caf\u00e9");
        for (byte[] bytes : List.of(
                body.getBytes(StandardCharsets.UTF_16),
                body.getBytes(StandardCharsets.UTF_16LE),
                ("\ufeff" + body).getBytes(StandardCharsets.UTF_8),
                body.getBytes(StandardCharsets.ISO_8859_1),
                new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0})) {
            WireTest.assertError(post("/v1/route", bytes), 400, "invalid_json");
        }
    }

    @Test
    void hugeNamesAndNumbersAreRefusedAndManyMembersAreNot() throws Exception {
        String tail = ",\"messages\":[{\"role\":\"user\",\"content\":\"sql\"}]}";
        WireTest.assertError(post("{\"model\":\"auto\",\"n\":" + "9".repeat(100_000) + tail), 400, "invalid_json");
        WireTest.assertError(post("{\"model\":\"auto\",\"" + "k".repeat(100_000) + "\":1" + tail), 400, "invalid_json");
        StringBuilder many = new StringBuilder("{\"model\":\"auto\"");
        for (int i = 0; i < 100_000; i++) {
            many.append(",\"k").append(i).append("\":").append(i);
        }
        assertThat(post(many + tail).status()).isEqualTo(200);
        assertThat(post("{\"model\":\"auto\"" + ",\"messages\":[{\"role\":\"user\",\"content\":\"sql\"}"
                                + ",{\"role\":\"user\",\"content\":\"\"}".repeat(100_000) + "]}")
                        .status())
                .isEqualTo(200);
    }
}
