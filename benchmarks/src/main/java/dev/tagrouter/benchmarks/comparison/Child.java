package dev.tagrouter.benchmarks.comparison;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A process under measurement.
 *
 * @param name what errors call it
 * @param log what it writes
 */
record Child(String name, Process process, Path log) {
    private static final int CONNECT_MILLIS = 1000;
    static final long LOOK_MILLIS = 2;
    private static final int SHOWN = 300;
    /** A generation of the heap, or all of it; class metadata is not heap. */
    private static final Pattern USED = Pattern.compile("(?:total|committed) \\d+K, used (\\d+)K");

    /** How the names of the threads begin that compile. */
    private static final Pattern COMPILER = Pattern.compile("C[12] Compiler");

    /** A port that was free a moment ago. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Waits until a GET of the path is answered with status 200.
     *
     * @throws IOException when the process ends first or takes too long
     */
    void awaitReady(int port, String path, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (!answers(port, path)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException(
                        name + (process.isAlive() ? " is not ready after " + patience.toSeconds() + " s" : " ended")
                                + "; it wrote: " + lastWords());
            }
            pause(LOOK_MILLIS);
        }
    }

    private static boolean answers(int port, String path) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            socket.setSoTimeout(CONNECT_MILLIS);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).endsWith(" 200");
        } catch (IOException e) {
            // Not yet.
            return false;
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the process wrote last, on one line. */
    String lastWords() throws IOException {
        String text = Files.readString(log).strip().replaceAll("\\s+", " ");
        return text.isEmpty() ? "nothing" : text.substring(Math.max(0, text.length() - SHOWN));
    }

    /** Resident memory in bytes, its children's included; 0 where the system does not say. */
    long residentBytes() throws IOException {
        long bytes = residentBytes(process.pid());
        for (ProcessHandle child : process.descendants().toList()) {
            bytes += residentBytes(child.pid());
        }
        return bytes;
    }

    /** Live threads; 0 where the system does not say. */
    long threads() throws IOException {
        return status("Threads:");
    }

    /** Open file descriptors; 0 where the system does not say. */
    long descriptors() throws IOException {
        Path folder = Path.of("/proc/" + process.pid() + "/fd");
        if (!Files.isReadable(folder)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(folder)) {
            return open.count();
        }
    }

    /**
     * Bytes of the heap in use after a full collection.
     *
     * @throws IOException when the process is no Java program of this user
     */
    long heapBytes() throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String pid = Long.toString(process.pid());
        Tools.output(List.of(jcmd, pid, "GC.run"));
        Matcher used = USED.matcher(Tools.output(List.of(jcmd, pid, "GC.heap_info")));
        long kilobytes = 0;
        while (used.find()) {
            kilobytes += Long.parseLong(used.group(1));
        }
        if (kilobytes == 0) {
            throw new IOException("the heap of " + name + " cannot be read by " + jcmd);
        }
        return 1024 * kilobytes;
    }

    /** How long the JVM's compilers have run; nothing for another program, or where the system does not say. */
    Duration compiled() throws IOException {
        Path tasks = Path.of("/proc/" + process.pid() + "/task");
        if (!Files.isReadable(tasks)) {
            return Duration.ZERO;
        }
        long nanos = 0;
        try (Stream<Path> threads = Files.list(tasks)) {
            for (Path thread : threads.toList()) {
                Path schedule = thread.resolve("schedstat");
                if (Files.isReadable(schedule)
                        && COMPILER.matcher(Files.readString(thread.resolve("comm")))
                                .lookingAt()) {
                    nanos += Long.parseLong(Files.readString(schedule).split(" ", 2)[0]);
                }
            }
        }
        return Duration.ofNanos(nanos);
    }

    private long status(String line) throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        return !Files.isReadable(status)
                ? 0
                : Files.readAllLines(status).stream()
                        .filter(each -> each.startsWith(line))
                        .mapToLong(each -> Long.parseLong(each.replaceAll("\\D", "")))
                        .sum();
    }

    private static long residentBytes(long pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        List<String> lines = Files.readAllLines(status);
        return lines.stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }
}
