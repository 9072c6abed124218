package dev.tagrouter.gateway.api;

import dev.tagrouter.gateway.flow.Exchange;
import dev.tagrouter.gateway.flow.Fault;
import dev.tagrouter.gateway.flow.FaultKind;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/** The answer to what is no HTTP request that could be served; the connection is closed after it. */
final class Undecoded {
    private Undecoded() {}

    static void refuse(Exchange exchange) {
        exchange.request().response().putHeader("connection", "close");
        exchange.fail(fault(exchange.request().decoderResult().cause()));
    }

    private static Fault fault(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new Fault(FaultKind.URI_TOO_LONG, "the request line is too long; send the data as the body", null);
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new Fault(
                    FaultKind.HEADERS_TOO_LARGE, "the headers are too large; send fewer or shorter ones", null);
        }
        return new Fault(
                FaultKind.INVALID_HTTP,
                "the request is not valid HTTP/1.1; check its request line, headers and lengths",
                null);
    }
}
