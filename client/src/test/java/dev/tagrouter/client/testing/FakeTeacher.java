package dev.tagrouter.client.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A real server that speaks chat completions, records what reaches it and answers as told. */
public final class FakeTeacher implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger mostInside = new AtomicInteger();
    private volatile Function<Seen, Answer> answer = asked -> says("{\"tags\":[\"sql\"]}");

    /** A request. */
    public record Seen(JsonNode body, String authorization) {
        /** What the user's message says. */
        public String user() {
            JsonNode messages = body.path("messages");
            return messages.path(messages.size() - 1).path("content").asText();
        }

        public boolean hasSchema() {
            return body.has("response_format");
        }
    }

    /** An answer. */
    public sealed interface Answer {
        /** With a status, headers and a body. */
        record Whole(int status, Map<String, String> headers, String body) implements Answer {}

        /** Nothing, until the server is closed. */
        record Hangs() implements Answer {}

        /** A head and half a body, then nothing. */
        record HangsInTheBody() implements Answer {}

        /** The connection is closed without an answer. */
        record Breaks() implements Answer {}
    }

    public FakeTeacher() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::handle);
        server.start();
    }

    /** A chat completion with this text, 100 tokens in and 10 out. */
    public static Answer says(String text) {
        return says(text, "stop");
    }

    public static Answer says(String text, String finishReason) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode choice = root.putArray("choices").addObject();
        choice.putObject("message").put("role", "assistant").put("content", text);
        choice.put("finish_reason", finishReason);
        root.putObject("usage").put("prompt_tokens", 100).put("completion_tokens", 10);
        return new Answer.Whole(200, Map.of(), root.toString());
    }

    /** An error in OpenAI's shape. */
    public static Answer refuses(int status, String message) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("error").put("message", message);
        return new Answer.Whole(status, Map.of(), root.toString());
    }

    public void answers(Function<Seen, Answer> with) {
        answer = with;
    }

    private void handle(HttpExchange exchange) throws IOException {
        mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
        boolean left = false;
        try (exchange) {
            String authorization = exchange.getRequestHeaders().getFirst("authorization");
            Seen asked = new Seen(
                    JSON.readTree(exchange.getRequestBody().readAllBytes()),
                    authorization == null ? "" : authorization);
            seen.add(asked);
            switch (answer.apply(asked)) {
                case Answer.Whole whole -> {
                    byte[] body = whole.body().getBytes(StandardCharsets.UTF_8);
                    whole.headers().forEach(exchange.getResponseHeaders()::set);
                    // What the client asks as soon as it has its answer is not beside this.
                    inside.decrementAndGet();
                    left = true;
                    exchange.sendResponseHeaders(whole.status(), body.length == 0 ? -1 : body.length);
                    exchange.getResponseBody().write(body);
                }
                case Answer.Hangs hangs -> closed.await();
                case Answer.HangsInTheBody hangs -> {
                    exchange.sendResponseHeaders(200, 1000);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    closed.await();
                }
                case Answer.Breaks breaks -> {}
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!left) {
                inside.decrementAndGet();
            }
        }
    }

    /** What has reached it so far, in order. */
    public List<Seen> seen() {
        return seen;
    }

    /** The most requests that were under way at once. */
    public int mostAtOnce() {
        return mostInside.get();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
