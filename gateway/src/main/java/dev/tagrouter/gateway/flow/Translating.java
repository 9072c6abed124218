package dev.tagrouter.gateway.flow;

import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.config.UpstreamConfig;
import dev.tagrouter.gateway.dialect.Dialect;
import dev.tagrouter.gateway.dialect.Translated;
import dev.tagrouter.gateway.dialect.Untranslatable;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** A request in an upstream's words: said when asked for, or beside the event loop before, where it is long. */
interface Translating {
    /** @throws Untranslatable what the upstream cannot be asked */
    Translated of() throws Untranslatable;

    /**
     * Goes on with a translation, at once or later on the same event loop; not where the exchange is over by then.
     *
     * @param bytes the body in the client's API
     */
    static void then(
            Forwarder forwarder,
            Exchange exchange,
            UpstreamConfig upstream,
            Api api,
            Buffer bytes,
            Consumer<Translating> go) {
        Translating translation = () -> forwarder.dialect().translate(upstream, api, bytes);
        if (bytes.length() <= Dialect.AT_ONCE_BYTES) {
            go.accept(translation);
            return;
        }
        forwarder.vertx().executeBlocking(translation::of, false).onComplete(done -> {
            if (!exchange.over()) {
                ChatFlow.attempt(exchange, () -> go.accept(() -> result(done)));
            }
        });
    }

    private static Translated result(AsyncResult<Translated> done) throws Untranslatable {
        if (done.cause() instanceof Untranslatable e) {
            throw e;
        }
        if (done.failed()) {
            throw new IllegalStateException("a request was not translated", done.cause());
        }
        return done.result();
    }
}
