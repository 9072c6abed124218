package dev.tagrouter.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Requests on a schedule. One thread sends each when it is due, or as soon after as a connection is free; the caller's
 * thread reads answers and hands connections back.
 */
final class OpenLoop implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final long LOOK_MILLIS = 50;
    /** What still comes this long after the last request was due counts as answered. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Selector selector = Selector.open();
    private final ByteBuffer shared = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final List<Connection> connections = new ArrayList<>();
    private final BlockingQueue<Connection> idle;
    private final long[] dueNanos;
    private final int warmUp;
    private final Load.Plan plan;
    private final Histogram latency = LoadResult.histogram();
    private final Histogram lateness = LoadResult.histogram();
    private volatile int sent;
    private volatile boolean stopped;
    private long answered;
    private long failed;

    OpenLoop(Target target, Load.Plan plan, int perSecond) throws IOException {
        this.plan = plan;
        this.warmUp = (int) (plan.warmUp().toNanos() / 1e9 * perSecond);
        this.dueNanos = new long[warmUp + (int) Math.max(1, plan.measured().toNanos() / 1e9 * perSecond)];
        for (int i = 0; i < dueNanos.length; i++) {
            dueNanos[i] = (long) (i * 1e9 / perSecond);
        }
        for (int i = 0; i < plan.connections(); i++) {
            connections.add(new Connection(target, selector));
        }
        this.idle = new ArrayBlockingQueue<>(plan.connections(), false, connections);
    }

    LoadResult run() throws IOException {
        long start = System.nanoTime();
        for (int i = 0; i < dueNanos.length; i++) {
            dueNanos[i] += start;
        }
        Thread sender = new Thread(this::send, "sender");
        sender.setDaemon(true);
        sender.start();
        try {
            receive();
        } finally {
            stopped = true;
            sender.interrupt();
            join(sender);
        }
        long now = System.nanoTime();
        unanswered(now);
        return new LoadResult(
                answered,
                failed,
                answered / (plan.measured().toNanos() / 1e9),
                LoadResult.Spread.of(latency),
                LoadResult.Spread.of(lateness));
    }

    private void send() {
        try {
            for (int i = 0; i < dueNanos.length && !stopped; i++) {
                awaitDue(dueNanos[i]);
                Connection connection = idle.take();
                if (i >= warmUp) {
                    lateness.recordValue(Math.max(0, System.nanoTime() - dueNanos[i]));
                }
                connection.send(dueNanos[i]);
                sent = i + 1;
            }
        } catch (InterruptedException e) {
            // The run is over: what was not sent is counted by whoever ended it.
        }
    }

    private void awaitDue(long due) {
        for (long left = due - System.nanoTime(); left > 0 && !stopped; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Until everything is answered or nothing more may be waited for. */
    private void receive() throws IOException {
        long patience = dueNanos[dueNanos.length - 1] + GRACE.toNanos();
        while (System.nanoTime() < patience && !(sent == dueNanos.length && idle.size() == connections.size())) {
            try {
                selector.select(this::read, LOOK_MILLIS);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
    }

    private void read(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        try {
            Connection.Outcome outcome = connection.read(shared);
            if (outcome != Connection.Outcome.NONE) {
                record(connection.intendedNanos(), outcome == Connection.Outcome.ANSWERED);
                idle.add(connection);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void record(long due, boolean success) {
        if (due >= dueNanos[warmUp]) {
            latency.recordValue(System.nanoTime() - due);
            if (success) {
                answered++;
            } else {
                failed++;
            }
        }
    }

    /** Requests under way, and those that were due and never could be sent, have failed and are as old as they are. */
    private void unanswered(long now) {
        for (Connection connection : connections) {
            if (connection.waiting()) {
                record(connection.intendedNanos(), false);
            }
        }
        for (int i = sent; i < dueNanos.length; i++) {
            if (dueNanos[i] <= now) {
                record(dueNanos[i], false);
            }
        }
    }

    private static void join(Thread sender) {
        try {
            sender.join(TimeUnit.SECONDS.toMillis(GRACE.toSeconds()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
