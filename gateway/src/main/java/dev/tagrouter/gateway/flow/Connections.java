package dev.tagrouter.gateway.flow;

import java.util.concurrent.atomic.AtomicInteger;

/** The clients connected to one port, over all event loops, and how many may be. */
public final class Connections {
    private final AtomicInteger open = new AtomicInteger();
    private final Runnable onRefusal;
    private volatile int most;

    /** @param onRefusal told of each client that was one too many */
    public Connections(int most, Runnable onRefusal) {
        this.most = most;
        this.onRefusal = onRefusal;
    }

    /** Another limit from now on; nobody who is connected is sent away. */
    public void changes(int newMost) {
        most = newMost;
    }

    /** A client has connected; false where it is one too many. It {@link #leaves()} in either case. */
    boolean enters() {
        if (open.incrementAndGet() <= most) {
            return true;
        }
        onRefusal.run();
        return false;
    }

    void leaves() {
        open.decrementAndGet();
    }

    /** How many there are. */
    public int open() {
        return open.get();
    }
}
