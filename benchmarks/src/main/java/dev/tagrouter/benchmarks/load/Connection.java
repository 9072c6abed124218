package dev.tagrouter.benchmarks.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection that stays open and carries one request at a time; made anew when the server closes it. */
final class Connection implements AutoCloseable {
    private static final int OK = 200;

    private final Target target;
    private final Selector selector;
    private final ByteBuffer request;
    private MessageReader reader = new MessageReader();
    private SocketChannel channel;
    private volatile long intendedNanos;
    private volatile boolean waiting;

    /** Whether an answer came, and which. */
    enum Outcome {
        /** Nothing complete yet. */
        NONE,
        /** Status 200, complete. */
        ANSWERED,
        /** Another status, or the connection broke before the answer was complete. */
        FAILED
    }

    Connection(Target target, Selector selector) throws IOException {
        this.target = target;
        this.selector = selector;
        this.request = target.request();
        this.channel = open();
    }

    private SocketChannel open() throws IOException {
        SocketChannel opened = SocketChannel.open(target.address());
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        opened.configureBlocking(false);
        opened.register(selector, SelectionKey.OP_READ, this);
        return opened;
    }

    /** Sends the request that was meant to go out at this moment of {@link System#nanoTime()}. */
    synchronized void send(long intended) {
        intendedNanos = intended;
        waiting = true;
        request.flip();
        try {
            while (request.hasRemaining()) {
                if (channel.write(request) == 0) {
                    Thread.onSpinWait();
                }
            }
        } catch (IOException e) {
            // A connection that broke is readable: whoever reads it next learns that the request failed.
            request.position(request.limit());
        }
    }

    /** Whether a request is under way. */
    boolean waiting() {
        return waiting;
    }

    /** When the last request was meant to go out. */
    long intendedNanos() {
        return intendedNanos;
    }

    /** Reads what there is, by way of a buffer that all connections of one thread share. */
    Outcome read(ByteBuffer shared) throws IOException {
        shared.clear();
        boolean complete;
        try {
            if (channel.read(shared) < 0) {
                return broken();
            }
            complete = reader.read(shared.flip());
        } catch (IOException e) {
            return broken();
        }
        if (!complete) {
            return Outcome.NONE;
        }
        waiting = false;
        return reader.status() == OK ? Outcome.ANSWERED : Outcome.FAILED;
    }

    /** A server may close a connection that carries nothing; that is no failure of a request. */
    private synchronized Outcome broken() throws IOException {
        channel.close();
        reader = new MessageReader();
        channel = open();
        boolean failed = waiting;
        waiting = false;
        return failed ? Outcome.FAILED : Outcome.NONE;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
