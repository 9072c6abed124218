package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Listens to everything that is logged: no stack trace, no leak and no secret may be in it. */
final class Watchman implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("");

    private final ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private final List<Handler> usual = List.of(ROOT.getHandlers());

    /** Watches every buffer, too; meanwhile nothing is printed. */
    Watchman() {
        usual.forEach(ROOT::removeHandler);
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        handler.setLevel(Level.ALL);
        ROOT.addHandler(handler);
    }

    /** Makes buffers that were lost known, which they are when they are collected and others are made after them. */
    static void collectLostBuffers() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(20);
            ByteBufAllocator.DEFAULT.directBuffer().release();
        }
    }

    void assertQuiet(String... secrets) {
        assertQuiet(message -> false, secrets);
    }

    /** @param othersOwn messages of somebody else in this process than the gateway, such as an upstream that was killed */
    void assertQuiet(Predicate<String> othersOwn, String... secrets) {
        for (LogRecord record : records) {
            String message = String.valueOf(record.getMessage());
            if (othersOwn.test(message)) {
                continue;
            }
            if (message.contains("has been blocked for")) {
                // Says of a busy machine that a thread got no turn, with the trace of where it was.
                continue;
            }
            assertThat(message).doesNotContain(secrets).doesNotContain("LEAK:");
            assertThat(record.getThrown()).as(message).isNull();
            assertThat(record.getLevel().intValue()).as(message).isLessThan(Level.WARNING.intValue());
        }
    }

    @Override
    public void close() {
        ROOT.removeHandler(handler);
        usual.forEach(ROOT::addHandler);
        ResourceLeakDetector.setLevel(before);
    }
}
