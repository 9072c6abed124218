package dev.tagrouter.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A model server that does as little as possible: every request gets the same chat completion of about 300 bytes or,
 * in streaming mode, the same chunks at a steady rate. One thread, nothing allocated for a request.
 */
public final class StubUpstream implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int BACKLOG = 1024;
    private static final long LOOK_MILLIS = 50;
    private static final String ANSWER = """
            {"id":"chatcmpl-stub","object":"chat.completion","created":0,"model":"stub","choices":[{"index":0,\
            "message":{"role":"assistant","content":"Certainly. Here is what you asked for, in one sentence."},\
            "finish_reason":"stop"}],"usage":{"prompt_tokens":200,"completion_tokens":12,"total_tokens":212}}""";
    private static final String CHUNK = """
            data: {"id":"chatcmpl-stub","object":"chat.completion.chunk","created":0,"model":"stub","choices":[\
            {"index":0,"delta":{"content":"word "},"finish_reason":null}]}\n
            """;
    private static final ByteBuffer PLAIN =
            bytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + ANSWER.length() + "\r\n\r\n"
                    + ANSWER);
    private static final ByteBuffer STREAM_HEAD =
            bytes("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    private static final ByteBuffer STREAM_CHUNK = bytes(Integer.toHexString(CHUNK.length()) + "\r\n" + CHUNK + "\r\n");
    private static final ByteBuffer STREAM_END = bytes("e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n");

    private final Selector selector = Selector.open();
    private final ServerSocketChannel server = ServerSocketChannel.open();
    private final ByteBuffer shared = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final @Nullable Streaming streaming;
    private final PriorityQueue<Client> streams = new PriorityQueue<>();
    private volatile long busyUntilNanos = System.nanoTime();

    /**
     * How a stream goes.
     *
     * @param chunks how many chunks come before {@code [DONE]}
     * @param gap the time before each
     */
    public record Streaming(int chunks, Duration gap) {
        public Streaming {
            if (chunks < 1 || gap.isNegative()) {
                throw new IllegalArgumentException(
                        "chunks is " + chunks + " and gap " + gap + "; give one chunk or more, and no negative gap");
            }
        }
    }

    /** One connection, and the stream on it if there is one. */
    private static final class Client implements Comparable<Client> {
        private final SocketChannel channel;
        private final MessageReader reader = new MessageReader();
        private long nextNanos;
        private int chunksLeft;

        private Client(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public int compareTo(Client other) {
            return Long.signum(nextNanos - other.nextNanos);
        }
    }

    /**
     * Binds a free loopback port.
     *
     * @param streaming how to stream, or null to answer in one piece
     */
    public StubUpstream(@Nullable Streaming streaming) throws IOException {
        this.streaming = streaming;
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    private static ByteBuffer bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    /** The port bound. */
    public int port() {
        return server.socket().getLocalPort();
    }

    /** Answers nobody for this long, from now on. */
    public void pause(Duration time) {
        busyUntilNanos = System.nanoTime() + time.toNanos();
    }

    /** Serves until closed. */
    public void serve() throws IOException {
        try {
            while (selector.isOpen()) {
                selector.select(this::handle, Math.max(1, untilNextChunkMillis()));
                while (System.nanoTime() < busyUntilNanos) {
                    Thread.onSpinWait();
                }
                sendDueChunks();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (java.nio.channels.ClosedSelectorException e) {
            // Closed by another thread, which is how serving ends.
        }
    }

    private void handle(SelectionKey key) {
        try {
            if (key.attachment() instanceof Client client) {
                read(client);
            } else {
                accept();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = server.accept();
        if (channel != null) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Client(channel));
        }
    }

    private void read(Client client) throws IOException {
        shared.clear();
        try {
            if (client.channel.read(shared) < 0) {
                drop(client);
                return;
            }
            shared.flip();
            while (client.reader.read(shared)) {
                answer(client);
            }
        } catch (IOException e) {
            // What a client sends, and whether it stays, is its own affair.
            drop(client);
        }
    }

    private void answer(Client client) throws IOException {
        Streaming how = streaming;
        if (how == null) {
            write(client, PLAIN);
        } else {
            write(client, STREAM_HEAD);
            client.chunksLeft = how.chunks();
            client.nextNanos = System.nanoTime() + how.gap().toNanos();
            streams.add(client);
        }
    }

    private static void write(Client client, ByteBuffer message) throws IOException {
        message.rewind();
        while (message.hasRemaining()) {
            if (client.channel.write(message) == 0) {
                Thread.onSpinWait();
            }
        }
    }

    private void drop(Client client) throws IOException {
        streams.remove(client);
        client.channel.close();
    }

    private long untilNextChunkMillis() {
        Client next = streams.peek();
        return next == null ? LOOK_MILLIS : (next.nextNanos - System.nanoTime()) / 1_000_000;
    }

    private void sendDueChunks() throws IOException {
        Streaming how = streaming;
        for (Client next = streams.peek(); next != null && how != null; next = streams.peek()) {
            if (next.nextNanos > System.nanoTime()) {
                return;
            }
            streams.remove();
            try {
                sendChunk(next, how);
            } catch (IOException e) {
                drop(next);
            }
        }
    }

    private void sendChunk(Client client, Streaming how) throws IOException {
        write(client, STREAM_CHUNK);
        if (--client.chunksLeft > 0) {
            client.nextNanos += how.gap().toNanos();
            streams.add(client);
        } else {
            write(client, STREAM_END);
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        server.close();
    }
}
