package dev.tagrouter.gateway.telemetry;

import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lines about requests, written by a thread of its own a few times a second, so that an event loop neither waits for
 * whoever reads them nor makes a system call for each. What a stuck reader leaves no room for is dropped and counted.
 */
final class AccessLog implements AutoCloseable {
    private static final long GATHER_MILLIS = 50;
    private static final int MOST_CHARACTERS = 4 << 20;
    private static final long LAST_WORDS_MILLIS = 2000;
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final DateTimeFormatter OFFSET =
            DateTimeFormatter.ofPattern("Z", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final PrintStream out;
    private final InstantSource clock;
    private final Thread writer = new Thread(this::write, "access-log");
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private StringBuilder lines = new StringBuilder();
    private long dropped;
    private boolean closed;
    private long second = Long.MIN_VALUE;
    private String date = "";
    private String offset = "";

    AccessLog(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        writer.setDaemon(true);
        writer.start();
    }

    /** What one line says, appended to it. */
    interface Line {
        void appendTo(StringBuilder line);
    }

    /** Adds a line, unless there is no room. */
    void add(System.Logger.Level level, Line line) {
        Instant now = clock.instant();
        lock.lock();
        try {
            if (lines.length() > MOST_CHARACTERS) {
                dropped++;
                return;
            }
            if (lines.isEmpty()) {
                something.signal();
            }
            appendTime(now);
            lines.append(' ').append(level.getName()).append(' ');
            line.appendTo(lines);
            lines.append('\n');
        } finally {
            lock.unlock();
        }
    }

    /** The date is formatted once a second; only the milliseconds change from line to line. */
    private void appendTime(Instant now) {
        if (now.getEpochSecond() != second) {
            second = now.getEpochSecond();
            date = SECOND.format(now);
            offset = OFFSET.format(now);
        }
        int millis = now.getNano() / 1_000_000;
        lines.append(date).append('.');
        lines.append(millis < 100 ? millis < 10 ? "00" : "0" : "").append(millis);
        lines.append(offset);
    }

    private void write() {
        try {
            while (true) {
                String text = awaitLines();
                if (text.isEmpty()) {
                    return;
                }
                out.print(text);
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The lines there are, after a while in which more may have come; empty once the log is closed. */
    private String awaitLines() throws InterruptedException {
        lock.lock();
        try {
            while (lines.isEmpty() && dropped == 0 && !closed) {
                something.await();
            }
            long left = TimeUnit.MILLISECONDS.toNanos(GATHER_MILLIS);
            while (left > 0 && !closed) {
                left = something.awaitNanos(left);
            }
            if (dropped > 0) {
                lines.append(dropped).append(" lines of the access log dropped: nobody read them in time\n");
                dropped = 0;
            }
            String text = lines.toString();
            lines = new StringBuilder(Math.min(lines.length() + 1024, 1 << 16));
            return text;
        } finally {
            lock.unlock();
        }
    }

    /** Writes what is left, and waits for that as long as a reader may take to notice. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            something.signal();
        } finally {
            lock.unlock();
        }
        try {
            writer.join(LAST_WORDS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
