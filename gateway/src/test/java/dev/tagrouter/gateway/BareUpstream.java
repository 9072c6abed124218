package dev.tagrouter.gateway;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A model server of bare sockets, which answers what and when it is told and leaves closing to the gateway. */
final class BareUpstream implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("content-length: *(\\d+)", Pattern.CASE_INSENSITIVE);

    /** What it does with a request whose head it has read. */
    interface Answer {
        /**
         * @param connection which connection it came on, from 0
         * @param request how many came on that one before
         */
        void to(int connection, int request, Asked asked, OutputStream out) throws IOException;
    }

    /** A request whose body is still to be read. */
    record Asked(InputStream in, int length) {
        void readBody() throws IOException {
            in.skipNBytes(length);
        }
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Answer answer;
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();

    BareUpstream(Answer answer) throws IOException {
        this.answer = answer;
        Thread.ofVirtual().start(this::accept);
    }

    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1");
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                int number = made.getAndIncrement();
                open.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(client, number));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket, int connection) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int request = 0; ; request++) {
                answer.to(connection, request, new Asked(in, lengthOfNext(in)), socket.getOutputStream());
            }
        } catch (IOException closed) {
            // By the gateway, or by an answer that is none.
        } finally {
            open.decrementAndGet();
        }
    }

    private static int lengthOfNext(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("closed");
            }
            head.append((char) c);
        }
        Matcher length = LENGTH.matcher(head);
        return length.find() ? Integer.parseInt(length.group(1)) : 0;
    }

    static void write(OutputStream out, String latin1) throws IOException {
        out.write(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    int connectionsMade() {
        return made.get();
    }

    /** Whether so many connections or fewer are open within eight seconds, twice what one may be idle. */
    boolean awaitOpen(int most) throws InterruptedException {
        long end = System.nanoTime() + 8_000_000_000L;
        while (open.get() > most && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        return open.get() <= most;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
