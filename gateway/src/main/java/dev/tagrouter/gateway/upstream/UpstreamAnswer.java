package dev.tagrouter.gateway.upstream;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Who is told what an upstream answers: sent, then whether it is refused, then head, then
 * chunks, then end; or failed instead of what is left.
 */
public interface UpstreamAnswer {
    /** The request is on its way. */
    void sent();

    /**
     * The answer's head is there. Where this says true, nothing more of the answer is told: whoever is told has begun
     * another call instead.
     */
    boolean refuses(int status, MultiMap headers);

    /** The answer begins: its first byte is there, or it has no body. */
    void head(int status, MultiMap headers);

    /** A piece of the body, as it came. */
    void chunk(Buffer data);

    /** The answer is complete. */
    void end();

    /** Nothing more will come. */
    void failed(UpstreamFailure failure);

    /**
     * What is said last to the client of a stream that has begun and breaks off, where that is known from what was said
     * before; null where its API's event for errors says it.
     */
    default @Nullable Buffer brokenOff(String code, String message) {
        return null;
    }
}
