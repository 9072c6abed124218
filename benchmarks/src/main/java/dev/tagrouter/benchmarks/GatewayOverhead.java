package dev.tagrouter.benchmarks;

import dev.tagrouter.gateway.Gateway;
import dev.tagrouter.gateway.config.GatewayConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A first measure of what the gateway adds to a request: one keep-alive connection, one request at a time, straight to
 * a stub upstream and through the gateway in turn, all in one process. It says nothing about load.
 */
public final class GatewayOverhead {
    private static final int WARM_UP = 5_000;
    private static final int ROUNDS = 20_000;
    private static final int QUERY_CHARACTERS = 800;
    private static final String ANSWER = """
            {"id":"stub","object":"chat.completion","created":0,"model":"stub","choices":[{"index":0,"message":\
            {"role":"assistant","content":"Certainly. Here is what you asked for, in one sentence."},\
            "finish_reason":"stop"}],"usage":{"prompt_tokens":200,"completion_tokens":12,"total_tokens":212}}""";

    /** Held here, because the JDK forgets a logger's level when nobody holds the logger. */
    private static final Logger ACCESS_LOG = Logger.getLogger("dev.tagrouter");

    private GatewayOverhead() {}

    public static void main(String[] arguments) throws Exception {
        ACCESS_LOG.setLevel(Level.WARNING);
        Vertx vertx = Vertx.vertx();
        HttpServer stub = vertx.createHttpServer()
                .requestHandler(request -> request.bodyHandler(body -> request.response()
                        .putHeader("content-type", "application/json")
                        .end(ANSWER)))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        Path config = Files.createTempFile("overhead", ".yaml");
        Files.writeString(config, config(stub.actualPort()));
        try (Gateway gateway = Gateway.start(GatewayConfig.read(config, Map.of()), line -> {})) {
            measure(stub.actualPort(), gateway.port());
        } finally {
            Files.delete(config);
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    private static String config(int upstreamPort) {
        return """
                server: {port: 0}
                upstreams:
                  stub: {base_url: "http://127.0.0.1:%d/v1"}
                models:
                  - {name: gemma-2-9b-it, upstream: stub}
                  - {name: qwen2.5-7b-instruct, upstream: stub}
                  - {name: llama-3.1-8b-instruct, upstream: stub}
                  - {name: llama-3.3-nemotron-super-49b-v1, upstream: stub}
                  - {name: llama-3.1-nemotron-51b-instruct, upstream: stub}
                """.formatted(upstreamPort);
    }

    private static void measure(int upstreamPort, int gatewayPort) throws IOException {
        List<String> names = List.of("straight to the stub", "through, a named model", "through, routed");
        byte[][] requests = {
            request("gemma-2-9b-it", upstreamPort), request("gemma-2-9b-it", gatewayPort), request("auto", gatewayPort)
        };
        long[][] nanos = new long[requests.length][ROUNDS];
        try (Connection direct = new Connection(upstreamPort);
                Connection through = new Connection(gatewayPort)) {
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                for (int way = 0; way < requests.length; way++) {
                    long took = (way == 0 ? direct : through).exchange(requests[way]);
                    if (round >= 0) {
                        nanos[way][round] = took;
                    }
                }
            }
        }
        System.out.printf(
                "%-24s %10s %10s %12s %12s%n", "one connection", "p50 us", "p99 us", "added p50", "added p99");
        for (long[] way : nanos) {
            Arrays.sort(way);
        }
        for (int way = 0; way < requests.length; way++) {
            System.out.printf(
                    Locale.ROOT,
                    "%-24s %10.1f %10.1f %12.1f %12.1f%n",
                    names.get(way),
                    at(nanos[way], 0.5),
                    at(nanos[way], 0.99),
                    at(nanos[way], 0.5) - at(nanos[0], 0.5),
                    at(nanos[way], 0.99) - at(nanos[0], 0.99));
        }
    }

    private static double at(long[] sorted, double quantile) {
        return sorted[(int) (quantile * (sorted.length - 1))] / 1000.0;
    }

    private static byte[] request(String model, int port) {
        String text = DecisionBenchmark.text(QUERY_CHARACTERS);
        String body = "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
        return ("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** One keep-alive connection that reads answers with a content-length: nothing that could cost time of its own. */
    private static final class Connection implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;

        private Connection(int port) throws IOException {
            this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        private long exchange(byte[] request) throws IOException {
            long start = System.nanoTime();
            socket.getOutputStream().write(request);
            String status = line();
            int length = -1;
            for (String header = line(); !header.isEmpty(); header = line()) {
                if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(
                            header.substring("content-length:".length()).strip());
                }
            }
            if (!status.contains(" 200 ") || in.readNBytes(length).length != length) {
                throw new IOException("the answer is not what was expected: " + status);
            }
            return System.nanoTime() - start;
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("the connection was closed");
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
