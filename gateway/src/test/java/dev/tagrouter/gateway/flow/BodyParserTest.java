package dev.tagrouter.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tagrouter.gateway.dialect.ErrorShape;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyParserTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hé 🙂\"}]";

    @Test
    void onlyTheModelValueChanges() throws Fault {
        String body = " {\n \"seed\" : 1e2 , \"model\"\t:  \"auto:\\u0030.3\" ,\"x\":[{\"model\":\"no\"},null,-0.0], "
                + MESSAGES + ",\"tools\":[{\"a\":{}}] } \n";
        ChatBody parsed = parse(body);
        assertThat(parsed.model()).isEqualTo("auto:0.3");
        assertThat(parsed.forUpstream("\"m\"").toString()).isEqualTo(body.replace("\"auto:\\u0030.3\"", "\"m\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{T,\"model\":\"auto\",M} | {\"model\":\"m\",M}",
                "{ T , \"model\":\"auto\",M} | {  \"model\":\"m\",M}",
                "{\"model\":\"auto\",T,M} | {\"model\":\"m\",M}",
                "{\"model\":\"auto\",M,T} | {\"model\":\"m\",M}",
                "{\"model\":\"auto\",M , T } | {\"model\":\"m\",M  }",
                "{M,T,\"é\":1,\"model\":\"auto\"} | {M,\"é\":1,\"model\":\"m\"}",
            })
    void theTagrouterMemberIsCutOut(String body, String expected) throws Fault {
        String member = "\"tagrouter\" : {\"theta\":-0.5,\"models\":[\"a\",\"b\"]}";
        ChatBody parsed = parse(body.replace("T", member).replace("M", MESSAGES));
        assertThat(parsed.wish().theta()).isEqualTo(-0.5);
        assertThat(parsed.wish().models()).containsExactly("a", "b");
        assertThat(parsed.forUpstream("\"m\"").toString()).isEqualTo(expected.replace("M", MESSAGES));
    }

    @Test
    void collectsWhatTheUserSaid() throws Fault {
        ChatBody parsed = parse("{\"messages\":[{\"role\":\"system\",\"content\":\"12345\"},"
                + "{\"content\":\"first\",\"role\":\"user\"},{\"role\":\"assistant\",\"content\":null},"
                + "{\"role\":\"user\",\"content\":[{\"text\":\"a\",\"type\":\"text\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:xxxxx\"}},{\"type\":\"text\",\"text\":\"b\"}]}],"
                + "\"model\":\"m\"}");
        assertThat(parsed.query().turns()).containsExactly("first", "a\nb");
        assertThat(parsed.query().promptCharacters()).isEqualTo(13);
    }

    @Test
    void theSystemPromptIsReadAndAnswersAreOnlyCounted() throws Fault {
        ChatBody parsed = parse("{\"messages\":[{\"role\":\"system\",\"content\":\"You know SQL.\"},"
                + "{\"role\":\"user\",\"content\":\"rank customers\"},{\"role\":\"assistant\",\"content\":\"SELECT\"},"
                + "{\"role\":\"developer\",\"content\":[{\"type\":\"text\",\"text\":\"Be brief.\"}]},"
                + "{\"role\":\"tool\",\"content\":\"12\"},{\"role\":\"user\",\"content\":\"继续\"}],\"model\":\"m\"}");
        assertThat(parsed.query().system()).isEqualTo("You know SQL.\nBe brief.");
        assertThat(parsed.query().turns()).containsExactly("rank customers");
        assertThat(parsed.query().promptCharacters()).isEqualTo(13 + 14 + 6 + 9 + 2 + 2);
    }

    @Test
    void aHundredFollowUpsDoNotPushOutTheQuestion() throws Fault {
        String messages = "{\"role\":\"user\",\"content\":\"write sql\"}"
                + ",{\"role\":\"user\",\"content\":\"continue\"}".repeat(100);
        ChatBody parsed = parse("{\"model\":\"m\",\"messages\":[" + messages + "]}");
        assertThat(parsed.query().turns()).containsExactly("write sql");
        assertThat(parsed.query().promptCharacters()).isEqualTo(9 + 800);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "nope",
                "{\"model\":\"a\",MM}{}",
                "{\"model\":\"a\",MM,}",
                "{\"model\":\"a\",MM,\"x\":tru}",
                "{\"model\":\"a\",MM,\"x\":\"\u0001\"}"
            })
    void whatIsNotJsonIsRefused(String body) {
        assertThat(refused(body.replace("MM", MESSAGES)).kind()).isEqualTo(FaultKind.INVALID_JSON);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":\"a\"} | MISSING_VALUE | messages",
                "{\"model\":\"a\",\"messages\":[]} | MISSING_VALUE | messages",
                "{\"model\":\"a\",\"messages\":\"x\"} | INVALID_VALUE | messages",
                "{\"model\":\"a\",\"messages\":[1]} | INVALID_VALUE | messages",
                "{MM} | MISSING_VALUE | model",
                "{\"model\":7,MM} | INVALID_VALUE | model",
                "{\"model\":\"a\",\"mod\\u0065l\":\"b\",MM} | DUPLICATE_KEY | model",
                "{\"model\":\"a\",MM,MM} | DUPLICATE_KEY | messages",
                "{\"model\":\"a\",MM,\"tagrouter\":{},\"tagrouter\":{}} | DUPLICATE_KEY | tagrouter",
                "{\"model\":\"a\",MM,\"tagrouter\":1} | INVALID_VALUE | tagrouter",
                "{\"model\":\"a\",MM,\"tagrouter\":{\"thetta\":1}} | UNKNOWN_KEY | tagrouter",
                "{\"model\":\"a\",MM,\"tagrouter\":{\"theta\":\"1\"}} | INVALID_VALUE | tagrouter.theta",
                "{\"model\":\"a\",MM,\"tagrouter\":{\"models\":[1]}} | INVALID_VALUE | tagrouter.models",
            })
    void faultsNameTheParameter(String body, FaultKind kind, String param) {
        Fault fault = refused(body.replace("MM", MESSAGES));
        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(json(fault).path("error").path("param").asText()).isEqualTo(param);
    }

    @Test
    void deepNestingAndBadUtf8AreRefused() {
        String deep = "{\"model\":\"a\"," + MESSAGES + ",\"x\":" + "[".repeat(300) + "]".repeat(300) + "}";
        assertThat(json(refused(deep)).toString()).contains("nested deeper than 256");
        byte[] bytes =
                ("{\"model\":\"a\"," + MESSAGES + ",\"x\":\"?\"}").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        bytes[bytes.length - 3] = (byte) 0xff;
        assertThat(catchThrowableOfType(Fault.class, () -> BodyParser.parse(Buffer.buffer(bytes)))
                        .kind())
                .isEqualTo(FaultKind.INVALID_JSON);
        assertThat(refused("\ufeff{\"model\":\"a\"," + MESSAGES + "}").kind()).isEqualTo(FaultKind.INVALID_JSON);
    }

    private static JsonNode json(Fault fault) {
        try {
            return new ObjectMapper().readTree(fault.body(ErrorShape.OPENAI));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static ChatBody parse(String body) throws Fault {
        return BodyParser.parse(Buffer.buffer(body));
    }

    private static Fault refused(String body) {
        Fault fault = catchThrowableOfType(Fault.class, () -> parse(body));
        assertThat(fault).as(body).isNotNull();
        return fault;
    }
}
