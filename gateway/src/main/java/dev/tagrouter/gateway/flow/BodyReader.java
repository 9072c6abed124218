package dev.tagrouter.gateway.flow;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Reads a request's body up to a limit. */
final class BodyReader {
    /** Who gets the complete body. */
    interface Complete {
        void accept(Buffer body);
    }

    private final Exchange exchange;
    private final int maxBytes;
    private Buffer body = Buffer.buffer();
    private boolean refused;

    BodyReader(Exchange exchange, int maxBytes) {
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
        if (isTooLong(request.getHeader("content-length"))) {
            refuse();
            return;
        }
        String expectation = request.getHeader("expect");
        if (expectation != null) {
            answer(expectation, request);
        }
    }

    /** The decoder lets only digits through, of which there may be more than fit a number. */
    private boolean isTooLong(@Nullable String length) {
        if (length == null) {
            return false;
        }
        try {
            return Long.parseLong(length) > maxBytes;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    /** Only here, where nothing speaks against the request any more, is a body asked for that was held back. */
    private void answer(String expectation, HttpServerRequest request) {
        if (!expectation.equalsIgnoreCase("100-continue")) {
            refused = true;
            exchange.fail(new Fault(
                    FaultKind.EXPECTATION_FAILED,
                    "the only expectation that can be met is 100-continue; send that or none",
                    null));
        } else if (request.version() == HttpVersion.HTTP_1_1) {
            request.response().writeContinue();
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

    /** Answers at once; what still comes is thrown away. */
    private void refuse() {
        refused = true;
        body = Buffer.buffer();
        exchange.fail(new Fault(
                FaultKind.BODY_TOO_LARGE,
                "the body is longer than " + maxBytes + " bytes; send less or raise server.max_body_bytes",
                null));
    }
}
