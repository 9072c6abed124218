package dev.tagrouter.gateway.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.config.UpstreamConfig;
import dev.tagrouter.gateway.config.UpstreamKind;
import dev.tagrouter.gateway.upstream.UpstreamAnswer;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Says a client's request in the API of the upstream that is tried, and brings the answer back. An attempt at one
 * upstream knows nothing of another: each is translated from the client's own body.
 */
public final class Dialect {
    /** What Jackson reads in a millisecond or two; what takes longer is read, and translated, beside the event loop. */
    public static final int AT_ONCE_BYTES = 256 * 1024;

    private final InstantSource clock;

    /** @param clock when answers were made, where the upstream does not say, and how long clients were told nothing */
    public Dialect(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether an upstream takes and answers this API's requests as they are, so that nothing is to be translated. */
    public static boolean isPlain(UpstreamConfig upstream, Api api) {
        return upstream.speaks(api) && !upstream.kind().deviates();
    }

    /**
     * Translates a request for an upstream.
     *
     * @param body the client's, valid, with the upstream's name of the model in its place
     * @throws Untranslatable where the upstream's API cannot say what the client asks
     */
    public Translated translate(UpstreamConfig upstream, Api api, Buffer body) throws Untranslatable {
        if (upstream.speaks(api)) {
            return new Translated(api, body, wayBack(upstream, new GeminiAsDocumented(api)));
        }
        ObjectNode request = Json.read(body.getBytes());
        if (request == null) {
            throw new Untranslatable("the body is no JSON object; send one", null);
        }
        return switch (api) {
            case CHAT -> chat(upstream, request);
            case MESSAGES -> messages(upstream, request);
            case RESPONSES -> responses(upstream, request);
            case EMBEDDINGS -> throw cannot(upstream, api);
        };
    }

    private Translated chat(UpstreamConfig upstream, ObjectNode request) throws Untranslatable {
        if (!upstream.speaks(Api.MESSAGES)) {
            throw cannot(upstream, Api.CHAT);
        }
        return translated(upstream, new ChatOverMessages(request, clock), new ChatToMessages(request).request());
    }

    private Translated messages(UpstreamConfig upstream, ObjectNode request) throws Untranslatable {
        if (!upstream.speaks(Api.CHAT)) {
            throw cannot(upstream, Api.MESSAGES);
        }
        ToolNames names = ToolNames.of(upstream.isOpenAi());
        ObjectNode chat = new MessagesToChat(request, upstream.isOpenAi(), names).request();
        return translated(upstream, new MessagesOverChat(names), completed(upstream, chat));
    }

    /** In two steps where the upstream speaks neither Responses nor chat completions. */
    private Translated responses(UpstreamConfig upstream, ObjectNode request) throws Untranslatable {
        if (!upstream.speaks(Api.CHAT) && !upstream.speaks(Api.MESSAGES)) {
            throw cannot(upstream, Api.RESPONSES);
        }
        ResponsesOverChat first = new ResponsesOverChat(request, clock);
        ObjectNode chat = new ResponsesToChat(request, upstream).request();
        if (upstream.speaks(Api.CHAT)) {
            return translated(upstream, first, completed(upstream, chat));
        }
        Translated second = chat(upstream, chat);
        return new Translated(second.api(), second.body(), second.wayBack().compose(wayBack(upstream, first))::apply);
    }

    private static ObjectNode completed(UpstreamConfig upstream, ObjectNode chat) {
        if (upstream.kind() == UpstreamKind.GEMINI) {
            GeminiSignatures.complete(chat);
        }
        return chat;
    }

    private Translated translated(UpstreamConfig upstream, Translation translation, ObjectNode request) {
        return new Translated(translation.upstreamApi(), Json.bytes(request), wayBack(upstream, translation));
    }

    private UnaryOperator<UpstreamAnswer> wayBack(UpstreamConfig upstream, Translation translation) {
        return client -> new TranslatedAnswer(clock, upstream, translation, client);
    }

    private static Untranslatable cannot(UpstreamConfig upstream, Api api) {
        return new Untranslatable(
                "upstream '" + upstream.name() + "' of this model cannot be asked for " + api.label()
                        + "; name another model, or one of its apis under upstreams." + upstream.name() + ".apis (now "
                        + upstream.apis().stream().map(Api::label).collect(Collectors.joining(", ")) + ")",
                "model");
    }
}
