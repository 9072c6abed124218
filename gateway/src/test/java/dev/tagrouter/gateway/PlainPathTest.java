package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tagrouter.gateway.config.FailureConfig;
import dev.tagrouter.gateway.config.ModelConfig;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a request that goes well allocates on the event loops. The figure is printed; the limit is a fifth above it, to notice
 * what is added to every request.
 */
class PlainPathTest {
    private static final int REQUESTS = Integer.getInteger("tagrouter.allocation.requests", 2000);
    private static final int LIMIT = 26_000;
    private static final byte[] ANSWER = ("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
                    + "content-length: 15\r\n\r\n{\"content\":\"x\"}")
            .getBytes(StandardCharsets.ISO_8859_1);

    private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @AfterEach
    void watchBuffersAgain() {
        ResourceLeakDetector.setLevel(level);
    }

    @Test
    void allocatesWhatItNeeds() throws Exception {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> serve(server));
            URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1");
            try (Gateway gateway = Gateway.start(
                            Trouble.config(
                                            List.of(address),
                                            FailureConfig.DEFAULT,
                                            List.of(ModelConfig.of("small", "u0"), ModelConfig.of("strong", "u0")))
                                    .withPort(0),
                            line -> {});
                    Wire wire = Wire.to(gateway)) {
                for (String model : List.of("small", "auto")) {
                    bytesPerRequest(wire, model);
                    long bytes = bytesPerRequest(wire, model);
                    System.out.println("plain path: " + model + " " + bytes + " B a request");
                    assertThat(bytes).as(model).isBetween(1000L, (long) LIMIT);
                }
            }
        }
    }

    private long bytesPerRequest(Wire wire, String model) throws IOException {
        byte[] request = Wire.chat("/v1/chat/completions", Fixture.body(model, "write sql " + "word ".repeat(180)))
                .getBytes(StandardCharsets.ISO_8859_1);
        long before = allocated();
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(wire.send(request).next().status()).isEqualTo(200);
        }
        return (allocated() - before) / REQUESTS;
    }

    private long allocated() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vert.x-eventloop"))
                .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.threadId()))
                .sum();
    }

    /** No event loop of its own: a request ends with the brace that closes its body. */
    private static void serve(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofPlatform().daemon().start(() -> answer(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void answer(Socket client) {
        byte[] buffer = new byte[1 << 16];
        try (client) {
            InputStream in = client.getInputStream();
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                if (buffer[n - 1] == '}') {
                    client.getOutputStream().write(ANSWER);
                }
            }
        } catch (IOException gone) {
            // The gateway closed the connection.
        }
    }
}
