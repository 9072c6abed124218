package dev.tagrouter.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The processes under measurement and a folder for their files; none outlives this, not even when it is interrupted. */
final class Children implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final List<Child> running = new ArrayList<>();
    private final Path folder = Files.createTempDirectory("tagrouter-bench");
    private final Thread hook = new Thread(this::stopAll, "stop-children");

    Children() throws IOException {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** A file of this name in the folder that goes when the children do. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** Starts a program whose output goes to a file of its own. */
    synchronized Child start(String name, List<String> command, Map<String, String> environment) throws IOException {
        Path log = file(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Child child = new Child(name, builder.start(), log);
        running.add(child);
        return child;
    }

    synchronized void stop(Child child) {
        running.remove(child);
        child.process().destroy();
        try {
            if (!child.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                child.process().destroyForcibly();
            }
        } catch (InterruptedException e) {
            child.process().destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void stopAll() {
        for (Child child : List.copyOf(running)) {
            stop(child);
        }
    }

    @Override
    public void close() throws IOException {
        stopAll();
        Runtime.getRuntime().removeShutdownHook(hook);
        List<Path> left;
        try (Stream<Path> paths = Files.walk(folder)) {
            left = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : left) {
            Files.deleteIfExists(path);
        }
    }
}
