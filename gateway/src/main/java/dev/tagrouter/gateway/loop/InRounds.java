package dev.tagrouter.gateway.loop;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The first handler of a connection: keeps what has been read, and that something is to be written, until it has its turn in
 * the {@link Rounds}. Nothing changes its order on one connection.
 */
final class InRounds extends ChannelDuplexHandler implements Unhandled {
    /** How much a connection may keep: what an event loop reads at once, at most. */
    private static final int MOST_BYTES = 1 << 16;

    private final boolean toUpstream;
    private final Queue<Object> read = new ArrayDeque<>(2);
    private int bytes;
    private boolean readComplete;
    private boolean toHandle;
    private boolean toWrite;

    InRounds(boolean toUpstream) {
        this.toUpstream = toUpstream;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        int more = message instanceof ByteBuf piece ? piece.readableBytes() : 0;
        read.add(message);
        bytes += more;
        Rounds rounds = Rounds.ofLoop();
        boolean fits = rounds.keeps(more);
        if (!toHandle) {
            toHandle = true;
            rounds.hasRead(context, toUpstream);
        }
        if (!fits || bytes > MOST_BYTES) {
            // Now: memory is not held for the order's sake, and who does not want to read on can say so.
            handle(context);
        }
    }

    @Override
    public boolean isThere() {
        return !read.isEmpty();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (toHandle) {
            readComplete = true;
        } else {
            context.fireChannelReadComplete();
        }
    }

    /** Hands on what has been read, unless that has been done. */
    void handle(ChannelHandlerContext context) {
        if (!toHandle) {
            return;
        }
        keepsNothing();
        for (Object message = read.poll(); message != null; message = read.poll()) {
            context.fireChannelRead(message);
        }
        toHandle = false;
        if (readComplete) {
            readComplete = false;
            context.fireChannelReadComplete();
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        if (!toWrite) {
            toWrite = true;
            Rounds.ofLoop().hasToWrite(context);
        }
    }

    /** Writes what is to be written, unless that has been done. */
    void write(ChannelHandlerContext context) {
        if (toWrite) {
            toWrite = false;
            context.flush();
        }
    }

    // What else happens to the connection came after what was read of it, or after what was written to it.

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        handle(context);
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        handle(context);
        context.fireExceptionCaught(cause);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        handle(context);
        context.fireUserEventTriggered(event);
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) throws Exception {
        write(context);
        throwAway();
        super.close(context, promise);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        throwAway();
    }

    /** Nobody is to hear what was read of a connection after it was closed from here. */
    private void throwAway() {
        keepsNothing();
        for (Object message = read.poll(); message != null; message = read.poll()) {
            ReferenceCountUtil.release(message);
        }
    }

    private void keepsNothing() {
        Rounds.ofLoop().keeps(-bytes);
        bytes = 0;
    }
}
