package dev.tagrouter.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A real server that records what reaches it and answers as told. */
public final class FakeUpstream implements AutoCloseable {
    /** What reached it. */
    public record Seen(String path, MultiMap headers, Buffer body) {}

    public static final String PLAIN = "{\"id\":\"1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\","
            + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hi\",\"refusal\":null},"
            + "\"logprobs\":null,\"finish_reason\":\"stop\"}]}";

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger made = new AtomicInteger();
    private final CountDownLatch aborted = new CountDownLatch(1);
    private volatile Consumer<HttpServerResponse> answer =
            response -> response.putHeader("content-type", "application/json").end(PLAIN);

    public FakeUpstream() throws Exception {
        server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .connectionHandler(connection -> {
                    made.incrementAndGet();
                    connections.incrementAndGet();
                    connection.closeHandler(closed -> connections.decrementAndGet());
                })
                .requestHandler(request -> request.body().onSuccess(body -> {
                    HttpServerResponse response = request.response();
                    response.closeHandler(closed -> {
                        if (!response.ended()) {
                            aborted.countDown();
                        }
                    });
                    seen.add(new Seen(request.uri(), request.headers(), body));
                    answer.accept(response);
                }))
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    public Vertx vertx() {
        return vertx;
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/v1");
    }

    public void answers(Consumer<HttpServerResponse> with) {
        answer = with;
    }

    public void answersEvents(String... events) {
        answer = response -> {
            response.putHeader("content-type", "text/event-stream").setChunked(true);
            for (String event : events) {
                response.write("data: " + event + "\n\n");
            }
            response.end();
        };
    }

    public Seen next() throws InterruptedException {
        Seen next = seen.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("the upstream was not called");
        }
        return next;
    }

    /** Forgets what reached it so far. */
    public void forget() {
        seen.clear();
    }

    public int openConnections() {
        return connections.get();
    }

    /** How many connections there have been, closed ones too. */
    public int connectionsMade() {
        return made.get();
    }

    /** How often it was called and the call not looked at with {@link #next()}. */
    public int calls() {
        return seen.size();
    }

    public boolean wasCalled() {
        return !seen.isEmpty();
    }

    public boolean awaitAbort() throws InterruptedException {
        return aborted.await(5, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
