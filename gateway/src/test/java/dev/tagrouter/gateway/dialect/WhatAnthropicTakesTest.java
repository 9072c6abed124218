package dev.tagrouter.gateway.dialect;

import static dev.tagrouter.gateway.dialect.RequestTranslationTest.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        JsonNode said = json("[{'role':'user','content':[{'type':'text','text':'Greet.'},{'type':'text','text':'In French.'}]}]");
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
            assertThatThrownBy(() -> translated(
                            "{'model':'m','messages':[{'role':'" + role + "','content':' '}]}"))
                    .isInstanceOf(Untranslatable.class)
                    .hasMessageContaining("says nothing");
        }
    }

    private static JsonNode asked(String members) throws Exception {
        return translated("{'model':'m','max_tokens':9," + ASKED + "," + members + "}");
    }

    private static JsonNode translated(String body) throws Exception {
        return RequestTranslationTest.translated(UpstreamKind.ANTHROPIC, Api.CHAT, body);
    }
}
