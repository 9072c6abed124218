package dev.tagrouter.gateway.dialect;

import static dev.tagrouter.gateway.dialect.RequestTranslationTest.json;
import static dev.tagrouter.gateway.dialect.RequestTranslationTest.translated;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.config.UpstreamKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gemini 3 refuses calls in a history without a signature; JSON is written with single quotes. */
class GeminiSignaturesTest {
    private static final String MESSAGES = """
            {'model':'m','max_tokens':9,'messages':[{'role':'user','content':'x'},
              {'role':'assistant','content':[{'type':'text','text':'I look.'},{'type':'tool_use','id':'a','name':'f','input':{}},
                {'type':'tool_use','id':'b','name':'f','input':{}}]},
              {'role':'user','content':[{'type':'tool_result','tool_use_id':'a','content':'1'},
                {'type':'tool_result','tool_use_id':'b','content':'2'}]},
              {'role':'assistant','content':[{'type':'tool_use','id':'c','name':'f','input':{}}]},
              {'role':'user','content':[{'type':'tool_result','tool_use_id':'c','content':'3'}]}]}""";

    private static final String RESPONSES = """
            {'model':'m','input':[{'role':'user','content':'x'},
              {'type':'function_call','call_id':'a','name':'f','arguments':'{}'},
              {'type':'function_call','call_id':'b','name':'f','arguments':'{}'},
              {'type':'function_call_output','call_id':'a','output':'1'},
              {'type':'function_call_output','call_id':'b','output':'2'},
              {'type':'function_call','call_id':'c','name':'f','arguments':'{}'},
              {'type':'function_call_output','call_id':'c','output':'3'}]}""";

    @Test
    void theFirstCallOfEachMessageHasASignature() throws Exception {
        for (JsonNode chat : List.of(
                translated(UpstreamKind.GEMINI, Api.MESSAGES, MESSAGES),
                translated(UpstreamKind.GEMINI, Api.RESPONSES, RESPONSES))) {
            assertThat(chat.path("messages").findValues("tool_calls"))
                    .containsExactly(json("[" + signed("a") + "," + call("b") + "}]"), json("[" + signed("c") + "]"));
        }
    }

    @Test
    void noOtherServerGetsOne() throws Exception {
        for (JsonNode chat : List.of(
                translated(UpstreamKind.OPENAI, Api.MESSAGES, MESSAGES),
                translated(UpstreamKind.OLLAMA, Api.RESPONSES, RESPONSES))) {
            assertThat(chat.toString()).contains("tool_calls").doesNotContain("extra_content");
        }
    }

    private static String call(String id) {
        return "{'id':'" + id + "','type':'function','function':{'name':'f','arguments':'{}'}";
    }

    private static String signed(String id) {
        return call(id) + ",'extra_content':{'google':{'thought_signature':'skip_thought_signature_validator'}}}";
    }
}
