package dev.tagrouter.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Stands between the HTTP decoder and Vert.x, for two things that Vert.x 5.2.3 gets wrong and offers no setting for.
 *
 * <p>Of pipelined requests it keeps pieces that have come while an earlier answer is under way, and never releases them
 * when the connection closes meanwhile: pooled memory that any client could use up. So bodies are copied to the heap
 * here, which Vert.x otherwise does itself a moment later. And a request of another protocol version it answers by
 * itself with a bare 501, so such a request is marked as one that could not be decoded.
 */
@Sharable
final class DecodedGuard extends ChannelInboundHandlerAdapter {
    private static final DecodedGuard INSTANCE = new DecodedGuard();

    private DecodedGuard() {}

    /** Guards a connection that has just been made. */
    static void over(HttpConnection connection) {
        if (connection instanceof HttpServerConnection server) {
            ChannelHandlerContext vertx = server.channelHandlerContext();
            vertx.pipeline().addBefore(vertx.name(), null, INSTANCE);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpContent content && content.content().isReadable()) {
            context.fireChannelRead(onHeap(content));
            return;
        }
        if (message instanceof HttpRequest request
                && !HttpVersion.HTTP_1_1.equals(request.protocolVersion())
                && !HttpVersion.HTTP_1_0.equals(request.protocolVersion())) {
            request.setDecoderResult(DecoderResult.failure(
                    new IllegalArgumentException("protocol version " + request.protocolVersion())));
        }
        context.fireChannelRead(message);
    }

    private static HttpContent onHeap(HttpContent content) {
        ByteBuf bytes = content.content();
        byte[] copy = new byte[bytes.readableBytes()];
        bytes.readBytes(copy);
        HttpContent copied = content.replace(Unpooled.wrappedBuffer(copy));
        copied.setDecoderResult(content.decoderResult());
        content.release();
        return copied;
    }
}
