package dev.tagrouter.gateway.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.config.Timeouts;
import dev.tagrouter.gateway.config.UpstreamConfig;
import dev.tagrouter.gateway.config.UpstreamKind;
import dev.tagrouter.gateway.upstream.UpstreamAnswer;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers that a client of Messages can send back to Anthropic, whole and streamed; JSON is written with single quotes. */
class AnswersToMessagesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Dialect DIALECT = new Dialect(InstantSource.fixed(Instant.EPOCH));
    private static final String REQUEST =
            "{'model':'m','max_tokens':9,'stream':true,'messages':[{'role':'user','content':'x'}]}";

    /** Kimi's ids have dots and colons. */
    @Test
    void idsOfCallsAreOnesThatAnthropicTakes() throws Exception {
        String call = "{'id':'functions.Bash:0','type':'function','function':{'name':'Bash','arguments':'{}'}}";
        JsonNode whole = whole("{'content':null,'tool_calls':[" + call + "]}");
        String id = whole.path("content").path(0).path("id").textValue();
        assertThat(id).startsWith("functions_Bash_0_").matches("[a-zA-Z0-9_-]+");
        String streamed = streamed("{'tool_calls':[" + call.replaceFirst("\\{", "{'index':0,") + "]}");
        assertThat(streamed).contains("\"id\":\"" + id + "\"").doesNotContain("functions.Bash:0");
    }

    /** Qwen writes them before a call. */
    @Test
    void blankTextIsNoBlock() throws Exception {
        String calls = "'tool_calls':[{'index':0,'id':'t','function':{'name':'f','arguments':'{}'}}]";
        JsonNode whole = whole("{'content':'\\n\\n'," + calls + "}");
        assertThat(whole.path("content").findValuesAsText("type")).containsExactly("tool_use");
        assertThat(whole.path("stop_reason").textValue()).isEqualTo("tool_use");
        String streamed = streamed("{'content':'\\n'}", "{'content':'\\n'}", "{" + calls + "}", "{'content':' '}");
        assertThat(streamed)
                .contains("\"index\":0,\"content_block\":{\"type\":\"tool_use\"")
                .doesNotContain("\"type\":\"text\"", "text_delta", "\"index\":1");
        assertThat(streamed("{'content':' '}")).doesNotContain("content_block").contains("message_stop");
    }

    @Test
    void blanksBeforeATextBelongToIt() throws Exception {
        assertThat(whole("{'content':'\\n Hi'}")
                        .path("content")
                        .path(0)
                        .path("text")
                        .textValue())
                .isEqualTo("\n Hi");
        assertThat(streamed("{'content':'\\n'}", "{'content':' '}", "{'content':'Hi'}", "{'content':' '}"))
                .contains("{\"type\":\"text_delta\",\"text\":\"\\n Hi\"}", "{\"type\":\"text_delta\",\"text\":\" \"}");
    }

    /** Claude Code's names of MCP tools: Anthropic takes 128 characters, OpenAI 64. */
    @Test
    void longNamesOfToolsAreShortForOpenAiAlone() throws Exception {
        String common = "mcp__a_server_with_quite_a_long_name_of_its_own__and_a_tool_that_";
        String first = common + "reads";
        String second = common + "writes";
        String request = """
                {'model':'m','max_tokens':9,'stream':true,'tools':[{'name':'FIRST','input_schema':{'type':'object'}},
                  {'name':'SECOND','input_schema':{'type':'object'}},{'name':'Bash','input_schema':{'type':'object'}}],
                 'tool_choice':{'type':'tool','name':'FIRST'},
                 'messages':[{'role':'user','content':'x'},
                  {'role':'assistant','content':[{'type':'tool_use','id':'t','name':'SECOND','input':{}}]},
                  {'role':'user','content':[{'type':'tool_result','tool_use_id':'t','content':'1'}]}]}""".replace("FIRST", first).replace("SECOND", second);
        UpstreamConfig openAi =
                new UpstreamConfig("openai", URI.create("https://api.openai.com/v1"), null, Timeouts.DEFAULT);
        JsonNode sent = JSON.readTree(translated(openAi, request).body().getBytes());
        List<String> names = sent.path("tools").findValuesAsText("name");
        assertThat(names).hasSize(3).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-zA-Z0-9_-]{1,64}"));
        assertThat(names.getFirst()).startsWith(common.substring(0, 55) + "_");
        assertThat(names.getLast()).isEqualTo("Bash");
        assertThat(sent.path("tool_choice").path("function").path("name").textValue())
                .isEqualTo(names.getFirst());
        assertThat(sent.path("messages").findValuesAsText("name")).containsExactly(names.get(1));
        String calls = "{'tool_calls':[{'index':0,'id':'t','function':{'name':'" + names.get(1)
                + "','arguments':'{}'}}," + "{'index':1,'id':'u','function':{'name':'Bash','arguments':'{}'}}]}";
        assertThat(whole(openAi, request, calls).findValuesAsText("name")).containsExactly(second, "Bash");
        assertThat(streamed(openAi, request, calls))
                .contains("\"name\":\"" + second + "\"", "\"name\":\"Bash\"")
                .doesNotContain(names.get(1));
        UpstreamConfig other = StreamPropertiesTest.upstream(UpstreamKind.OPENAI);
        assertThat(JSON.readTree(translated(other, request).body().getBytes())
                        .path("tools")
                        .findValuesAsText("name"))
                .containsExactly(first, second, "Bash");
    }

    private static JsonNode whole(String message) throws Exception {
        return whole(StreamPropertiesTest.upstream(UpstreamKind.OPENAI), REQUEST, message);
    }

    private static String streamed(String... deltas) throws Exception {
        return streamed(StreamPropertiesTest.upstream(UpstreamKind.OPENAI), REQUEST, deltas);
    }

    private static JsonNode whole(UpstreamConfig upstream, String request, String message) throws Exception {
        String answer =
                "{'id':'7','model':'m','choices':[{'index':0,'message':" + message + ",'finish_reason':'stop'}]}";
        return JSON.readTree(
                told(upstream, request, "application/json", quoted(answer)).getBytes());
    }

    private static String streamed(UpstreamConfig upstream, String request, String... deltas) throws Exception {
        StringBuilder stream = new StringBuilder();
        for (String delta : deltas) {
            stream.append("data: {'id':'7','model':'m','choices':[{'index':0,'delta':" + delta + "}]}\n\n");
        }
        stream.append("data: {'id':'7','choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}\n\n");
        return told(upstream, request, "text/event-stream", quoted(stream.toString()))
                .toString();
    }

    private static Buffer told(UpstreamConfig upstream, String request, String type, String body) throws Exception {
        Collector client = new Collector();
        UpstreamAnswer answer = translated(upstream, request).answerTo(client);
        answer.head(200, MultiMap.caseInsensitiveMultiMap().add("content-type", type));
        answer.chunk(Buffer.buffer(body));
        answer.end();
        assertThat(client.ended).as(String.valueOf(client.failure)).isTrue();
        return client.body;
    }

    private static Translated translated(UpstreamConfig upstream, String request) throws Untranslatable {
        return DIALECT.translate(upstream, Api.MESSAGES, Buffer.buffer(quoted(request)));
    }

    private static String quoted(String text) {
        return text.replace('\'', '"');
    }
}
