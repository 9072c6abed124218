package dev.tagrouter.gateway.flow;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Reads a request's body up to a limit. */
final class BodyReader {
    private static final long DRAIN_MILLIS = 5000;

    /** Who gets the complete body. */
    interface Complete {
        void accept(Buffer body);
    }

    private final Vertx vertx;
    private final Exchange exchange;
    private final int maxBytes;
    private Buffer body = Buffer.buffer();
    private boolean refused;

    BodyReader(Vertx vertx, Exchange exchange, int maxBytes) {
        this.vertx = vertx;
        this.exchange = exchange;
        this.maxBytes = maxBytes;
    }

    void read(Complete complete) {
        HttpServerRequest request = exchange.request();
        request.handler(this::add);
        request.endHandler(end -> {
            if (!refused) {
                complete.accept(body);
            }
        });
        String length = request.getHeader("content-length");
        if (length != null && length.length() <= 18 && Long.parseLong(length) > maxBytes) {
            refuse();
        }
    }

    private void add(Buffer chunk) {
        if (refused) {
            return;
        }
        if (body.length() + chunk.length() > maxBytes) {
            refuse();
        } else {
            body.appendBuffer(chunk);
        }
    }

    /** Answers at once; what still comes is thrown away for a while, so that the client gets to read the answer. */
    private void refuse() {
        refused = true;
        body = Buffer.buffer();
        exchange.fail(new Fault(
                FaultKind.BODY_TOO_LARGE,
                "the body is longer than " + maxBytes + " bytes; send less or raise server.max_body_bytes",
                null));
        HttpServerRequest request = exchange.request();
        vertx.setTimer(DRAIN_MILLIS, late -> {
            if (!request.isEnded()) {
                request.connection().close();
            }
        });
    }
}
