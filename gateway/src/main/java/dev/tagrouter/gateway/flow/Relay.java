package dev.tagrouter.gateway.flow;

import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.config.UpstreamConfig;
import dev.tagrouter.gateway.dialect.Dialect;
import dev.tagrouter.gateway.dialect.Translated;
import dev.tagrouter.gateway.dialect.Untranslatable;
import dev.tagrouter.gateway.upstream.UpstreamAnswer;
import dev.tagrouter.gateway.upstream.UpstreamCall;
import dev.tagrouter.gateway.upstream.UpstreamFailure;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Hands an upstream's answer on to the client as it comes, at the client's pace, without reading it. Until its first
 * byte another upstream can be asked instead; the client gets to see the last one's answer only.
 */
final class Relay implements UpstreamAnswer, Exchange.Answerer {
    private static final long UNKNOWN = -1;

    private final Forwarder forwarder;
    private final Exchange exchange;
    private final String decisionId;
    private final long startNanos;
    private final long deadlineNanos;
    private Choice choice;
    /** Kept for another call until the first byte is there. */
    private @Nullable ChatBody body;

    private @Nullable Lane lane;
    private @Nullable UpstreamCall call;
    /** Whom the call tells: this, or who translates for this. */
    private UpstreamAnswer answer = this;

    private @Nullable Attempts attempts;
    private int calls;
    /** Another model answers than the one chosen, or named, at first. */
    private boolean turned;
    /** How the last call failed, to be told where nobody is left to ask. */
    private @Nullable UpstreamFailure lastFailure;

    private boolean onTrial;
    /** The breaker knows already how this call ended. */
    private boolean told;

    private boolean events;
    /** The client speaks HTTP/1.0, and only the connection's end will tell it the answer's. */
    private boolean endsWithConnection;

    /** How many bytes of the body are still to come. */
    private long left = UNKNOWN;

    private long overheadNanos = -1;

    /**
     * @param startNanos when the request's last byte was there
     * @param deadlineNanos when its answer must be complete
     */
    Relay(
            Forwarder forwarder,
            Exchange exchange,
            ChatBody body,
            Choice choice,
            String decisionId,
            long startNanos,
            long deadlineNanos) {
        this.forwarder = forwarder;
        this.exchange = exchange;
        this.body = body;
        this.choice = choice;
        this.decisionId = decisionId;
        this.startNanos = startNanos;
        this.deadlineNanos = deadlineNanos;
    }

    /** Calls an upstream; the call is cancelled when the client goes away. */
    void call(Lane next) {
        ChatBody toSend = body;
        if (exchange.over() || toSend == null) {
            return;
        }
        MultiMap headers = Headers.toUpstream(exchange.request().headers());
        UpstreamConfig upstream = next.client().config();
        Buffer bytes = toSend.forUpstream(next.upstreamModelJson());
        if (Dialect.isPlain(upstream, toSend.api())) {
            call(next, toSend.api(), headers, bytes, this);
            return;
        }
        Translating.then(
                forwarder,
                exchange,
                upstream,
                toSend.api(),
                bytes,
                translation -> callTranslated(next, headers, translation));
    }

    private void callTranslated(Lane next, MultiMap headers, Translating translation) {
        try {
            Translated translated = translation.of();
            Headers.forTranslation(headers);
            call(next, translated.api(), headers, translated.body(), translated.answerTo(this));
        } catch (Untranslatable e) {
            if (elsewhere(next)) {
                return;
            }
            if (lastFailure == null) {
                exchange.fail(new Fault(FaultKind.UNSUPPORTED_VALUE, e.text(), e.param()));
            } else {
                // That nobody else can be asked is not what went wrong.
                tell(lastFailure);
            }
        }
    }

    /** Turns to whom can be asked in the place of one that cannot; false where nobody can, or no way to the named model. */
    private boolean elsewhere(Lane mute) {
        Attempts tries = attempts();
        tries.bar(mute);
        boolean isAsNamed = choice.routing() == null && !turned && lastFailure == null;
        if (isAsNamed && tries.isBarred(choice.model())) {
            return false;
        }
        long now = System.nanoTime();
        return goOn(tries.instead(calls, deadlineNanos - now, now));
    }

    private void call(Lane next, Api api, MultiMap headers, Buffer bytes, UpstreamAnswer toldTo) {
        lane = next;
        told = false;
        onTrial = next.breaker().begins(System.nanoTime());
        answer = toldTo;
        int number = ++calls;
        exchange.calls(number);
        UpstreamCall under = next.client().call(api, headers, bytes, deadlineNanos, toldTo);
        // A call may fail before this line, and another one be under way.
        if (number == calls) {
            call = under;
            exchange.answeredBy(this);
        }
    }

    /** Calls whom the ranking names next, because the chosen model is to be left alone. */
    void avoid() {
        goOn(attempts().first(System.nanoTime()));
    }

    /** Calls again, or another upstream, after a failure; false where nothing is left to try. */
    private boolean another(Attempts.Failed failed) {
        if (exchange.over() || body == null) {
            return false;
        }
        long now = System.nanoTime();
        Attempts.Next next = attempts().next(failed, calls, deadlineNanos - now, now);
        if (next != null && next.model().equals(choice.model())) {
            exchange.telemetry().retried(failed.lane().upstream());
        }
        return goOn(next);
    }

    private boolean goOn(Attempts.@Nullable Next next) {
        if (next == null) {
            return false;
        }
        turnTo(next.model());
        if (next.pauseNanos() == 0) {
            call(next.lane());
        } else {
            forwarder.after(next.pauseNanos(), () -> call(next.lane()));
        }
        return true;
    }

    private Attempts attempts() {
        Attempts begun = attempts;
        if (begun == null) {
            Api api = Objects.requireNonNull(body, "the answer has begun").api();
            begun = new Attempts(forwarder, Ranking.of(forwarder.catalog(), choice, api));
            attempts = begun;
        }
        return begun;
    }

    private void turnTo(Served model) {
        if (!model.equals(choice.model())) {
            exchange.telemetry().fellBack(choice.model().name(), model.name());
            choice = choice.insteadBy(model, usualCostUsd(model));
            turned = true;
            exchange.chosen(choice, decisionId);
        }
    }

    /** What a model's answer costs on average. */
    private @Nullable Double usualCostUsd(Served model) {
        return body == null ? null : model.expectedCostUsd(body.query().inputTokens());
    }

    @Override
    public void sent() {
        if (overheadNanos < 0) {
            overheadNanos = System.nanoTime() - startNanos;
            exchange.overhead(overheadNanos);
        }
    }

    @Override
    public boolean refuses(int status, MultiMap headers) {
        Lane failed = lane;
        boolean refusesUs = UpstreamFailure.refusesTheGateway(status);
        if (failed == null || !(refusesUs || isWorthRepeating(status))) {
            return false;
        }
        exchange.telemetry().upstreamFailed(failed.upstream(), "status_" + status);
        told = true;
        long now = System.nanoTime();
        failed.breaker().failed(onTrial, now);
        lastFailure = failed.client().refusal(status);
        if (refusesUs) {
            // Key and account are the operator's: the client reads nothing of what the upstream says of them.
            if (!another(new Attempts.Failed(failed, false, /* isRefused= */ true, 0)) && !exchange.over()) {
                tell(lastFailure);
            }
            return true;
        }
        long retryAfterNanos = forwarder.retryAfterNanos(headers.get("retry-after"));
        if (retryAfterNanos > 0) {
            failed.breaker().restsFor(retryAfterNanos, now);
        }
        return another(new Attempts.Failed(failed, true, /* isRefused= */ false, retryAfterNanos));
    }

    /** Whether the same request may be answered otherwise in a moment, or by somebody else. */
    private static boolean isWorthRepeating(int status) {
        return status >= 429
                && switch (status) {
                    case 429, 500, 502, 503, 504, 529 -> true;
                    default -> false;
                };
    }

    @Override
    public void head(int status, MultiMap headers) {
        if (exchange.over()) {
            return;
        }
        body = null;
        if (status < 400 && choice.session() != null && lane != null) {
            choice.session().answeredBy(choice.model(), lane.upstream());
        }
        HttpServerResponse response = exchange.response();
        MultiMap out = response.setStatusCode(status).headers();
        Headers.toClient(headers, out);
        putDecision(response);
        String length = out.get("content-length");
        boolean sized = length != null;
        left = sized ? Long.parseLong(length) : UNKNOWN;
        response.setChunked(!sized);
        endsWithConnection = !sized && exchange.request().version() == HttpVersion.HTTP_1_0;
        String type = out.get("content-type");
        events = !sized
                && !out.contains("content-encoding")
                && type != null
                && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    }

    private void putDecision(HttpServerResponse response) {
        DecisionHeaders.put(
                response.headers(),
                choice,
                decisionId,
                forwarder.catalog().profile().id(),
                Math.max(0, overheadNanos),
                calls);
    }

    @Override
    public void chunk(Buffer data) {
        HttpServerResponse response = exchange.response();
        if (exchange.over()) {
            return;
        }
        if (data.length() == left) {
            // The whole of it, or its end, in one write instead of two; the upstream says in a moment that it is
            // complete.
            response.end(data);
            return;
        }
        left = Math.max(UNKNOWN, left - data.length());
        response.write(data);
        UpstreamCall under = call;
        if (under != null && response.writeQueueFull()) {
            under.pause();
            response.drainHandler(drained -> under.resume());
        }
    }

    @Override
    public void end() {
        if (!told && lane != null) {
            lane.breaker().succeeded(onTrial);
        }
        if (!exchange.over()) {
            exchange.response().end();
            hangUpIfThatIsTheEnd();
        }
    }

    private void hangUpIfThatIsTheEnd() {
        if (endsWithConnection) {
            exchange.hangUp();
        }
    }

    @Override
    public void failed(UpstreamFailure failure) {
        Lane failed = lane;
        if (failed == null) {
            throw new IllegalStateException("a call failed that was never made");
        }
        if (call != null) {
            // Over by itself but where the answer broke in translation.
            call.cancel();
        }
        exchange.telemetry().upstreamFailed(failed.upstream(), failure.kind().label());
        boolean upstreams = failure.kind().isUpstreams();
        if (upstreams && !told) {
            failed.breaker().failed(onTrial, System.nanoTime());
        }
        if (exchange.over()) {
            return;
        }
        boolean inTime = !failure.kind().isTimeout();
        lastFailure = failure;
        if (upstreams && another(Attempts.Failed.of(failed, inTime))) {
            return;
        }
        tell(failure);
    }

    @Override
    public void clientGone() {
        if (call != null) {
            call.cancel();
        }
    }

    @Override
    public void stop() {
        clientGone();
        if (exchange.response().headWritten()) {
            exchange.cutShort("stopped");
        }
        tell(new UpstreamFailure(
                UpstreamFailure.Kind.TOTAL_TIMEOUT,
                "the gateway stops, and the answer took longer than server.timeouts.drain lets it; ask again"));
    }

    private void tell(UpstreamFailure failure) {
        body = null;
        HttpServerResponse response = exchange.response();
        Fault fault = new Fault(
                failure.kind().isTimeout() ? FaultKind.UPSTREAM_TIMEOUT : FaultKind.UPSTREAM_UNAVAILABLE,
                failure.message(),
                null);
        if (response.headWritten()) {
            exchange.cutShort(failure.kind().label());
        }
        if (failure.kind() == UpstreamFailure.Kind.CLIENT_STALLED) {
            // An error event would only join what the client does not read.
            exchange.cutOff();
        } else if (!response.headWritten()) {
            putDecision(response);
            exchange.fail(fault);
        } else if (events) {
            Buffer last = answer.brokenOff(fault.kind().code(), failure.message());
            // Without a translation what came before may end within an event.
            response.end(last == null ? Buffer.buffer("\n\n" + fault.event(exchange.errorShape())) : last);
            hangUpIfThatIsTheEnd();
        } else {
            exchange.hangUp();
        }
    }
}
