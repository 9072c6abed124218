package dev.tagrouter.gateway.dialect;

import static dev.tagrouter.gateway.dialect.RequestTranslationTest.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.config.UpstreamKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON schemas as Anthropic and OpenAI hold answers to them; JSON is written with single quotes. */
class SchemasTest {
    private static final String ASKED = "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'x'}],";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{'type':'integer','minimum':0,'maximum':9} | {'type':'integer','description':'{minimum: 0, maximum: 9}'}",
                "{'type':'string','format':'date'} | {'type':'string','format':'date'}",
                "{'type':'string','format':'color'} | {'type':'string','description':'{format: \\'color\\'}'}",
                "{'type':'string','description':'d','title':'t','maxLength':5} | {'type':'string','description':'d\\n\\n{maxLength: 5}','title':'t'}",
                "{'type':'array','items':{'type':'number','multipleOf':0.5},'minItems':1} | {'type':'array','items':{'type':'number','description':'{multipleOf: 0.5}'},'minItems':1}",
                "{'type':'array','items':{'type':'null'},'minItems':2} | {'type':'array','items':{'type':'null'},'description':'{minItems: 2}'}",
                "{'type':'string','enum':['a','b'],'default':'a'} | {'enum':['a','b'],'description':'{default: \\'a\\'}'}",
                "{'type':'string','const':'a'} | {'const':'a'}",
                "{'oneOf':[{'type':'string','pattern':'x'},{'type':'null'}]} | {'anyOf':[{'type':'string','description':'{pattern: \\'x\\'}'},{'type':'null'}]}",
                "{'allOf':[{'type':'object'}]} | {'allOf':[{'type':'object','properties':{},'additionalProperties':false}]}",
                "{'$ref':'#/$defs/a','description':'d'} | {'$ref':'#/$defs/a'}",
                "{'properties':{'b':{'type':'null'}}} | {'type':'object','properties':{'b':{'type':'null'}},'additionalProperties':false}",
                "{'type':['object','null'],'properties':{'b':{'type':'null'}}} | {'type':['object','null'],'properties':{'b':{'type':'null'}},'additionalProperties':false}",
            })
    void whatAnthropicCannotHoldToIsAWish(String schema, String expected) throws Exception {
        String whole = "{'$schema':'s','type':'object','properties':{'a':" + schema
                + "},'required':['a'],'additionalProperties':true,'$defs':{'a':" + schema + "}}";
        String same = "{'type':'object','properties':{'a':" + expected
                + "},'required':['a'],'additionalProperties':false,'$defs':{'a':" + expected + "}}";
        assertThat(chat("'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':" + whole + "}}")
                        .path("output_config")
                        .path("format")
                        .path("schema"))
                .isEqualTo(json(same));
        String tool = "'tools':[{'type':'function','function':{'name':'f','strict':%s,'parameters':" + whole + "}}]";
        assertThat(chat(tool.formatted("true")).findValue("input_schema")).isEqualTo(json(same));
        assertThat(chat(tool.formatted("false")).findValue("input_schema")).isEqualTo(json(whole));
    }

    /** Anthropic takes a tool's schema only of an object, however that is said. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$defs':{'a':{'type':'object'}},'$ref':'#/$defs/a'}",
                "{'type':'object','anyOf':[{'properties':{'a':{'type':'null'}}}]}",
                "{}"
            })
    void aStrictToolsSchemaHasATypeAtTheTop(String schema) throws Exception {
        String tool = "'tools':[{'type':'function','function':{'name':'f','strict':true,'parameters':" + schema + "}}]";
        assertThat(chat(tool).findValue("input_schema").path("type").asText()).isEqualTo("object");
    }

    /** OpenAI refuses a strict schema that leaves anything open. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "true | {'type':'object','properties':{},'additionalProperties':false}",
                "true | {'type':'object','properties':{'a':{'type':'string','pattern':'x'}},'required':['a'],'additionalProperties':false}",
                "true | {'type':'object','properties':{'a':{'$ref':'#/$defs/a'}},'required':['a'],'additionalProperties':false,'$defs':{'a':{'anyOf':[{'type':'null'},{'type':'array','items':{'type':'string'}}]}}}",
                "false | {'type':'object','properties':{'a':{'type':'string'}},'required':['a']}",
                "false | {'type':'object','properties':{'a':{'type':'string'},'b':{'type':'string'}},'required':['a'],'additionalProperties':false}",
                "false | {'type':'object','properties':{'a':{'type':'object'}},'required':['a'],'additionalProperties':false}",
                "false | {'type':'object','properties':{'a':{'type':['object','null']}},'required':['a'],'additionalProperties':false}",
                "false | {'type':'object','properties':{'a':{'type':'array','items':{'type':'object'}}},'required':['a'],'additionalProperties':false}",
                "false | {'type':'object','properties':{'a':{'anyOf':[{'type':'null'},{'properties':{}}]}},'required':['a'],'additionalProperties':false}",
                "false | {'type':'object','properties':{'a':{'$ref':'#/$defs/a'}},'required':['a'],'additionalProperties':false,'$defs':{'a':{'type':'object'}}}",
                "false | {'type':'object','properties':{'a':{'type':'string','default':'x'}},'required':['a'],'additionalProperties':false}",
                "false | {'type':'array','items':{'type':'string'}}",
            })
    void strictIsSaidOnlyOfWhatOpenAiTakesSo(boolean strict, String schema) throws Exception {
        JsonNode format = messages("'output_config':{'format':{'type':'json_schema','schema':" + schema + "}}")
                .path("response_format")
                .path("json_schema");
        assertThat(format.path("strict").booleanValue()).isEqualTo(strict);
        assertThat(format.path("schema")).isEqualTo(json(schema));
        JsonNode function = messages("'tools':[{'name':'f','strict':true,'input_schema':" + schema + "}]")
                .findValue("function");
        assertThat(function.path("strict").asBoolean(false)).isEqualTo(strict);
        assertThat(function.has("strict")).isEqualTo(strict);
        assertThat(function.path("parameters")).isEqualTo(json(schema));
    }

    @Test
    void whoDoesNotWantStrictSaysSo() throws Exception {
        assertThat(messages("'tools':[{'name':'f','strict':false,'input_schema':{'type':'object'}}]")
                        .findValue("strict"))
                .isEqualTo(json("false"));
    }

    private static JsonNode chat(String members) throws Exception {
        return RequestTranslationTest.translated(UpstreamKind.ANTHROPIC, Api.CHAT, ASKED + members + "}");
    }

    private static JsonNode messages(String members) throws Exception {
        return RequestTranslationTest.translated(UpstreamKind.OPENAI, Api.MESSAGES, ASKED + members + "}");
    }
}
