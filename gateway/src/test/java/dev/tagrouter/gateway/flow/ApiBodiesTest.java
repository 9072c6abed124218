package dev.tagrouter.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tagrouter.gateway.config.Ability;
import dev.tagrouter.gateway.config.Api;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found in bodies of other APIs than chat completions. */
class ApiBodiesTest {
    @Test
    void messagesHaveTheirSystemPromptApart() throws Fault {
        ChatBody body = parse(
                Api.MESSAGES,
                "{'messages':[{'role':'user','content':[{'type':'text','text':'write sql'}]},"
                        + "{'role':'assistant','content':[{'type':'tool_use','id':'t','name':'n','input':{}}]},"
                        + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t','content':'12345'},"
                        + "{'type':'tool_result','content':[{'type':'text','text':'678'}]}]}],"
                        + "'model':'auto','system':[{'type':'text','text':'Be brief.'}]}");
        assertThat(body.model()).isEqualTo("auto");
        assertThat(body.query().turns()).containsExactly("write sql");
        assertThat(body.query().system()).isEqualTo("Be brief.");
        assertThat(body.query().promptCharacters()).isEqualTo(9 + "{}".length() + 5 + 3 + 9);
        assertThat(body.forUpstream("\"x\"").toString()).contains("\"model\":\"x\",\"system\"");
    }

    @Test
    void responsesSayItAsTextOrAsItems() throws Fault {
        ChatBody text = parse(Api.RESPONSES, "{'model':'auto','input':'write sql','instructions':'Be brief.'}");
        ChatBody items = parse(
                Api.RESPONSES,
                "{'model':'auto','instructions':'Be brief.','tagrouter':{'theta':1},'input':["
                        + "{'role':'user','content':[{'type':'input_text','text':'write sql'},{'type':'input_image'}]},"
                        + "{'type':'function_call','call_id':'t','name':'n','arguments':'{}'},"
                        + "{'type':'function_call_output','call_id':'t','output':'12345'}]}");
        assertThat(text.query().turns()).isEqualTo(items.query().turns()).containsExactly("write sql");
        assertThat(items.query().system()).isEqualTo("Be brief.");
        assertThat(items.query().promptCharacters()).isEqualTo(text.query().promptCharacters() + "'{}'".length() + 5);
        assertThat(items.wish().theta()).isEqualTo(1);
        assertThat(items.forUpstream("\"x\"").toString()).doesNotContain("tagrouter");
    }

    @Test
    void responsesMayLeaveOutTheInput() throws Fault {
        ChatBody body = parse(Api.RESPONSES, "{'model':'m','prompt':{'id':'pmpt_1'}}");
        assertThat(body.query().turns()).isEmpty();
        assertThat(body.forUpstream("\"x\"")).hasToString("{\"model\":\"x\",\"prompt\":{\"id\":\"pmpt_1\"}}");
    }

    /** A model reads them as JSON, so that is how long they are. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "CHAT | 'tools':[TOOL,TOOL],'messages':[{'role':'user','content':'sql'}]",
                "CHAT | 'functions':[TOOL,TOOL],'messages':[{'role':'user','content':'sql'}]",
                "CHAT | 'messages':[{'role':'user','content':'sql'},{'role':'assistant','tool_calls':TOOLTOOL}]",
                "RESPONSES | 'input':'sql','tools':[TOOL,TOOL]",
                "MESSAGES | 'tools':[TOOL,TOOL],'messages':[{'role':'user','content':'sql'}]",
                "MESSAGES | 'messages':[{'role':'user','content':[{'type':'text','text':'sql'},{'type':'tool_use','input':TOOLTOOL}]}]"
            })
    void toolsAndWhatTheyAreCalledWithCount(Api api, String members) throws Fault {
        String tool = "{'name':'look_up','parameters':{'type':'object'}}";
        String twice = "[" + tool + "," + tool + " ]";
        String body = "{'model':'m'," + members.replace("TOOLTOOL", twice).replace("TOOL", tool) + "}";
        long expected = "sql".length() + (members.contains("TOOLTOOL") ? twice.length() : 2L * tool.length());
        assertThat(parse(api, body).query().promptCharacters()).isEqualTo(expected);
    }

    @Test
    void aSchemaNeedsWhoCanAnswerInJsonInEitherSpelling() throws Fault {
        String format = "{'type':'json_schema','schema':{'type':'object'}}";
        for (String member : List.of("'output_config':{'format':" + format + "}", "'output_format':" + format)) {
            ChatBody body =
                    parse(Api.MESSAGES, "{'model':'auto','messages':[{'role':'user','content':'x'}]," + member + "}");
            assertThat(body.needs().abilities()).containsExactly(Ability.JSON);
        }
    }

    @Test
    void embeddingsAreOnlySpliced() throws Fault {
        ChatBody body = parse(Api.EMBEDDINGS, "{'input':[[1,2],[3]],'model':'m','dimensions':2}");
        assertThat(body.forUpstream("\"x\"")).hasToString("{\"input\":[[1,2],[3]],\"model\":\"x\",\"dimensions\":2}");
    }

    @Test
    void whatAnotherApiCallsTextIsNoneOfChats() throws Fault {
        ChatBody body = parse(
                Api.CHAT, "{'model':'m','input':7,'system':[],'messages':[{'role':'user','content':'write sql'}]}");
        assertThat(body.query().system()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "MESSAGES | {'model':'m','input':'x'} | MISSING_VALUE",
                "RESPONSES | {'model':'m','input':[]} | MISSING_VALUE",
                "RESPONSES | {'model':'m','input':7} | INVALID_VALUE",
                "EMBEDDINGS | {'model':'m'} | MISSING_VALUE",
                "RESPONSES | {'model':'m','input':'x','input':'y'} | DUPLICATE_KEY",
            })
    void whatIsMissingIsNamed(Api api, String body, FaultKind kind) {
        Fault fault = catchThrowableOfType(Fault.class, () -> parse(api, body));
        assertThat(fault).as(body).isNotNull();
        assertThat(fault.kind()).isEqualTo(kind);
    }

    private static ChatBody parse(Api api, String body) throws Fault {
        return BodyParser.parse(api, Buffer.buffer(body.replace('\'', '"')));
    }
}
