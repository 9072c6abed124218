package dev.tagrouter.gateway;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * A thread that looks at files every so often and tells when they have changed and are quiet again. It looks instead of
 * being told, which works on every file system, over links, and however an editor writes.
 */
final class FileWatch implements AutoCloseable {
    private final Supplier<FileStates> known;
    private final Duration between;
    private final Runnable whenChanged;
    private final Thread thread =
            Thread.ofPlatform().name("file-watch").daemon().unstarted(this::look);

    /**
     * @param known how the files looked when they were read last; whoever is told has to change it
     * @param between how long to wait from look to look; a change is told when two looks see the same
     * @param whenChanged told on the thread of this, which looks no further meanwhile
     */
    FileWatch(Supplier<FileStates> known, Duration between, Runnable whenChanged) {
        this.known = known;
        this.between = between;
        this.whenChanged = whenChanged;
    }

    void start() {
        thread.start();
    }

    private void look() {
        try {
            FileStates last = known.get();
            while (true) {
                Thread.sleep(between);
                FileStates before = known.get();
                FileStates now = before.now();
                // Whoever else had them read meanwhile saw all there is to see.
                if (!now.equals(before) && now.equals(last) && before.equals(known.get())) {
                    whenChanged.run();
                }
                last = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
