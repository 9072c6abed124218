package dev.tagrouter.gateway.dialect;

import static dev.tagrouter.gateway.dialect.RequestTranslationTest.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.config.UpstreamKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Chats that OpenAI takes, said so that Anthropic takes them too; JSON is written with single quotes. */
class WhatAnthropicTakesTest {
    private static final String ASKED = "'messages':[{'role':'user','content':'a'}]";

    @Test
    void parametersWithoutATypeAreAnObjects() throws Exception {
        JsonNode tools = asked("""
                'tools':[{'type':'function','function':{'name':'a','parameters':{}}},
                  {'type':'function','function':{'name':'b'}},
                  {'type':'function','function':{'name':'c','parameters':{'type':null,'properties':{'x':{}}}}}]""").path("tools");
        assertThat(tools.findValues("input_schema"))
                .containsExactly(
                        json("{'type':'object'}"),
                        json("{'type':'object'}"),
                        json("{'type':'object','properties':{'x':{}}}"));
    }

    /** Anthropic wants a message, which OpenAI answers without. */
    @Test
    void whatNobodyButTheSystemSaysIsTheUsers() throws Exception {
        JsonNode said = json(
                "[{'role':'user','content':[{'type':'text','text':'Greet.'},{'type':'text','text':'In French.'}]}]");
        JsonNode chat = translated("""
                {'model':'m','messages':[{'role':'system','content':'Greet.'},{'role':'assistant','content':''},
                  {'role':'developer','content':'In French.'}]}""");
        assertThat(chat.path("messages")).isEqualTo(said);
        assertThat(chat.has("system")).isFalse();
        JsonNode responses = RequestTranslationTest.translated(
                UpstreamKind.ANTHROPIC,
                Api.RESPONSES,
                "{'model':'m','instructions':'Greet.','input':[{'role':'developer','content':'In French.'}]}");
        assertThat(responses.path("messages")).isEqualTo(said);
        assertThat(responses.has("system")).isFalse();
    }

    @Test
    void whereNobodySpeaksNothingCanBeAsked() {
        for (String role : List.of("system", "assistant", "user")) {
            assertThatThrownBy(() -> translated("{'model':'m','messages':[{'role':'" + role + "','content':' '}]}"))
                    .isInstanceOf(Untranslatable.class)
                    .hasMessageContaining("says nothing");
        }
    }

    /** Without it the answer would be another, so somebody else is to be asked. */
    @Test
    void blankStopSequencesAreRefused() throws Exception {
        for (String stop : List.of("'\\\\n\\\\n'", "['END',' ']", "['']")) {
            Untranslatable refused = catchThrowableOfType(Untranslatable.class, () -> asked("'stop':" + stop));
            assertThat(refused).isNotNull();
            assertThat(refused.param()).isEqualTo("stop");
        }
        assertThat(asked("'stop':['\\\\nEND']").path("stop_sequences")).isEqualTo(json("['\\\\nEND']"));
    }

    /** Anthropic refuses a user's id that is an address. */
    @Test
    void whoIsAMailAddressOrATelephoneNumberIsNotTold() throws Exception {
        for (String user :
                List.of("ann@example.org", "Ann <ann@example.org>", "+49 30 1234567", "(555) 123-4567", "5551234567")) {
            assertThat(asked("'user':'" + user + "'").has("metadata")).as(user).isFalse();
        }
        // Long enough that a search that takes its square would not end today.
        assertThat(asked("'user':'" + ".1-".repeat(300_000) + "'").has("metadata"))
                .isFalse();
        for (String user : List.of("u", "user-20240131", "4f7a1c9e-0b3d-4a52-9d5e-1c2b3a4d5e6f", "room 12", "@ann")) {
            assertThat(asked("'user':'" + user + "'")
                            .path("metadata")
                            .path("user_id")
                            .textValue())
                    .isEqualTo(user);
        }
    }

    @Test
    void topPIsLeftOutBesideTemperature() throws Exception {
        JsonNode both = asked("'temperature':0.5,'top_p':0.9");
        assertThat(both.path("temperature").doubleValue()).isEqualTo(0.5);
        assertThat(both.has("top_p")).isFalse();
        assertThat(asked("'temperature':null,'top_p':0.9").path("top_p").doubleValue())
                .isEqualTo(0.9);
    }

    @Test
    void whoNamesNoLimitIsNotCutShort() throws Exception {
        assertThat(translated("{'model':'m'," + ASKED + "}").path("max_tokens").intValue())
                .isEqualTo(32_000);
        assertThat(asked("'max_completion_tokens':64").path("max_tokens").intValue())
                .isEqualTo(64);
    }

    private static JsonNode asked(String members) throws Exception {
        return translated("{'model':'m','max_tokens':9," + ASKED + "," + members + "}");
    }

    private static JsonNode translated(String body) throws Exception {
        return RequestTranslationTest.translated(UpstreamKind.ANTHROPIC, Api.CHAT, body);
    }
}
