package dev.tagrouter.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Many streams at once, each connection asking for the next as soon as one has ended. One thread does it all. */
final class StreamLoop implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final long LOOK_MILLIS = 20;
    /** Its multiples are spread over [0, 1) as evenly as can be, however many there are. */
    private static final double GOLDEN_RATIO = 0.618033988749895;

    private static final byte[] EVENT = "data:".getBytes(StandardCharsets.US_ASCII);

    private final Target target;
    private final Load.Plan plan;
    private final Duration spread;
    private final Selector selector = Selector.open();
    private final ByteBuffer shared = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final List<Stream> streams = new ArrayList<>();
    private final Histogram first = LoadResult.histogram();
    private final Histogram gap = LoadResult.histogram();
    private long measureFrom;
    private long ended;
    private long failed;
    private long events;

    /** One connection and the stream on it. */
    private static final class Stream {
        private final SocketChannel channel;
        private final ByteBuffer request;
        private MessageReader reader = new MessageReader();
        private boolean asked;
        private long askedNanos;
        private long lastEventNanos;
        private int matched;

        private Stream(SocketChannel channel, ByteBuffer request) {
            this.channel = channel;
            this.request = request;
        }
    }

    /** @param spread the time over which the first streams begin */
    StreamLoop(Target target, Load.Plan plan, Duration spread) throws IOException {
        this.target = target;
        this.plan = plan;
        this.spread = spread;
        for (int i = 0; i < plan.connections(); i++) {
            streams.add(open());
        }
    }

    private Stream open() throws IOException {
        SocketChannel channel = SocketChannel.open(target.address());
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        Stream stream = new Stream(channel, target.request());
        channel.register(selector, SelectionKey.OP_READ, stream);
        return stream;
    }

    StreamResult run() throws IOException {
        long start = System.nanoTime();
        measureFrom = start + plan.warmUp().toNanos();
        long end = measureFrom + plan.measured().toNanos();
        int begun = 0;
        try {
            for (long now = start; now < end; now = System.nanoTime()) {
                while (begun < streams.size() && now - start >= beginsAfter(begun)) {
                    ask(streams.get(begun++));
                }
                selector.select(this::read, begun < streams.size() ? 1 : LOOK_MILLIS);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        long now = System.nanoTime();
        for (Stream stream : streams) {
            // What is silent at the end has stalled for as long as it is silent.
            if (stream.lastEventNanos > 0) {
                gap.recordValue(now - stream.lastEventNanos);
            }
        }
        return new StreamResult(
                streams.size(),
                ended,
                failed,
                events * 1e9 / (now - measureFrom),
                LoadResult.Spread.of(first),
                LoadResult.Spread.of(gap));
    }

    /**
     * When the stream of a number begins: evenly, but each somewhere else in its own share of the time. Else all that begin a
     * whole number of gaps between tokens apart would get their tokens at the same moment.
     */
    private long beginsAfter(int number) {
        double within = number * GOLDEN_RATIO % 1;
        return (long) (spread.toNanos() * ((number + within) / streams.size()));
    }

    private void ask(Stream stream) throws IOException {
        stream.request.flip();
        stream.asked = true;
        stream.askedNanos = System.nanoTime();
        stream.lastEventNanos = 0;
        while (stream.request.hasRemaining()) {
            if (stream.channel.write(stream.request) == 0) {
                Thread.onSpinWait();
            }
        }
    }

    private void read(SelectionKey key) {
        Stream stream = (Stream) key.attachment();
        try {
            shared.clear();
            if (stream.channel.read(shared) < 0) {
                throw new IOException("the server closed a stream's connection");
            }
            shared.flip();
            count(stream, System.nanoTime());
            if (stream.reader.read(shared)) {
                finish(stream);
            }
        } catch (IOException e) {
            broken(stream, key);
        }
    }

    private void count(Stream stream, long now) {
        for (int i = 0; i < shared.limit(); i++) {
            byte b = shared.get(i);
            stream.matched = b == EVENT[stream.matched] ? stream.matched + 1 : b == EVENT[0] ? 1 : 0;
            if (stream.matched == EVENT.length) {
                stream.matched = 0;
                event(stream, now);
            }
        }
    }

    private void event(Stream stream, long now) {
        if (now >= measureFrom) {
            events++;
            if (stream.lastEventNanos > 0) {
                gap.recordValue(now - stream.lastEventNanos);
            } else {
                first.recordValue(now - stream.askedNanos);
            }
        }
        stream.lastEventNanos = now;
    }

    private void finish(Stream stream) throws IOException {
        if (System.nanoTime() >= measureFrom) {
            if (stream.reader.status() == 200) {
                ended++;
            } else {
                failed++;
            }
        }
        ask(stream);
    }

    private void broken(Stream stream, SelectionKey key) {
        failed += stream.asked && System.nanoTime() >= measureFrom ? 1 : 0;
        key.cancel();
        try {
            stream.channel.close();
            Stream next = open();
            streams.set(streams.indexOf(stream), next);
            ask(next);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (Stream stream : streams) {
            stream.channel.close();
        }
        selector.close();
    }
}
