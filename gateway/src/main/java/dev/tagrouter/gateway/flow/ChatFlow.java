package dev.tagrouter.gateway.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.core.Routing;
import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.dialect.Dialect;
import dev.tagrouter.gateway.loop.Rounds;
import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The path of a request: read, parse, perhaps have tagged, choose, forward, relay. One for each event loop. */
public final class ChatFlow {
    private static final long NO_TIMER = -1;

    private final int maxBodyBytes;
    private final Chooser chooser;
    private final Forwarder forwarder;
    private final Supplier<String> decisionIds;
    private final @Nullable ModelTagger modelTagger;

    /** Turns a routing into what a client sees of it. */
    public interface Explanation {
        ObjectNode of(
                Routing routing, @Nullable Tagging tagging, List<String> withoutEvidence, @Nullable String requested);
    }

    /**
     * @param forwarder this event loop's way to the upstreams
     * @param modelTagger the model that tags, or null for the profile's own tagger
     */
    public ChatFlow(
            int maxBodyBytes,
            Chooser chooser,
            Forwarder forwarder,
            Supplier<String> decisionIds,
            @Nullable ModelTagger modelTagger) {
        this.maxBodyBytes = maxBodyBytes;
        this.chooser = chooser;
        this.forwarder = forwarder;
        this.decisionIds = decisionIds;
        this.modelTagger = modelTagger;
    }

    /** Answers a request of an API by the model chosen for it. */
    public void answer(Api api, Exchange exchange) {
        new BodyReader(exchange, maxBodyBytes).read(bytes -> {
            long startNanos = System.nanoTime();
            parse(api, exchange, bytes, body -> answer(exchange, body, startNanos));
        });
    }

    private void answer(Exchange exchange, ChatBody body, long startNanos) throws Fault {
        requireName(body);
        Wishes wishes = wishes(body, exchange);
        Tagging given = chooser.given(wishes);
        if (given == null && modelTagger != null && chooser.isRouted(body)) {
            tagThenAnswer(modelTagger, exchange, body, wishes, startNanos);
        } else {
            thenChoose(exchange, body, wishes, given, startNanos);
        }
    }

    private void tagThenAnswer(ModelTagger tagger, Exchange exchange, ChatBody body, Wishes wishes, long startNanos) {
        Long within = wishes.deadlineNanos();
        Vertx vertx = forwarder.vertx();
        long late = within == null
                ? NO_TIMER
                : vertx.setTimer(
                        1 + within / 1_000_000, fired -> attempt(exchange, () -> requireTime(within, startNanos)));
        tagger.tag(body.query(), tagging -> {
            if (late != NO_TIMER) {
                vertx.cancelTimer(late);
            }
            thenChoose(exchange, body, wishes, tagging, startNanos);
        });
    }

    /** What comes after a body is parsed. */
    private interface Parsed {
        void go(ChatBody body) throws Fault;
    }

    /** Parses a body at once, or beside the event loop where others would have to wait for it. */
    private static void parse(Api api, Exchange exchange, Buffer bytes, Parsed then) {
        if (bytes.length() <= Dialect.AT_ONCE_BYTES) {
            attempt(exchange, () -> then.go(BodyParser.parse(api, bytes)));
            return;
        }
        Objects.requireNonNull(Vertx.currentContext(), "requests come on an event loop")
                .executeBlocking(() -> BodyParser.parse(api, bytes), false)
                .onComplete(parsed -> {
                    if (!exchange.over()) {
                        attempt(exchange, () -> then.go(result(parsed)));
                    }
                });
    }

    private static ChatBody result(AsyncResult<ChatBody> parsed) throws Fault {
        if (parsed.cause() instanceof Fault fault) {
            throw fault;
        }
        if (parsed.failed()) {
            throw new IllegalStateException("a body was not parsed", parsed.cause());
        }
        return parsed.result();
    }

    private static Wishes wishes(ChatBody body, Exchange exchange) throws Fault {
        MultiMap headers = exchange.request().headers();
        return Wishes.of(body.wish(), WishReader.ofHeaders(headers), WishReader.sessionOf(headers));
    }

    /** Embeddings of different models cannot be compared, so nobody may choose among them but the client. */
    private void requireName(ChatBody body) throws Fault {
        if (body.api() == Api.EMBEDDINGS && chooser.isRouted(body)) {
            throw new Fault(
                    FaultKind.INVALID_VALUE,
                    "embeddings are not routed, because those of different models cannot be compared; name a model of"
                            + " /v1/models",
                    "model");
        }
    }

    private void thenChoose(
            Exchange exchange, ChatBody body, Wishes wishes, @Nullable Tagging tagging, long startNanos) {
        later(Rounds.Step.CHOOSE, exchange, () -> choose(exchange, body, wishes, tagging, startNanos));
    }

    private void choose(Exchange exchange, ChatBody body, Wishes wishes, @Nullable Tagging tagging, long startNanos)
            throws Fault {
        Long within = wishes.deadlineNanos();
        requireTime(within, startNanos);
        Choice choice = chooser.choose(body, wishes, tagging);
        String decisionId = decisionIds.get();
        exchange.chosen(choice, decisionId);
        if (choice.routing() != null) {
            Routing routing = choice.routing();
            exchange.telemetry().decided(routing.tagNanos() + routing.scoreNanos() + routing.decideNanos());
        }
        later(Rounds.Step.FORWARD, exchange, () -> {
            requireTime(within, startNanos);
            Long deadline = within == null ? null : startNanos + within;
            forwarder.forward(exchange, body, choice, decisionId, startNanos, deadline);
        });
    }

    /** Takes a step in its turn among those of other requests, unless the exchange is over then. */
    private static void later(Rounds.Step step, Exchange exchange, Work work) {
        ContextInternal context = ContextInternal.current();
        Rounds.later(
                step,
                context.nettyEventLoop(),
                () -> context.dispatch(now -> {
                    if (!exchange.over()) {
                        attempt(exchange, work);
                    }
                }));
    }

    private static void requireTime(@Nullable Long withinNanos, long startNanos) throws Fault {
        if (withinNanos != null && System.nanoTime() - startNanos >= withinNanos) {
            throw new Fault(
                    FaultKind.UPSTREAM_TIMEOUT,
                    "deadline_ms was over before anybody was asked; give more time",
                    "deadline_ms");
        }
    }

    /** Explains how a request would be routed; nobody is called but a model that tags. */
    public void explain(Exchange exchange, Explanation explanation) throws Fault {
        Api api = saidIn(exchange.request());
        new BodyReader(exchange, maxBodyBytes)
                .read(bytes -> parse(api, exchange, bytes, body -> explain(exchange, body, explanation)));
    }

    /** The API that a request to be explained is said in. */
    private static Api saidIn(HttpServerRequest request) throws Fault {
        String name;
        try {
            name = request.getParam("api");
        } catch (IllegalArgumentException e) {
            throw new Fault(
                    FaultKind.INVALID_VALUE,
                    "what follows '?' is not percent-encoded; encode it or leave it out",
                    null);
        }
        return switch (name == null ? "chat" : name) {
            case "chat" -> Api.CHAT;
            case "responses" -> Api.RESPONSES;
            case "messages" -> Api.MESSAGES;
            default ->
                throw new Fault(
                        FaultKind.INVALID_VALUE,
                        "'api' is '" + Fault.shown(String.valueOf(name)) + "'; give chat, responses or messages",
                        "api");
        };
    }

    private void explain(Exchange exchange, ChatBody body, Explanation explanation) throws Fault {
        Wishes wishes = wishes(body, exchange);
        Tagging given = chooser.given(wishes);
        if (given == null && modelTagger != null) {
            modelTagger.tag(
                    body.query(),
                    tagging -> attempt(exchange, () -> explain(exchange, body, wishes, tagging, explanation)));
        } else {
            explain(exchange, body, wishes, given, explanation);
        }
    }

    private void explain(
            Exchange exchange, ChatBody body, Wishes wishes, @Nullable Tagging tagging, Explanation explanation)
            throws Fault {
        Chooser.Explained explained = chooser.explain(body, wishes, tagging);
        String json = explanation
                .of(explained.routing(), tagging, explained.withoutEvidence(), explained.requested())
                .toString();
        exchange.answer(200, "application/json", json);
    }

    /** Something to be done for a request. */
    interface Work {
        void run() throws Fault;
    }

    /** Does what is to be done; what goes wrong is told the client. */
    static void attempt(Exchange exchange, Work work) {
        try {
            work.run();
        } catch (Fault fault) {
            exchange.fail(fault);
        } catch (RuntimeException e) {
            System.getLogger(ChatFlow.class.getName()).log(System.Logger.Level.ERROR, "a request failed", e);
            exchange.fail(new Fault(FaultKind.INTERNAL, "the gateway failed; its log says why", null));
        }
    }
}
