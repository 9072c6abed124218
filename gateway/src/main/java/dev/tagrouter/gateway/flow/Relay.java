package dev.tagrouter.gateway.flow;

import dev.tagrouter.gateway.upstream.UpstreamAnswer;
import dev.tagrouter.gateway.upstream.UpstreamCall;
import dev.tagrouter.gateway.upstream.UpstreamFailure;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Hands an upstream's answer on to the client as it comes, at the client's pace, without reading it. */
final class Relay implements UpstreamAnswer {
    private final Exchange exchange;
    private final Choice choice;
    private final String decisionId;
    private final String profileId;
    private final long startNanos;
    private @Nullable UpstreamCall call;
    private boolean events;
    private long overheadNanos;

    /** @param startNanos when the request's last byte was there */
    Relay(Exchange exchange, Choice choice, String decisionId, String profileId, long startNanos) {
        this.exchange = exchange;
        this.choice = choice;
        this.decisionId = decisionId;
        this.profileId = profileId;
        this.startNanos = startNanos;
    }

    /** The call whose answer this is: cancelled when the client goes away. */
    void follow(UpstreamCall under) {
        call = under;
        exchange.onAbort(under::cancel);
        if (exchange.over()) {
            under.cancel();
        }
    }

    @Override
    public void sent() {
        overheadNanos = System.nanoTime() - startNanos;
        exchange.overhead(overheadNanos);
    }

    @Override
    public void head(int status, MultiMap headers) {
        HttpServerResponse response = exchange.response();
        MultiMap out = Headers.toClient(headers);
        response.setStatusCode(status).headers().setAll(out);
        putDecision(response);
        boolean sized = out.contains("content-length");
        response.setChunked(!sized);
        String type = out.get("content-type");
        events = !sized
                && !out.contains("content-encoding")
                && type != null
                && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    }

    private void putDecision(HttpServerResponse response) {
        DecisionHeaders.put(response.headers(), choice, decisionId, profileId, overheadNanos);
    }

    @Override
    public void chunk(Buffer data) {
        HttpServerResponse response = exchange.response();
        if (exchange.over()) {
            return;
        }
        response.write(data);
        UpstreamCall under = call;
        if (under != null && response.writeQueueFull()) {
            under.pause();
            response.drainHandler(drained -> under.resume());
        }
    }

    @Override
    public void end() {
        if (!exchange.over()) {
            exchange.response().end();
        }
    }

    @Override
    public void failed(UpstreamFailure failure) {
        exchange.telemetry()
                .upstreamFailed(choice.model().upstream(), failure.kind().label());
        if (call != null) {
            // Over by itself but where the answer broke in translation.
            call.cancel();
        }
        HttpServerResponse response = exchange.response();
        if (exchange.over()) {
            return;
        }
        Fault fault = new Fault(
                failure.kind().isTimeout() ? FaultKind.UPSTREAM_TIMEOUT : FaultKind.UPSTREAM_UNAVAILABLE,
                failure.message(),
                null);
        if (failure.kind() == UpstreamFailure.Kind.CLIENT_STALLED) {
            // An error event would only join what the client does not read.
            exchange.request().connection().close();
        } else if (!response.headWritten()) {
            putDecision(response);
            exchange.fail(fault);
        } else if (events) {
            response.end(Buffer.buffer("\n\n" + fault.event(exchange.errorShape())));
        } else {
            exchange.request().connection().close();
        }
    }
}
