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
