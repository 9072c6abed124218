package dev.tagrouter.gateway.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.core.Routing;
import dev.tagrouter.gateway.upstream.UpstreamClient;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The path of a chat request: read, parse, choose, forward, relay. One for each event loop. */
public final class ChatFlow {
    private final int maxBodyBytes;
    private final Chooser chooser;
    private final Map<String, UpstreamClient> upstreams;
    private final Supplier<String> decisionIds;

    /** Turns a routing into what a client sees of it. */
    public interface Explanation {
        ObjectNode of(Routing routing, List<String> withoutEvidence, @Nullable String requested);
    }

    /** @param upstreams this event loop's clients by the upstreams' names */
    public ChatFlow(
            int maxBodyBytes, Chooser chooser, Map<String, UpstreamClient> upstreams, Supplier<String> decisionIds) {
        this.maxBodyBytes = maxBodyBytes;
        this.chooser = chooser;
        this.upstreams = Map.copyOf(upstreams);
        this.decisionIds = decisionIds;
    }

    /** Answers a chat request by the model chosen for it. */
    public void chat(Exchange exchange) {
        new BodyReader(exchange, maxBodyBytes)
                .read(bytes -> attempt(exchange, () -> {
                    long startNanos = System.nanoTime();
                    ChatBody body = BodyParser.parse(bytes);
                    Choice choice = chooser.choose(body, exchange.request().headers());
                    String decisionId = decisionIds.get();
                    exchange.chosen(choice, decisionId);
                    if (choice.routing() != null) {
                        Routing routing = choice.routing();
                        exchange.telemetry().decided(routing.tagNanos() + routing.scoreNanos() + routing.decideNanos());
                    }
                    forward(exchange, body, choice, decisionId, startNanos);
                }));
    }

    private void forward(Exchange exchange, ChatBody body, Choice choice, String decisionId, long startNanos) {
        UpstreamClient upstream = upstreams.get(choice.model().upstream());
        if (upstream == null) {
            throw new IllegalStateException(
                    "no client for upstream " + choice.model().upstream());
        }
        MultiMap headers = Headers.toUpstream(exchange.request().headers());
        Buffer forUpstream = body.forUpstream(choice.model().upstreamModelJson());
        Relay relay = new Relay(
                exchange, choice, decisionId, chooser.catalog().profile().id(), startNanos);
        relay.follow(upstream.chat(headers, forUpstream, relay));
    }

    /** Explains how a chat request would be routed; nobody is called. */
    public void explain(Exchange exchange, Explanation explanation) {
        new BodyReader(exchange, maxBodyBytes)
                .read(bytes -> attempt(exchange, () -> {
                    ChatBody body = BodyParser.parse(bytes);
                    Chooser.Explained explained =
                            chooser.explain(body, exchange.request().headers());
                    exchange.answer(
                            200,
                            "application/json",
                            explanation
                                    .of(explained.routing(), explained.withoutEvidence(), explained.requested())
                                    .toString());
                }));
    }

    private interface Step {
        void run() throws Fault;
    }

    private static void attempt(Exchange exchange, Step step) {
        try {
            step.run();
        } catch (Fault fault) {
            exchange.fail(fault);
        } catch (RuntimeException e) {
            System.getLogger(ChatFlow.class.getName()).log(System.Logger.Level.ERROR, "a request failed", e);
            exchange.fail(new Fault(FaultKind.INTERNAL, "the gateway failed; its log says why", null));
        }
    }
}
