package dev.tagrouter.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.gateway.config.UpstreamConfig;
import dev.tagrouter.gateway.upstream.UpstreamAnswer;
import dev.tagrouter.gateway.upstream.UpstreamFailure;
import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings an upstream's answer into the client's API on its way. A stream goes through event by event, at the client's
 * pace; what comes whole is kept until it is complete.
 *
 * <p>The head is told with the first thing to say, so that an upstream that begins with an error is a clean failure.
 */
final class TranslatedAnswer implements UpstreamAnswer {
    /** An answer that comes whole is kept in memory. */
    private static final int MOST_BYTES = 64 << 20;

    /** A client, or a proxy before it, gives up a stream that is silent: some after a minute. */
    private static final long MOST_SILENT_MILLIS = 10_000;

    private static final String DONE = "[DONE]";

    private final InstantSource clock;
    private final UpstreamConfig upstream;
    private final Translation translation;
    private final UpstreamAnswer client;
    private final Translation.Stream stream;
    private final Events out = new Events();
    private final SseReader reader = new SseReader(this::event);
    private final Buffer whole = Buffer.buffer();
    private MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    private int status;
    private boolean streams;
    private boolean headTold;
    /** When the client was last told something. */
    private long saidMillis;

    private boolean finished;
    /** The client was told a stream's last event, and only its end is missing. */
    private boolean saidAll;

    private boolean over;

    /** @param clock by which an upstream is at work without anything for the client */
    TranslatedAnswer(InstantSource clock, UpstreamConfig upstream, Translation translation, UpstreamAnswer client) {
        this.clock = clock;
        this.upstream = upstream;
        this.translation = translation;
        this.client = client;
        this.stream = translation.stream();
    }

    private interface Step {
        void run() throws Garbled;
    }

    @Override
    public void sent() {
        client.sent();
    }

    /** Statuses are the same in every API. */
    @Override
    public boolean refuses(int upstreamStatus, MultiMap upstreamHeaders) {
        return client.refuses(upstreamStatus, upstreamHeaders);
    }

    @Override
    public void head(int upstreamStatus, MultiMap upstreamHeaders) {
        status = upstreamStatus;
        attempt(() -> {
            String encoding = upstreamHeaders.get("content-encoding");
            if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
                throw new Garbled("it is encoded, though no encoding was offered");
            }
        });
        String type = upstreamHeaders.get("content-type");
        streams = isSuccess() && type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
        headers = MultiMap.caseInsensitiveMultiMap().addAll(upstreamHeaders);
        headers.remove("content-length").remove("content-encoding");
        headers.set("content-type", streams ? "text/event-stream; charset=utf-8" : "application/json");
    }

    private boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    @Override
    public void chunk(Buffer data) {
        attempt(() -> {
            if (streams) {
                reader.read(data);
                pingIfSilent();
                flush();
            } else {
                if (whole.length() + data.length() > MOST_BYTES) {
                    throw new Garbled("it is longer than " + MOST_BYTES + " bytes");
                }
                whole.appendBuffer(data);
            }
        });
    }

    private void event(String name, String data) throws Garbled {
        if (finished || over) {
            return;
        }
        if (data.equals(DONE)) {
            stream.done();
            finish();
            return;
        }
        JsonNode json = Json.read(data);
        if (json == null || !json.isObject()) {
            throw new Garbled("it holds an event that is no JSON object");
        }
        if (Json.has(json, "error")) {
            flush();
            UpstreamError error = UpstreamError.ofEvent(json);
            fail(
                    UpstreamFailure.Kind.REPORTED,
                    "upstream '" + upstream.name() + "' reported " + error.type() + ": " + error.message());
        } else {
            stream.event(json, out);
        }
    }

    private void finish() throws Garbled {
        if (!finished) {
            finished = true;
            stream.finish(out);
            saidAll = true;
        }
    }

    /** Only as something comes, so that an upstream that is silent itself is still found out. */
    private void pingIfSilent() {
        // A clock that was set back counts too.
        if (headTold && !finished && out.isEmpty() && Math.abs(clock.millis() - saidMillis) >= MOST_SILENT_MILLIS) {
            stream.ping(out);
        }
    }

    private void flush() {
        Buffer said = out.take();
        if (said.length() > 0 && !over) {
            if (!headTold) {
                headTold = true;
                client.head(status, headers);
            }
            client.chunk(said);
            // Never before who else translates it on its way.
            saidMillis = clock.millis();
        }
    }

    @Override
    public void end() {
        attempt(() -> {
            if (streams) {
                reader.end();
                if (!over) {
                    finish();
                }
                flush();
                complete();
            } else if (whole.length() <= Dialect.AT_ONCE_BYTES) {
                tell(translated());
            } else {
                Objects.requireNonNull(Vertx.currentContext(), "answers come on an event loop")
                        .executeBlocking(this::translated, false)
                        .onComplete(done -> attempt(() -> tell(result(done))));
            }
        });
    }

    private void complete() {
        if (!over) {
            client.end();
            // Only now: where the line above throws, the client has yet to be told that it failed.
            over = true;
        }
    }

    private static Buffer result(AsyncResult<Buffer> done) throws Garbled {
        if (done.cause() instanceof Garbled garbled) {
            throw garbled;
        }
        if (done.failed()) {
            throw new Garbled(failedWith(done.cause()));
        }
        return done.result();
    }

    private Buffer translated() throws Garbled {
        return isSuccess() ? answer() : error();
    }

    private Buffer answer() throws Garbled {
        ObjectNode answer = Json.read(whole.getBytes());
        if (answer == null) {
            throw new Garbled("it is no JSON object");
        }
        return Json.bytes(translation.answer(answer));
    }

    private Buffer error() {
        UpstreamError error = UpstreamError.read(status, whole.getBytes());
        return Buffer.buffer(translation.errorShape().body(status, error.message(), error.type(), null, error.code()));
    }

    private void tell(Buffer body) {
        headers.set("content-length", Integer.toString(body.length()));
        headTold = true;
        client.head(status, headers);
        client.chunk(body);
        complete();
    }

    @Override
    public void failed(UpstreamFailure failure) {
        if (saidAll && !over) {
            // What breaks behind the last word takes nothing from it.
            flush();
            complete();
        } else if (!over) {
            over = true;
            client.failed(failure);
        }
    }

    @Override
    public @Nullable Buffer brokenOff(String code, String message) {
        if (saidAll) {
            return out.take();
        }
        if (headTold && streams) {
            stream.breakOff(code, message, out);
        }
        Buffer said = out.take();
        return said.length() > 0 ? said : client.brokenOff(code, message);
    }

    private void attempt(Step step) {
        if (over) {
            return;
        }
        try {
            step.run();
        } catch (Garbled e) {
            misunderstood(e.text());
        } catch (RuntimeException e) {
            misunderstood(failedWith(e));
        }
    }

    private static String failedWith(Throwable e) {
        return "translating it failed with " + e.getClass().getSimpleName();
    }

    private void misunderstood(String why) {
        flush();
        fail(
                UpstreamFailure.Kind.MALFORMED,
                "upstream '" + upstream.name() + "' gave an answer that cannot be understood: " + why
                        + "; look at its log and try again");
    }

    private void fail(UpstreamFailure.Kind kind, String message) {
        failed(new UpstreamFailure(kind, message));
    }
}
