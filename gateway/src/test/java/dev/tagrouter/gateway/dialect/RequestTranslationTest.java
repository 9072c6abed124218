package dev.tagrouter.gateway.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.config.UpstreamKind;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of an upstream that speaks another API; JSON is written with single quotes. */
class RequestTranslationTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Dialect DIALECT = new Dialect(InstantSource.fixed(Instant.EPOCH));

    @Test
    void messagesAsChat() throws Exception {
        assertThat(translated(UpstreamKind.OPENAI, Api.MESSAGES, """
                {'model':'m','max_tokens':64,'temperature':0.70,'top_p':0.9,'stop_sequences':['END'],'stream':true,
                 'metadata':{'user_id':'u'},'thinking':{'type':'enabled','budget_tokens':1024},
                 'system':[{'type':'text','text':'Be brief.','cache_control':{'type':'ephemeral'}}],
                 'tools':[{'name':'lookup','description':'d','input_schema':{'type':'object'}}],
                 'tool_choice':{'type':'any','disable_parallel_tool_use':true},
                 'messages':[
                  {'role':'user','content':[{'type':'text','text':'What is this?'},
                    {'type':'image','source':{'type':'base64','media_type':'image/png','data':'aGk='}},
                    {'type':'image','source':{'type':'url','url':'https://x/y.png'}}]},
                  {'role':'assistant','content':[{'type':'thinking','thinking':'hm','signature':'s'},
                    {'type':'text','text':'I look.'},{'type':'tool_use','id':'t1','name':'lookup','input':{'a':1}}]},
                  {'role':'user','content':[{'type':'text','text':'And?'},
                    {'type':'tool_result','tool_use_id':'t1','content':[{'type':'text','text':'42'}]},
                    {'type':'tool_result','tool_use_id':'t2','content':'gone','is_error':true}]}]}""")).isEqualTo(json("""
                {'model':'m','messages':[
                  {'role':'system','content':'Be brief.'},
                  {'role':'user','content':[{'type':'text','text':'What is this?'},
                    {'type':'image_url','image_url':{'url':'data:image/png;base64,aGk='}},
                    {'type':'image_url','image_url':{'url':'https://x/y.png'}}]},
                  {'role':'assistant','content':'I look.','tool_calls':[
                    {'id':'t1','type':'function','function':{'name':'lookup','arguments':'{\\\\'a\\\\':1}'}}]},
                  {'role':'tool','tool_call_id':'t1','content':'42'},
                  {'role':'tool','tool_call_id':'t2','content':'The tool failed.\\\\ngone'},
                  {'role':'user','content':'And?'}],
                 'max_tokens':64,'stop':['END'],'temperature':0.7,'top_p':0.9,'user':'u','stream':true,
                 'stream_options':{'include_usage':true},
                 'tools':[{'type':'function','function':{'name':'lookup','description':'d','parameters':{'type':'object'}}}],
                 'tool_choice':'required','parallel_tool_calls':false}"""));
    }

    @Test
    void chatAsMessages() throws Exception {
        assertThat(translated(UpstreamKind.ANTHROPIC, Api.CHAT, """
                {'model':'m','max_completion_tokens':64,'temperature':1.5,'stop':'END','stream':true,'seed':7,'user':'u',
                 'tools':[{'type':'function','function':{'name':'lookup','parameters':{'type':'object','properties':{}}}}],
                 'tool_choice':{'type':'function','function':{'name':'lookup'}},'parallel_tool_calls':false,
                 'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{'type':'object'}}},
                 'messages':[
                  {'role':'system','content':'Be brief.'},
                  {'role':'user','content':[{'type':'text','text':'What is this?'},
                    {'type':'image_url','image_url':{'url':'data:image/png;base64,aGk='}},
                    {'type':'image_url','image_url':{'url':'https://x/y.png'}}]},
                  {'role':'assistant','content':'','tool_calls':[
                    {'id':'t1','type':'function','function':{'name':'lookup','arguments':'{\\\\'a\\\\':1}'}},
                    {'id':'t2','type':'function','function':{'name':'lookup','arguments':''}}]},
                  {'role':'tool','tool_call_id':'t1','content':'42'},
                  {'role':'tool','tool_call_id':'t2','content':'43'},
                  {'role':'user','content':'And?'}]}""")).isEqualTo(json("""
                {'model':'m','max_tokens':64,
                 'system':[{'type':'text','text':'Be brief.'}],
                 'messages':[
                  {'role':'user','content':[{'type':'text','text':'What is this?'},
                    {'type':'image','source':{'type':'base64','media_type':'image/png','data':'aGk='}},
                    {'type':'image','source':{'type':'url','url':'https://x/y.png'}}]},
                  {'role':'assistant','content':[{'type':'tool_use','id':'t1','name':'lookup','input':{'a':1}},
                    {'type':'tool_use','id':'t2','name':'lookup','input':{}}]},
                  {'role':'user','content':[
                    {'type':'tool_result','tool_use_id':'t1','content':[{'type':'text','text':'42'}]},
                    {'type':'tool_result','tool_use_id':'t2','content':[{'type':'text','text':'43'}]},
                    {'type':'text','text':'And?'}]}],
                 'stop_sequences':['END'],'temperature':1,'stream':true,'metadata':{'user_id':'u'},
                 'tools':[{'name':'lookup','input_schema':{'type':'object','properties':{}}}],
                 'tool_choice':{'type':'tool','name':'lookup','disable_parallel_tool_use':true},
                 'output_config':{'format':{'type':'json_schema',
                   'schema':{'type':'object','properties':{},'additionalProperties':false}}}}"""));
    }

    @Test
    void responsesAsChat() throws Exception {
        assertThat(translated(UpstreamKind.OPENAI, Api.RESPONSES, """
                {'model':'m','instructions':'Be brief.','max_output_tokens':64,'store':true,'reasoning':{'effort':'low'},
                 'text':{'format':{'type':'json_schema','name':'n','strict':true,'schema':{'type':'object'}}},
                 'tools':[{'type':'function','name':'lookup','parameters':{'type':'object'},'strict':false}],
                 'tool_choice':{'type':'function','name':'lookup'},'parallel_tool_calls':true,
                 'input':[
                  {'role':'user','content':[{'type':'input_text','text':'What is this?'},
                    {'type':'input_image','image_url':'https://x/y.png'}]},
                  {'type':'reasoning','id':'rs_1','summary':[]},
                  {'type':'message','role':'assistant','content':[{'type':'output_text','text':'I look.'}]},
                  {'type':'function_call','call_id':'t1','name':'lookup','arguments':'{}'},
                  {'type':'function_call','call_id':'t2','name':'lookup','arguments':'{}'},
                  {'type':'function_call_output','call_id':'t1','output':'42'},
                  {'type':'function_call_output','call_id':'t2','output':[{'type':'input_text','text':'43'}]}]}""")).isEqualTo(json("""
                {'model':'m','messages':[
                  {'role':'system','content':'Be brief.'},
                  {'role':'user','content':[{'type':'text','text':'What is this?'},
                    {'type':'image_url','image_url':{'url':'https://x/y.png'}}]},
                  {'role':'assistant','content':'I look.','tool_calls':[
                    {'id':'t1','type':'function','function':{'name':'lookup','arguments':'{}'}},
                    {'id':'t2','type':'function','function':{'name':'lookup','arguments':'{}'}}]},
                  {'role':'tool','tool_call_id':'t1','content':'42'},
                  {'role':'tool','tool_call_id':'t2','content':'43'}],
                 'max_tokens':64,'reasoning_effort':'low',
                 'tools':[{'type':'function','function':{'name':'lookup','parameters':{'type':'object'},'strict':false}}],
                 'parallel_tool_calls':true,'tool_choice':{'type':'function','function':{'name':'lookup'}},
                 'response_format':{'type':'json_schema','json_schema':{'name':'n','strict':true,'schema':{'type':'object'}}}}"""));
    }

    /** Coding agents send a choice of tools with no tools when they sum up; upstreams refuse that. */
    @Test
    void aChoiceOfNoToolsIsLeftOut() throws Exception {
        for (String choice : List.of("auto", "none")) {
            for (UpstreamKind kind : List.of(UpstreamKind.OPENAI, UpstreamKind.ANTHROPIC)) {
                assertThat(translated(
                                        kind,
                                        Api.RESPONSES,
                                        "{'model':'m','input':'x','tools':[],'tool_choice':'" + choice
                                                + "','parallel_tool_calls':false}")
                                .properties())
                        .extracting(field -> field.getKey())
                        .doesNotContain("tools", "tool_choice", "parallel_tool_calls");
            }
            assertThat(translated(
                            UpstreamKind.OPENAI,
                            Api.MESSAGES,
                            "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'x'}],'tool_choice':{'type':'"
                                    + choice + "','disable_parallel_tool_use':true}}"))
                    .isEqualTo(json("{'model':'m','messages':[{'role':'user','content':'x'}],'max_tokens':9}"));
        }
        assertThat(translated(
                                UpstreamKind.ANTHROPIC,
                                Api.CHAT,
                                "{'model':'m','messages':[{'role':'user','content':'x'}],'tool_choice':'required'}")
                        .path("tool_choice")
                        .path("type")
                        .textValue())
                .isEqualTo("any");
    }

    /** Anthropic refuses empty messages and blank texts, OpenAI an assistant's message that says nothing. */
    @Test
    void whoSaysNothingHasNoMessage() throws Exception {
        assertThat(translated(UpstreamKind.ANTHROPIC, Api.CHAT, """
                {'model':'m','max_tokens':9,'messages':[{'role':'user','content':'a'},{'role':'assistant','content':''},
                  {'role':'user','content':[{'type':'text','text':' \\\\n'}]},{'role':'user','content':'b'},
                  {'role':'assistant','content':null}]}""").path("messages"))
                .isEqualTo(json("[{'role':'user','content':[{'type':'text','text':'a'},{'type':'text','text':'b'}]}]"));
        assertThat(translated(UpstreamKind.OPENAI, Api.MESSAGES, """
                {'model':'m','max_tokens':9,'messages':[{'role':'user','content':'a'},
                  {'role':'assistant','content':[{'type':'thinking','thinking':'hm','signature':'s'}]},
                  {'role':'user','content':'b'}]}""").path("messages"))
                .isEqualTo(json("[{'role':'user','content':'a'},{'role':'user','content':'b'}]"));
    }

    /** By chat completions what the system says last is answered; without it a model of Anthropic's would go on with its own. */
    @Test
    void whatTheSystemSaysBehindTheAssistantIsTheUsers() throws Exception {
        assertThat(translated(UpstreamKind.ANTHROPIC, Api.CHAT, """
                {'model':'m','max_tokens':9,'messages':[{'role':'system','content':'Be brief.'},{'role':'user','content':'a'},
                  {'role':'assistant','content':'b'},{'role':'system','content':'Now summarise.'},
                  {'role':'assistant','content':''},{'role':'developer','content':'In French.'}]}""")).isEqualTo(json("""
                {'model':'m','max_tokens':9,'system':[{'type':'text','text':'Be brief.'}],'messages':[
                  {'role':'user','content':[{'type':'text','text':'a'}]},
                  {'role':'assistant','content':[{'type':'text','text':'b'}]},
                  {'role':'user','content':[{'type':'text','text':'Now summarise.'},{'type':'text','text':'In French.'}]}]}"""));
        assertThat(translated(UpstreamKind.ANTHROPIC, Api.CHAT, """
                {'model':'m','max_tokens':9,'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b'},
                  {'role':'system','content':'Be brief.'},{'role':'user','content':'c'}]}""").path("system"))
                .isEqualTo(json("[{'type':'text','text':'Be brief.'}]"));
    }

    /** As at Anthropic's own endpoint for OpenAI's clients. */
    @Test
    void aChatThatEndsWithTheAssistantIsGoneOnWith() throws Exception {
        assertThat(translated(UpstreamKind.ANTHROPIC, Api.CHAT, """
                {'model':'m','max_tokens':9,'messages':[{'role':'system','content':'s'},{'role':'user','content':'a'},
                  {'role':'assistant','content':'{'}]}""")
                        .path("messages")
                        .path(1))
                .isEqualTo(json("{'role':'assistant','content':[{'type':'text','text':'{'}]}"));
    }

    /** Kimi's ids have dots and colons, which Anthropic refuses. */
    @Test
    void idsOfCallsAreOnesThatAnthropicTakes() throws Exception {
        JsonNode messages = translated(UpstreamKind.ANTHROPIC, Api.CHAT, """
                {'model':'m','max_tokens':9,'messages':[{'role':'user','content':'a'},{'role':'assistant','tool_calls':[
                    {'id':'functions.lookup:0','type':'function','function':{'name':'lookup','arguments':'{}'}},
                    {'id':'functions:lookup.0','type':'function','function':{'name':'lookup','arguments':'{}'}},
                    {'id':'call_1-A','type':'function','function':{'name':'lookup','arguments':'{}'}}]},
                  {'role':'tool','tool_call_id':'functions.lookup:0','content':'1'},
                  {'role':'tool','tool_call_id':'functions:lookup.0','content':'2'},
                  {'role':'tool','tool_call_id':'call_1-A','content':'3'}]}""").path("messages");
        List<String> called = messages.path(1).path("content").findValuesAsText("id");
        assertThat(called).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-zA-Z0-9_-]+"));
        assertThat(called.getFirst()).startsWith("functions_lookup_0_");
        assertThat(called.getLast()).isEqualTo("call_1-A");
        assertThat(messages.path(2).path("content").findValuesAsText("tool_use_id"))
                .isEqualTo(called);
    }

    /** OpenAI takes images only from the user; all results of one message's calls have to follow it. */
    @Test
    void whatToolsGaveBesideTextIsTheUsers() throws Exception {
        String input = """
                {'model':'m','input':[{'role':'user','content':'Look.'},
                  {'type':'function_call','call_id':'t1','name':'look','arguments':'{}'},
                  {'type':'function_call','call_id':'t2','name':'look','arguments':'{}'},
                  {'type':'function_call_output','call_id':'t1','output':[{'type':'input_text','text':'1'},
                    {'type':'input_image','image_url':'data:image/png;base64,aGk='}]},
                  {'type':'reasoning','id':'rs_1','summary':[]},
                  {'type':'function_call_output','call_id':'t2','output':[{'type':'input_image','image_url':'https://x/2'}]},
                  {'type':'function_call','call_id':'t3','name':'look','arguments':'{}'},
                  {'type':'function_call_output','call_id':'t3','output':[{'type':'input_image','image_url':'https://x/3'}]}]}""";
        assertThat(translated(UpstreamKind.OPENAI, Api.RESPONSES, input).path("messages"))
                .isEqualTo(json("""
                [{'role':'user','content':'Look.'},
                 {'role':'assistant','content':null,'tool_calls':[
                  {'id':'t1','type':'function','function':{'name':'look','arguments':'{}'}},
                  {'id':'t2','type':'function','function':{'name':'look','arguments':'{}'}}]},
                 {'role':'tool','tool_call_id':'t1','content':'1'},
                 {'role':'tool','tool_call_id':'t2','content':''},
                 {'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,aGk='}},
                  {'type':'image_url','image_url':{'url':'https://x/2'}}]},
                 {'role':'assistant','content':null,'tool_calls':[
                  {'id':'t3','type':'function','function':{'name':'look','arguments':'{}'}}]},
                 {'role':'tool','tool_call_id':'t3','content':''},
                 {'role':'user','content':[{'type':'image_url','image_url':{'url':'https://x/3'}}]}]"""));
        assertThat(translated(UpstreamKind.ANTHROPIC, Api.RESPONSES, input)
                        .path("messages")
                        .path(2))
                .isEqualTo(json("""
                {'role':'user','content':[
                 {'type':'tool_result','tool_use_id':'t1','content':[{'type':'text','text':'1'},
                  {'type':'image','source':{'type':'base64','media_type':'image/png','data':'aGk='}}]},
                 {'type':'tool_result','tool_use_id':'t2','content':[
                  {'type':'image','source':{'type':'url','url':'https://x/2'}}]}]}"""));
    }

    @Test
    void aSchemaIsOneInEitherSpelling() throws Exception {
        String format = "{'type':'json_schema','schema':{'type':'object','additionalProperties':false}}";
        for (String member : List.of("'output_config':{'format':" + format + "}", "'output_format':" + format)) {
            assertThat(translated(
                            UpstreamKind.OPENAI,
                            Api.MESSAGES,
                            "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'x'}]," + member + "}"))
                    .isEqualTo(json("""
                {'model':'m','messages':[{'role':'user','content':'x'}],'max_tokens':9,'response_format':{
                 'type':'json_schema','json_schema':{'name':'answer','strict':true,
                   'schema':{'type':'object','additionalProperties':false}}}}"""));
        }
    }

    @Test
    void aDocumentThatNobodyCitesIsAFile() throws Exception {
        assertThat(translated(UpstreamKind.OPENAI, Api.MESSAGES, """
                {'model':'m','max_tokens':9,'messages':[{'role':'user','content':[{'type':'document','citations':{'enabled':false},
                  'source':{'type':'text','media_type':'text/plain','data':'x'}}]}]}""").path("messages"))
                .isEqualTo(json("[{'role':'user','content':'x'}]"));
    }

    /** OpenAI takes 64 characters; Claude Code sends some 150. */
    @Test
    void aLongNameOfAUserIsLeftOut() throws Exception {
        for (int length : new int[] {64, 65}) {
            assertThat(translated(
                                    UpstreamKind.OPENAI,
                                    Api.MESSAGES,
                                    "{'model':'m','max_tokens':9,'messages':[],'metadata':{'user_id':'"
                                            + "u".repeat(length) + "'}}")
                            .has("user"))
                    .isEqualTo(length == 64);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "MESSAGES | top_k | 'top_k':5",
                "MESSAGES | mcp_servers | 'mcp_servers':[{'url':'x'}]",
                "MESSAGES | inference_geo | 'inference_geo':'eu'",
                "MESSAGES | tools | 'tools':[{'type':'web_search_20250305','name':'w'}]",
                "MESSAGES | messages | 'messages':[{'role':'user','content':[{'type':'search_result'}]}]",
                "MESSAGES | messages | 'messages':[{'role':'assistant','content':[{'type':'server_tool_use'}]},{'role':'user','content':'x'}]",
                "MESSAGES | messages | 'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'{'}]",
                "MESSAGES | messages | 'messages':[{'role':'user','content':'a'},{'role':'assistant','content':[{'type':'tool_use','id':'t','name':'n','input':{}}]}]",
                "MESSAGES | messages | 'messages':[{'role':'user','content':[{'type':'document','citations':{'enabled':true},'source':{'type':'text','data':'x'}}]}]",
                "MESSAGES | messages | 'messages':[{'role':'user','content':[{'type':'search_result','citations':{'enabled':true},'content':[]}]}]",
                "MESSAGES | output_config | 'output_config':{'format':{'type':'grammar'}}",
                "MESSAGES | output_format | 'output_format':{'type':'grammar'}",
                "MESSAGES | tool_choice | 'tool_choice':{'type':'odd'}",
                "CHAT | n | 'n':2",
                "CHAT | logprobs | 'logprobs':true",
                "CHAT | functions | 'functions':[]",
                "CHAT | modalities | 'modalities':['text','audio']",
                "CHAT | response_format | 'response_format':{'type':'json_object'}",
                "CHAT | tools | 'tools':[{'type':'custom','custom':{'name':'c'}}]",
                "CHAT | messages | 'messages':[{'role':'user','content':[{'type':'input_audio'}]}]",
                "CHAT | messages | 'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b'},{'role':'user','content':' '}]",
                "CHAT | messages | 'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b'},{'role':'user','content':' '},{'role':'system','content':' '}]",
                "CHAT | messages | 'messages':[{'role':'assistant','tool_calls':[{'id':'t','function':{'arguments':'['}}]}]",
                "MESSAGES | messages | 'messages':[{'role':'user','content':[{'type':'document','source':{'type':'url','url':'u'}}]}]",
                "RESPONSES | previous_response_id | 'previous_response_id':'resp_1'",
                "RESPONSES | conversation | 'conversation':'conv_1'",
                "RESPONSES | background | 'background':true",
                "RESPONSES | tools | 'tools':[{'type':'web_search'}]",
                "RESPONSES | input | 'input':[{'type':'item_reference','id':'i'}]",
                "RESPONSES | input | 'input':[{'type':'computer_call','id':'i'}]",
                "RESPONSES | input | 'input':[{'role':'user','content':[{'type':'input_image','file_id':'f'}]}]",
                "RESPONSES | input | 'instructions':'Be brief.'",
                "RESPONSES | text | 'text':{'format':{'type':'grammar'}}",
                "EMBEDDINGS | model | 'input':'x'",
            })
    void whatCannotBeSaidIsRefusedByName(Api api, String param, String members) {
        UpstreamKind kind = api == Api.CHAT || api == Api.EMBEDDINGS ? UpstreamKind.ANTHROPIC : UpstreamKind.OPENAI;
        Untranslatable refused = catchThrowableOfType(
                Untranslatable.class, () -> translated(kind, api, "{'model':'m'," + members + "}"));
        assertThat(refused).isNotNull();
        assertThat(refused.param()).isEqualTo(param);
        assertThat(refused.text()).contains("; ").doesNotContain("\n");
    }

    static JsonNode translated(UpstreamKind kind, Api api, String body) throws Exception {
        Buffer translated = DIALECT.translate(StreamPropertiesTest.upstream(kind), api, Buffer.buffer(quoted(body)))
                .body();
        return JSON.readTree(translated.getBytes());
    }

    static JsonNode json(String text) throws Exception {
        return JSON.readTree(quoted(text));
    }

    private static String quoted(String text) {
        return text.replace("\\\\", "\\").replace('\'', '"');
    }
}
