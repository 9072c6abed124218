package dev.tagrouter.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** As many requests as the server takes: every connection is always waiting for an answer. One thread does it all. */
final class ClosedLoop implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final long LOOK_MILLIS = 50;

    private final Selector selector = Selector.open();
    private final ByteBuffer shared = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final List<Connection> connections = new ArrayList<>();
    private final Load.Plan plan;
    private final Histogram latency = LoadResult.histogram();
    private long measureFrom;
    private long answered;
    private long failed;

    ClosedLoop(Target target, Load.Plan plan) throws IOException {
        this.plan = plan;
        for (int i = 0; i < plan.connections(); i++) {
            connections.add(new Connection(target, selector));
        }
    }

    LoadResult run() throws IOException {
        long start = System.nanoTime();
        measureFrom = start + plan.warmUp().toNanos();
        long end = measureFrom + plan.measured().toNanos();
        for (Connection connection : connections) {
            connection.send(start);
        }
        long now = start;
        while (now < end) {
            selector.select(this::read, LOOK_MILLIS);
            now = System.nanoTime();
        }
        abandoned(now);
        return new LoadResult(
                answered,
                failed,
                answered * 1e9 / (now - measureFrom),
                LoadResult.Spread.of(latency),
                LoadResult.Spread.of(LoadResult.histogram()));
    }

    private void read(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        try {
            Connection.Outcome outcome = connection.read(shared);
            if (outcome != Connection.Outcome.NONE) {
                long now = System.nanoTime();
                if (now >= measureFrom) {
                    latency.recordValue(now - connection.intendedNanos());
                    if (outcome == Connection.Outcome.ANSWERED) {
                        answered++;
                    } else {
                        failed++;
                    }
                }
                connection.send(now);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A request without an answer for as long as everything measured has failed; a younger one is merely cut off. */
    private void abandoned(long now) {
        for (Connection connection : connections) {
            long age = now - connection.intendedNanos();
            if (connection.waiting() && age >= plan.measured().toNanos()) {
                latency.recordValue(age);
                failed++;
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.close();
        }
        selector.close();
    }
}
