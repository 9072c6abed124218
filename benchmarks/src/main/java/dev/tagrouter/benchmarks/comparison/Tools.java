package dev.tagrouter.benchmarks.comparison;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the machine, and where their processes run. */
final class Tools {
    private static final List<String> FURTHER = List.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin");
    private static final long INSTALL_MINUTES = 10;

    private final boolean pins;
    private final int cores;

    Tools() {
        this.cores = Runtime.getRuntime().availableProcessors();
        this.pins = cores > 1 && exists("taskset");
    }

    /** Whether processes are bound to cores. */
    boolean pins() {
        return pins;
    }

    /** A command bound to a core, where that can be done. */
    List<String> on(int core, List<String> command) {
        return pins ? with(List.of("taskset", "-c", Integer.toString(core)), command) : command;
    }

    /** Binds this process, all of its threads, and what it starts from now on. */
    void bindSelf(int core) throws IOException {
        if (pins) {
            output(List.of(
                    "taskset",
                    "-a",
                    "-c",
                    "-p",
                    Integer.toString(core),
                    Long.toString(ProcessHandle.current().pid())));
        }
    }

    /** Lets this process run everywhere again. */
    void unbindSelf() throws IOException {
        if (pins) {
            output(List.of(
                    "taskset",
                    "-a",
                    "-c",
                    "-p",
                    "0-" + (cores - 1),
                    Long.toString(ProcessHandle.current().pid())));
        }
    }

    private static List<String> with(List<String> first, List<String> then) {
        List<String> all = new java.util.ArrayList<>(first);
        all.addAll(then);
        return all;
    }

    /** The program's path, or an explanation of what to install. */
    static String find(String program, String remedy) throws Missing {
        for (String folder : folders()) {
            Path path = Path.of(folder, program);
            if (Files.isExecutable(path) && Files.isRegularFile(path)) {
                return path.toString();
            }
        }
        throw new Missing(program + " is not installed; " + remedy);
    }

    private static boolean exists(String program) {
        try {
            find(program, "");
            return true;
        } catch (Missing e) {
            return false;
        }
    }

    private static List<String> folders() {
        String path = System.getenv("PATH");
        return with(path == null ? List.of() : List.of(path.split(File.pathSeparator, -1)), FURTHER);
    }

    /** Runs a program to its end and gives what it wrote; empty where it failed. */
    static String output(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (!process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return "";
            }
            return process.exitValue() == 0 ? text : "";
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
