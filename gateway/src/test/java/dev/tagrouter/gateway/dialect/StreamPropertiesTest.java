package dev.tagrouter.gateway.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.config.Timeouts;
import dev.tagrouter.gateway.config.UpstreamConfig;
import dev.tagrouter.gateway.config.UpstreamKind;
import dev.tagrouter.gateway.upstream.UpstreamAnswer;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What holds of translated streams however they come in. */
class StreamPropertiesTest {
    private static final Dialect DIALECT = new Dialect(InstantSource.fixed(Instant.EPOCH));

    /** A stream, how it is asked for, and where it is cut. */
    record Case(String folder, String file, Api api, long seed) {
        UpstreamKind kind() {
            return switch (folder) {
                case "anthropic" -> UpstreamKind.ANTHROPIC;
                case "gemini" -> UpstreamKind.GEMINI;
                case "ollama" -> UpstreamKind.OLLAMA;
                default -> UpstreamKind.OPENAI;
            };
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        return Combinators.combine(
                        Arbitraries.of("openai", "vllm", "ollama", "gemini", "anthropic"),
                        Arbitraries.of("text.sse", "tools.sse"),
                        Arbitraries.of(Api.CHAT, Api.MESSAGES, Api.RESPONSES),
                        Arbitraries.longs())
                .as(Case::new)
                .filter(c -> !Dialect.isPlain(upstream(c.kind()), c.api()));
    }

    @Property(tries = 300, seed = "1")
    void anyPiecesGiveTheSameEvents(@ForAll("cases") Case c) throws Exception {
        Buffer stream = stream(c);
        Collector whole = told(c, stream, stream.length());
        Collector pieces = told(c, stream, 1 + new Random(c.seed()).nextInt(40));
        assertThat(whole.ended).isTrue();
        assertThat(pieces.ended).isTrue();
        assertThat(pieces.body).isEqualTo(whole.body);
    }

    @Property(tries = 300, seed = "1")
    void lineEndsDoNotMatter(@ForAll("cases") Case c) throws Exception {
        Buffer stream = stream(c);
        String end = c.seed() % 2 == 0 ? "\r\n" : "\r";
        Buffer other =
                Buffer.buffer("\ufeff: a comment" + end + stream.toString().replace("\n", end));
        assertThat(told(c, other, 1 + new Random(c.seed()).nextInt(40)).body)
                .isEqualTo(told(c, stream, stream.length()).body);
    }

    /** A damaged stream ends once, cleanly or as a failure, whatever the damage. */
    @Property(tries = 500, seed = "1")
    void damageEndsInOneEnd(@ForAll("cases") Case c) throws Exception {
        Random random = new Random(c.seed());
        byte[] bytes = stream(c).getBytes();
        for (int i = 0; i < 1 + random.nextInt(5); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        Buffer damaged = Buffer.buffer(bytes).getBuffer(0, random.nextInt(bytes.length));
        assertThat(told(c, damaged, 1 + random.nextInt(40)).isOver()).isTrue();
    }

    private static Collector told(Case c, Buffer stream, int most) throws Untranslatable {
        Collector client = new Collector();
        UpstreamAnswer answer = DIALECT.translate(upstream(c.kind()), c.api(), Buffer.buffer(request(c.api())))
                .answerTo(client);
        Random random = new Random(c.seed());
        answer.sent();
        answer.head(200, MultiMap.caseInsensitiveMultiMap().add("content-type", "text/event-stream"));
        for (int at = 0; at < stream.length(); ) {
            int end = Math.min(stream.length(), at + 1 + random.nextInt(most));
            answer.chunk(stream.getBuffer(at, end));
            at = end;
        }
        answer.end();
        return client;
    }

    static UpstreamConfig upstream(UpstreamKind kind) {
        Set<Api> apis = kind == UpstreamKind.ANTHROPIC ? Set.of(Api.MESSAGES) : Set.of(Api.CHAT);
        return new UpstreamConfig("there", kind, apis, URI.create("http://127.0.0.1:1/v1"), null, Timeouts.DEFAULT);
    }

    private static String request(Api api) {
        return switch (api) {
            case CHAT, EMBEDDINGS, MESSAGES ->
                "{\"model\":\"m\",\"stream\":true,\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
            case RESPONSES -> "{\"model\":\"m\",\"stream\":true,\"input\":\"x\"}";
        };
    }

    private static Buffer stream(Case c) throws IOException {
        String path = "/wire/" + c.folder() + "/" + c.file();
        try (InputStream in = StreamPropertiesTest.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new AssertionError("no stream " + path);
            }
            return Buffer.buffer(in.readAllBytes());
        }
    }

    /** An error within a stream, before anything was said: nothing has gone to the client yet. */
    @Test
    void anErrorAtTheBeginningIsACleanFailure() throws Exception {
        Case c = new Case("openai", "", Api.MESSAGES, 1);
        Collector client =
                told(c, Buffer.buffer("data: {\"error\":{\"message\":\"no room\",\"type\":\"busy\"}}\n\n"), 9);
        assertThat(client.status).isZero();
        assertThat(String.valueOf(client.failure)).contains("'there' reported busy: no room");
        Collector late = told(
                new Case("anthropic", "overloaded.sse", Api.CHAT, 1),
                stream(new Case("anthropic", "overloaded.sse", Api.CHAT, 1)),
                9);
        assertThat(late.body.toString()).contains("Hello");
        assertThat(String.valueOf(late.failure)).contains("overloaded_error: Overloaded");
    }

    /** Anthropic streams nothing for a tool without parameters; chat completions have JSON there all the same. */
    @Test
    void aCallWithoutArgumentsHasAnEmptyObject() throws Exception {
        String stream = events(
                "{'type':'message_start','message':{'id':'m','model':'c','usage':{}}}",
                "{'type':'content_block_start','index':0,'content_block':{'type':'tool_use','id':'t','name':'now','input':{}}}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':''}}",
                "{'type':'content_block_stop','index':0}",
                "{'type':'message_delta','delta':{'stop_reason':'tool_use'},'usage':{}}",
                "{'type':'message_stop'}");
        Collector chat = told(new Case("anthropic", "", Api.CHAT, 1), Buffer.buffer(stream), 40);
        assertThat(chat.ended).isTrue();
        assertThat(chat.body.toString()).containsOnlyOnce("\"arguments\":\"{}\"");
        Collector responses = told(new Case("anthropic", "", Api.RESPONSES, 1), Buffer.buffer(stream), 40);
        assertThat(responses.body.toString()).contains("\"name\":\"now\",\"arguments\":\"{}\"");
    }

    /** Azure's first chunk tells what a filter found, and neither id nor model. */
    @Test
    void aChunkThatSaysNothingDoesNotBeginTheAnswer() throws Exception {
        String stream = events(
                "{'id':'','model':'','created':0,'choices':[],'prompt_filter_results':[]}",
                "{'id':'chatcmpl-7','model':'gpt','created':5,'choices':[{'index':0,'delta':{'content':'Hi'}}]}",
                "{'id':'chatcmpl-7','model':'gpt','created':5,'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}");
        for (Api api : List.of(Api.MESSAGES, Api.RESPONSES)) {
            Collector client = told(new Case("openai", "", api, 1), Buffer.buffer(stream), 40);
            assertThat(client.ended).isTrue();
            assertThat(client.body.toString())
                    .contains("7\"", "\"model\":\"gpt\"")
                    .doesNotContain("\"msg_\"", "\"resp_\"");
        }
    }

    @Test
    void aStreamOfGeminisThatEndsEarlyIsNotComplete() throws Exception {
        String stream = events("{'id':'g','choices':[{'index':0,'delta':{'content':'Hi'}}]}");
        Collector client = told(new Case("gemini", "", Api.CHAT, 1), Buffer.buffer(stream), 40);
        assertThat(client.body.toString()).contains("Hi").doesNotContain("[DONE]");
        assertThat(String.valueOf(client.failure)).contains("it ended before it was finished");
        Collector done = told(new Case("gemini", "", Api.CHAT, 1), Buffer.buffer(stream + "data: [DONE]\n\n"), 40);
        assertThat(done.ended).isTrue();
    }

    private static String events(String... events) {
        return Arrays.stream(events)
                .map(event -> "data: " + event.replace('\'', '"') + "\n\n")
                .collect(Collectors.joining());
    }

    /** Mistral's models that think answer in parts, what they think among them. */
    @Test
    void anAnswerInPartsIsWhatTheirTextsSay() throws Exception {
        String thought = "[{'type':'thinking','thinking':[{'type':'text','text':'hm'}]},";
        String whole = "{'id':'7','model':'m','choices':[{'message':{'content':" + thought
                + "{'type':'text','text':'4'},{'type':'text','text':'2'}]},'finish_reason':'stop'}]}";
        String stream = events(
                "{'id':'7','model':'m','choices':[{'delta':{'content':" + thought + "{'type':'text','text':'4'}]}}]}",
                "{'id':'7','model':'m','choices':[{'delta':{'content':'2'},'finish_reason':'stop'}]}");
        for (Api api : List.of(Api.MESSAGES, Api.RESPONSES)) {
            assertThat(toldWhole(api, whole.replace('\'', '"')).body.toString())
                    .contains("\"text\":\"42\"")
                    .doesNotContain("hm");
            Collector streamed = told(new Case("openai", "", api, 1), Buffer.buffer(stream), 40);
            assertThat(streamed.ended).isTrue();
            assertThat(streamed.body.toString())
                    .contains(api == Api.MESSAGES ? "\"text\":\"4\"" : "\"delta\":\"4\"")
                    .doesNotContain("hm");
        }
    }

    @Test
    void contentOfAnotherKindIsAFailure() throws Exception {
        String stream = events("{'id':'7','choices':[{'delta':{'content':{'text':'42'}},'finish_reason':'stop'}]}");
        for (Api api : List.of(Api.MESSAGES, Api.RESPONSES)) {
            Collector whole =
                    toldWhole(api, "{\"choices\":[{\"message\":{\"content\":42},\"finish_reason\":\"stop\"}]}");
            Collector streamed = told(new Case("openai", "", api, 1), Buffer.buffer(stream), 40);
            for (Collector client : List.of(whole, streamed)) {
                assertThat(client.ended).isFalse();
                assertThat(String.valueOf(client.failure)).contains("MALFORMED", "neither a text nor a list of parts");
            }
        }
    }

    private static Collector toldWhole(Api api, String body) throws Untranslatable {
        Collector client = new Collector();
        UpstreamAnswer answer = DIALECT.translate(upstream(UpstreamKind.OPENAI), api, Buffer.buffer(request(api)))
                .answerTo(client);
        answer.head(200, MultiMap.caseInsensitiveMultiMap());
        answer.chunk(Buffer.buffer(body));
        answer.end();
        return client;
    }

    @Test
    void whatIsNoAnswerIsAFailure() throws Exception {
        for (String nonsense : List.of("", "[]", "{", "{\"choices\":[]}", "<html>")) {
            Collector client = toldWhole(Api.MESSAGES, nonsense);
            assertThat(client.status).isZero();
            assertThat(String.valueOf(client.failure)).contains("MALFORMED", "'there'", "cannot be understood");
        }
    }
}
