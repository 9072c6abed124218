package dev.tagrouter.gateway.upstream;

import dev.tagrouter.gateway.loop.Rounds;
import dev.tagrouter.gateway.loop.Unhandled;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an upstream: at most one request at a time, and what comes of it is told its {@link Listener}. Lives on one
 * event loop.
 *
 * <p>Vert.x makes the connection, TLS and codec with it; between that codec and Vert.x' own handler this one takes all that is
 * read, and writes. Of Vert.x' handler each request costs a stream, a request, a response and a queue between them
 * (docs/benchmarks/gateway-profile.md), of which a call needs nothing.
 */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
    private final ContextInternal context;
    private final ChannelHandlerContext vertx;
    private final Unhandled unhandled;
    private final Closed whenClosed;
    private boolean shut;
    /** Who has asked and is not answered yet. */
    private @Nullable Listener listener;

    private @Nullable HttpResponse answer;
    private boolean paused;
    /** What comes is on the way to an answer, such as 100 Continue. */
    private boolean interim;

    /** Who asked: told that something comes, head, body in pieces, end; or that it broke instead of what is left. */
    interface Listener {
        /** Whatever it may be, and whether it can be read or not: the upstream has read the request. */
        void answers();

        void head(HttpResponse head);

        /** @param piece on the heap, and nobody else's */
        void body(Buffer piece);

        /** The answer is complete, and the connection nobody's. */
        void end();

        void broke();

        /** What was told could not be taken; instead of what is left, too. */
        void failed(RuntimeException cause);
    }

    /** Who is told that a connection is closed, by whomever. */
    interface Closed {
        void closed(UpstreamConnection connection);
    }

    /**
     * @param context of Vert.x, in which listeners are told
     * @param vertx of Vert.x' handler on a connection that has just been made
     * @param whenClosed told once
     */
    UpstreamConnection(ContextInternal context, ChannelHandlerContext vertx, Closed whenClosed) {
        this.context = context;
        this.vertx = vertx;
        this.unhandled = Rounds.joinUpstream(vertx.pipeline());
        this.whenClosed = whenClosed;
        vertx.pipeline().addBefore(vertx.name(), null, this);
    }

    /** Sends a request; all headers are given. */
    void post(String uri, HttpHeaders headers, Buffer body, Listener asking) {
        listener = asking;
        answer = null;
        ByteBuf bytes = ((BufferInternal) body).getByteBuf();
        vertx.writeAndFlush(new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1, HttpMethod.POST, uri, bytes, headers, EmptyHttpHeaders.INSTANCE))
                .addListener(written -> {
                    if (!written.isSuccess() && asking.equals(listener)) {
                        shut();
                        tellBroken(asking);
                    }
                });
    }

    /** Another one is told what is left of the answer. */
    void tell(Listener instead) {
        listener = instead;
    }

    /** Reads no more for now. */
    void pause() {
        paused = true;
        vertx.channel().config().setAutoRead(false);
    }

    /** Reads on. */
    void resume() {
        paused = false;
        vertx.channel().config().setAutoRead(true);
    }

    /** Closes at once; who has asked is told nothing more. */
    @SuppressWarnings("FutureReturnValueIgnored") // There is nothing to be done when it is closed.
    void shut() {
        shut = true;
        listener = null;
        vertx.close();
    }

    /** Whether another request may be sent: the answer ended by itself, both sides stay, and all of the request is sent. */
    boolean isReusable() {
        HttpResponse answered = answer;
        return listener == null
                && answered != null
                && isUsable()
                && HttpUtil.isKeepAlive(answered)
                && endsByItself(answered)
                && isAllSent();
    }

    /** Whether it is open, and the upstream has said nothing unasked. */
    boolean isUsable() {
        return !shut && vertx.channel().isActive() && !unhandled.isThere();
    }

    /** Whether its end can be told without the connection's. */
    private static boolean endsByItself(HttpResponse answered) {
        return answered.headers().contains("content-length")
                || answered.headers().contains("transfer-encoding")
                || answered.status().equals(HttpResponseStatus.NO_CONTENT)
                || answered.status().equals(HttpResponseStatus.NOT_MODIFIED);
    }

    /** Not where the upstream has answered before it read the request, which the next one would have to wait for. */
    private boolean isAllSent() {
        ChannelOutboundBuffer unsent = vertx.channel().unsafe().outboundBuffer();
        return unsent != null && unsent.totalPendingWriteBytes() == 0;
    }

    @Override
    public void channelRead(ChannelHandlerContext here, Object message) {
        ContextInternal before = context.beginDispatch();
        try {
            read(message);
        } finally {
            context.endDispatch(before);
            ReferenceCountUtil.release(message);
        }
    }

    private void read(Object message) {
        Listener asked = listener;
        if (asked == null) {
            // Said unasked, or by somebody who is not listened to any more.
            shut();
            return;
        }
        if (message instanceof HttpResponse) {
            asked.answers();
        }
        if (!(message instanceof HttpObject object) || !isUnderstood(object)) {
            shut();
            asked.broke();
            return;
        }
        if (message instanceof HttpResponse response) {
            head(response, asked);
        }
        if (message instanceof HttpContent content) {
            body(content);
        }
    }

    private static boolean isUnderstood(HttpObject object) {
        return object.decoderResult().isSuccess()
                && (!(object instanceof HttpResponse response)
                        || HttpVersion.HTTP_1_1.equals(response.protocolVersion())
                        || HttpVersion.HTTP_1_0.equals(response.protocolVersion()));
    }

    private void head(HttpResponse response, Listener asked) {
        interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL
                && !response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
        if (!interim) {
            answer = response;
            asked.head(response);
        }
    }

    private void body(HttpContent content) {
        if (interim) {
            return;
        }
        // Told the head or a piece, whoever asks may be gone, or have handed the rest to another.
        if (listener != null && content.content().isReadable()) {
            listener.body(copied(content.content()));
        }
        Listener answered = listener;
        if (answered != null && content instanceof LastHttpContent) {
            listener = null;
            if (paused) {
                resume();
            }
            answered.end();
        }
    }

    private static Buffer copied(ByteBuf bytes) {
        byte[] copy = new byte[bytes.readableBytes()];
        bytes.readBytes(copy);
        // Wrapped: Buffer.buffer(byte[]) would copy it once more.
        return BufferInternal.buffer(Unpooled.wrappedBuffer(copy));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext here, Throwable cause) {
        Listener asked = listener;
        shut();
        if (asked != null && cause instanceof RuntimeException ours && !(cause instanceof CodecException)) {
            inContext(() -> asked.failed(ours));
        } else {
            tellBroken(asked);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext here) {
        Listener asked = listener;
        listener = null;
        whenClosed.closed(this);
        here.fireChannelInactive();
        tellBroken(asked);
    }

    private void tellBroken(@Nullable Listener asked) {
        if (asked != null) {
            inContext(asked::broke);
        }
    }

    private void inContext(Runnable telling) {
        ContextInternal before = context.beginDispatch();
        try {
            telling.run();
        } finally {
            context.endDispatch(before);
        }
    }
}
