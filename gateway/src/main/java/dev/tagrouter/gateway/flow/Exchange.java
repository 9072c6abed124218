package dev.tagrouter.gateway.flow;

import dev.tagrouter.gateway.dialect.ErrorShape;
import dev.tagrouter.gateway.telemetry.Telemetry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request and its answer: knows what to log when it is over, however it ends. Lives on one event loop. */
public final class Exchange {
    private static final int CLIENT_WENT_AWAY = 499;
    private static final String CLIENT_GONE = "client_gone";
    /** The methods that are logged by name: others are whatever a client wrote. */
    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS,
            HttpMethod.PATCH);

    private final HttpServerRequest request;
    private final String path;
    private final ErrorShape errorShape;
    private final Telemetry telemetry;
    private final ClientWatch watch;
    private final Runnable whenOver;
    private final long startNanos = System.nanoTime();
    private long overheadNanos = -1;
    private int calls;
    private String model = "none";
    private String reason = "none";
    private String decisionId = "-";
    private String cutShort = "";
    private boolean over;
    private @Nullable Answerer answerer;

    /** Who is at work on the answer. */
    interface Answerer {
        /** The client went away before the answer was complete. */
        void clientGone();

        /** The gateway stops, and waits no longer. */
        void stop();
    }

    /**
     * @param path the endpoint's path as metrics name it
     * @param errorShape in which a fault is told
     * @param whenOver told once, when the answer is complete or the client gone
     */
    public Exchange(
            HttpServerRequest request,
            String path,
            ErrorShape errorShape,
            Telemetry telemetry,
            ClientWatch watch,
            Runnable whenOver) {
        this.request = request;
        this.path = path;
        this.errorShape = errorShape;
        this.telemetry = telemetry;
        this.watch = watch;
        this.whenOver = whenOver;
        HttpServerResponse response = request.response();
        response.endHandler(end -> finish(response.getStatusCode()));
        response.closeHandler(close -> {
            if (!over) {
                if (response.headWritten()) {
                    cutShort(CLIENT_GONE);
                }
                Answerer atWork = answerer;
                finish(response.headWritten() ? response.getStatusCode() : CLIENT_WENT_AWAY);
                if (atWork != null) {
                    atWork.clientGone();
                }
            }
        });
        response.exceptionHandler(e -> {});
        request.exceptionHandler(this::broken);
        watch.serves(this);
    }

    /** A client that went away needs no answer; one whose body cannot be decoded gets to know it. */
    private void broken(Throwable cause) {
        if (!(cause instanceof HttpClosedException) && !(cause instanceof IOException)) {
            fail(new Fault(
                    FaultKind.INVALID_HTTP, "the body is not what its headers say it is; send valid chunks", null));
        }
    }

    private void finish(int status) {
        if (!over) {
            over = true;
            // The connection keeps this until its next request: not the bodies, too.
            answerer = null;
            telemetry.finished(new Telemetry.Finished(
                    METHODS.contains(request.method()) ? request.method().name() : "OTHER",
                    path,
                    status,
                    model,
                    reason,
                    decisionId,
                    calls,
                    overheadNanos,
                    System.nanoTime() - startNanos,
                    cutShort));
            whenOver.run();
        }
    }

    public HttpServerRequest request() {
        return request;
    }

    HttpServerResponse response() {
        return request.response();
    }

    ErrorShape errorShape() {
        return errorShape;
    }

    Telemetry telemetry() {
        return telemetry;
    }

    /** Whether the answer is complete or the client is gone. */
    boolean over() {
        return over || response().closed();
    }

    void chosen(Choice choice, String id) {
        decisionId = id;
        model = choice.model().name();
        reason = choice.reason();
    }

    /** How often upstreams have been called for it. */
    void calls(int number) {
        calls = number;
    }

    void overhead(long nanos) {
        overheadNanos = nanos;
    }

    void answeredBy(Answerer newAnswerer) {
        answerer = newAnswerer;
    }

    /** The answer will not be complete, though its status may be that of one that is: the first cause is logged. */
    void cutShort(String cause) {
        cutShort = cutShort.isEmpty() ? cause : cutShort;
    }

    /** The gateway stops, and waits no longer. */
    void stop() {
        if (over()) {
            return;
        }
        if (answerer != null) {
            answerer.stop();
        } else {
            fail(new Fault(FaultKind.UPSTREAM_TIMEOUT, "the gateway stops, and has asked nobody yet; ask again", null));
        }
    }

    /** Closes the client's connection once it has read what was said. */
    void hangUp() {
        watch.close(request.connection());
    }

    /** Closes the client's connection at once, whether it has read what was said or not. */
    void cutOff() {
        ClientWatch.shut(request.connection());
    }

    /** Answers with a fault, unless an answer has begun or nobody waits for it. */
    public void fail(Fault fault) {
        answer(fault.kind().status(), "application/json", fault.body(errorShape));
    }

    /** Answers with a text. */
    public void answer(int status, String contentType, String text) {
        HttpServerResponse response = response();
        if (over() || response.headWritten()) {
            return;
        }
        response.setStatusCode(status).putHeader("content-type", contentType).end(Buffer.buffer(text));
    }
}
