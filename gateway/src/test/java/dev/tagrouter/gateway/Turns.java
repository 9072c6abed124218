package dev.tagrouter.gateway;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * How much processor time event loops were given, looked at every few milliseconds: what tells a loop that is blocked
 * from one that is ready and gets no turn on a busy machine.
 */
final class Turns implements AutoCloseable {
    private static final int MILLIS_BETWEEN_LOOKS = 5;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Processor time in nanoseconds by wall clock, for each thread. */
    private final Map<String, NavigableMap<Long, Long>> given = new ConcurrentHashMap<>();

    private final Thread looking = Thread.ofPlatform().name("turns").daemon().start(this::look);

    private void look() {
        try {
            while (true) {
                note();
                Thread.sleep(MILLIS_BETWEEN_LOOKS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void note() {
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("vert.x-eventloop")) {
                long cpu = THREADS.getThreadCpuTime(thread.getThreadId());
                NavigableMap<Long, Long> times =
                        given.computeIfAbsent(thread.getThreadName(), name -> new ConcurrentSkipListMap<>());
                // Two Vert.x instances name their threads alike: the busier one counts.
                times.merge(System.nanoTime() / 1_000_000, cpu, Math::max);
            }
        }
    }

    /** Whether a thread that was blocked for so long up to now had work of at least a limit, or waited for something. */
    boolean wasAtWork(String name, int blockedMillis, int limitMillis) {
        note();
        if (isWaiting(name)) {
            return true;
        }
        NavigableMap<Long, Long> times = given.getOrDefault(name, new ConcurrentSkipListMap<>());
        Map.Entry<Long, Long> now = times.lastEntry();
        if (now == null) {
            return true;
        }
        Map.Entry<Long, Long> before = times.floorEntry(now.getKey() - blockedMillis);
        return before == null || now.getValue() - before.getValue() >= limitMillis * 1_000_000L;
    }

    private static boolean isWaiting(String name) {
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().equals(name)) {
                return thread.getThreadState() != Thread.State.RUNNABLE;
            }
        }
        return false;
    }

    @Override
    public void close() {
        looking.interrupt();
    }
}
