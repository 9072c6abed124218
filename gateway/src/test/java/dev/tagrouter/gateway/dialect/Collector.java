package dev.tagrouter.gateway.dialect;

import dev.tagrouter.gateway.upstream.UpstreamAnswer;
import dev.tagrouter.gateway.upstream.UpstreamFailure;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A client that keeps what it is told, and holds the teller to the order that is promised. */
final class Collector implements UpstreamAnswer {
    final Buffer body = Buffer.buffer();
    int status;
    boolean ended;

    @Nullable
    UpstreamFailure failure;

    @Override
    public void sent() {}

    @Override
    public boolean refuses(int toldStatus, MultiMap headers) {
        return false;
    }

    @Override
    public void head(int toldStatus, MultiMap headers) {
        require(status == 0 && !isOver(), "a second head, or one after the end");
        status = toldStatus;
    }

    @Override
    public void chunk(Buffer data) {
        require(status != 0 && !isOver(), "a piece before the head or after the end");
        body.appendBuffer(data);
    }

    @Override
    public void end() {
        require(status != 0 && !isOver(), "an end without a head, or a second one");
        ended = true;
    }

    @Override
    public void failed(UpstreamFailure told) {
        require(!isOver(), "a failure after the end");
        failure = told;
    }

    boolean isOver() {
        return ended || failure != null;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
