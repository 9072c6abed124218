package dev.tagrouter.gateway.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.config.UpstreamKind;
import dev.tagrouter.gateway.upstream.UpstreamAnswer;
import dev.tagrouter.gateway.upstream.UpstreamFailure;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client is told of a translated answer that does not come as it should; JSON is written with single quotes. */
class StreamEndsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TEXT = "{'id':'7','model':'m','choices':[{'delta':{'content':'Hello'}}]}";
    private static final String CALL =
            "{'id':'7','model':'m','choices':[{'delta':{'tool_calls':[{'index':0,'id':'c','function':{'name':'n','arguments':'{'}}]}}]}";

    private Collector client = new Collector();
    private Instant now = Instant.EPOCH;

    /** A translated stream that has begun. */
    private UpstreamAnswer streaming(UpstreamKind kind, Api api) throws Untranslatable {
        UpstreamAnswer answer = translated(kind, api);
        answer.head(200, MultiMap.caseInsensitiveMultiMap().add("content-type", "text/event-stream"));
        return answer;
    }

    private UpstreamAnswer translated(UpstreamKind kind, Api api) throws Untranslatable {
        String asked =
                api == Api.RESPONSES ? "'input':'x'" : "'max_tokens':9,'messages':[{'role':'user','content':'x'}]";
        return new Dialect(() -> now)
                .translate(StreamPropertiesTest.upstream(kind), api, json("{'model':'m','stream':true," + asked + "}"))
                .answerTo(client);
    }

    private static Buffer json(String text) {
        return Buffer.buffer(text.replace('\'', '"'));
    }

    private static Buffer event(String data) {
        return json("data: " + data + "\n\n");
    }

    private static List<JsonNode> events(String body) throws Exception {
        List<JsonNode> events = new ArrayList<>();
        for (String line : body.lines().toList()) {
            if (line.startsWith("data: {")) {
                events.add(JSON.readTree(line.substring("data: ".length())));
            }
        }
        return events;
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI", "ANTHROPIC"})
    void aResponseThatBreaksOffHasFailed(UpstreamKind kind) throws Exception {
        UpstreamAnswer answer = streaming(kind, Api.RESPONSES);
        if (kind == UpstreamKind.OPENAI) {
            answer.chunk(event(TEXT));
        } else {
            answer.chunk(event("{'type':'message_start','message':{'id':'m','model':'c','usage':{}}}"));
            answer.chunk(event("{'type':'content_block_delta','delta':{'type':'text_delta','text':'Hello'}}"));
        }
        Buffer said = answer.brokenOff("upstream_timeout", "it was late");
        List<JsonNode> events = events(client.body.toString() + said);
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).path("sequence_number").asInt(-1)).isEqualTo(i);
        }
        JsonNode last = events.getLast();
        assertThat(last.path("type").asText()).isEqualTo("response.failed");
        JsonNode response = last.path("response");
        assertThat(response.path("status").asText()).isEqualTo("failed");
        assertThat(response.path("error"))
                .isEqualTo(JSON.readTree(json("{'code':'upstream_timeout','message':'it was late'}")
                        .toString()));
        assertThat(response.path("output").path(0).path("status").asText()).isEqualTo("incomplete");
        assertThat(response.path("output")
                        .path(0)
                        .path("content")
                        .path(0)
                        .path("text")
                        .asText())
                .isEqualTo("Hello");
    }

    @Test
    void aCallThatBreaksOffIsNotAmongWhatAResponseGave() throws Exception {
        UpstreamAnswer answer = streaming(UpstreamKind.OPENAI, Api.RESPONSES);
        answer.chunk(event(TEXT));
        answer.chunk(event(CALL));
        JsonNode response =
                events(String.valueOf(answer.brokenOff("c", "m"))).getFirst().path("response");
        assertThat(response.path("output")).hasSize(1);
        assertThat(response.path("output").path(0).path("type").asText()).isEqualTo("message");
    }

    /** Before the first event there is no response to fail, and the other APIs have an event for errors. */
    @Test
    void whatBreaksOffOtherwiseIsSaidByTheEventForErrors() throws Exception {
        assertThat(streaming(UpstreamKind.OPENAI, Api.RESPONSES).brokenOff("c", "m"))
                .isNull();
        UpstreamAnswer messages = streaming(UpstreamKind.OPENAI, Api.MESSAGES);
        messages.chunk(event(TEXT));
        assertThat(messages.brokenOff("c", "m")).isNull();
        assertThat(events(ErrorShape.RESPONSES.event(502, "m", "t", "c"))
                        .getFirst()
                        .path("sequence_number")
                        .isInt())
                .isTrue();
    }

    /** A model that reasons for minutes, or an upstream that says it is still there, would be given up by the client. */
    @ParameterizedTest
    @CsvSource({"OPENAI,MESSAGES,true", "OPENAI,MESSAGES,false", "OPENAI,RESPONSES,true", "OPENAI,RESPONSES,false"})
    void whatGivesTheClientNothingPingsItAtTimes(UpstreamKind kind, Api api, boolean reasons) throws Exception {
        Buffer unheard = reasons
                ? event("{'id':'7','choices':[{'delta':{'reasoning_content':'hm'}}]}")
                : Buffer.buffer(": keep-alive\n\n");
        String ping = api == Api.MESSAGES ? "event: ping\ndata: {\"type\":\"ping\"}\n\n" : ": keep-alive\n\n";
        UpstreamAnswer answer = streaming(kind, api);
        now = now.plusSeconds(60);
        answer.chunk(Buffer.buffer(": keep-alive\n\n"));
        assertThat(client.status).isZero();
        answer.chunk(event(TEXT));
        int begun = client.body.length();
        for (int i = 0; i < 3; i++) {
            now = now.plusMillis(9_999);
            answer.chunk(unheard);
            now = now.plusMillis(1);
            answer.chunk(unheard);
        }
        assertThat(client.body.getString(begun, client.body.length())).isEqualTo(ping.repeat(3));
    }

    /** A ping of one translation is none of the next one's, which has its own. */
    @Test
    void aPingGoesThroughTwoTranslations() throws Exception {
        UpstreamAnswer answer = streaming(UpstreamKind.ANTHROPIC, Api.RESPONSES);
        answer.chunk(event("{'type':'message_start','message':{'id':'m','model':'c','usage':{}}}"));
        int begun = client.body.length();
        now = now.plusSeconds(10);
        answer.chunk(event("{'type':'ping'}"));
        answer.chunk(event("{'type':'ping'}"));
        assertThat(client.body.getString(begun, client.body.length())).isEqualTo(": keep-alive\n\n");
    }

    @ParameterizedTest
    @CsvSource({"MESSAGES,end_turn,tool_use", "RESPONSES,response.completed,response.completed"})
    void whatSaysThatItIsDoneIsComplete(Api api, String stop, String stopAfterCall) throws Exception {
        for (String said : List.of(TEXT, CALL)) {
            Collector whole = told(api, event(said).appendString("data: [DONE]\n\n"));
            assertThat(whole.ended).isTrue();
            assertThat(whole.body.toString()).contains("\"" + (said.equals(TEXT) ? stop : stopAfterCall) + "\"");
            assertThat(told(api, event(said)).failure).isNotNull();
        }
        assertThat(told(api, Buffer.buffer("data: [DONE]\n\n")).failure).isNotNull();
    }

    /** An upstream that resets, or does not end, behind its last word has still said all. */
    @ParameterizedTest
    @EnumSource(names = {"MESSAGES", "RESPONSES"})
    void whatBreaksBehindTheLastWordTakesNothingFromIt(Api api) throws Exception {
        UpstreamAnswer draining = streaming(UpstreamKind.OPENAI, api);
        draining.chunk(event(TEXT).appendString("data: [DONE]\n\n"));
        assertThat(draining.brokenOff("c", "m"))
                .isNotNull()
                .extracting(Buffer::length)
                .isEqualTo(0);
        draining.failed(new UpstreamFailure(UpstreamFailure.Kind.BROKEN, "reset"));
        assertThat(client.failure).isNull();
        assertThat(client.ended).isTrue();
    }

    private Collector told(Api api, Buffer stream) throws Untranslatable {
        client = new Collector();
        UpstreamAnswer answer = streaming(UpstreamKind.OPENAI, api);
        answer.chunk(stream);
        answer.end();
        return client;
    }

    /** Jackson reads deeper nesting than it writes, once that stands within more. */
    @Test
    void anAnswerThatCannotBeWrittenIsAFailure() throws Exception {
        String nested = "{'a':" + "[".repeat(998) + "]".repeat(998) + "}";
        UpstreamAnswer answer = translated(UpstreamKind.OPENAI, Api.MESSAGES);
        answer.head(200, MultiMap.caseInsensitiveMultiMap());
        answer.chunk(json("{'choices':[{'finish_reason':'tool_calls','message':{'tool_calls':[{'id':'c','function':"
                + "{'name':'n','arguments':'" + nested.replace("'", "\\'") + "'}}]}}]}"));
        answer.end();
        assertThat(client.status).isZero();
        assertThat(String.valueOf(client.failure)).contains("MALFORMED", "translating it failed");
    }
}
