package dev.tagrouter.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A model server that answers each request with the id found in it, and fails in the way it is told to. */
final class FaultyUpstream implements AutoCloseable {
    /** An id in a request's text. */
    static final Pattern ID = Pattern.compile("id-\\d+");

    static final String ERROR =
            "{\"error\":{\"message\":\"not now\",\"type\":\"server_error\",\"param\":null,\"code\":\"busy\"}}";
    private static final int PIECES = 4;

    /** How it behaves. */
    enum Mode {
        WELL,
        /** Reads and never answers. */
        SILENT,
        /** Answers later than the gateway waits. */
        SLOW,
        /** Closes the connection in the middle of a stream, and before a plain answer. */
        RESETTING,
        /** Too many requests, with a Retry-After. */
        STORMING,
        FAILING
    }

    private final Vertx vertx;
    private final long slowMillis;
    private final int port;
    private volatile Mode mode = Mode.WELL;
    private @Nullable HttpServer server;

    /** @param slowMillis how late a slow answer is */
    FaultyUpstream(Vertx vertx, long slowMillis) {
        this.vertx = vertx;
        this.slowMillis = slowMillis;
        this.port = listen(0);
    }

    private int listen(int wanted) {
        HttpServer listening = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(wanted))
                .requestHandler(this::handle)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        server = listening;
        return listening.actualPort();
    }

    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port + "/v1");
    }

    void behaves(Mode how) {
        mode = how;
    }

    /** Closes its port and every connection. */
    void die() {
        HttpServer listening = server;
        if (listening != null) {
            listening.close().toCompletionStage().toCompletableFuture().join();
            server = null;
        }
    }

    void live() {
        if (server == null) {
            listen(port);
        }
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            Matcher matcher = ID.matcher(body.toString());
            String id = matcher.find() ? matcher.group() : "none";
            boolean streaming = body.toString().contains("\"stream\":true");
            HttpServerResponse response = request.response();
            switch (mode) {
                case WELL -> answer(response, id, streaming, PIECES);
                case SILENT -> {}
                case SLOW -> vertx.setTimer(slowMillis, late -> answer(response, id, streaming, PIECES));
                case RESETTING -> {
                    if (streaming) {
                        answer(response, id, true, PIECES / 2);
                    } else {
                        response.reset();
                    }
                }
                case STORMING -> error(response.putHeader("retry-after", "1"), 429);
                case FAILING -> error(response, 503);
            }
        });
    }

    private static void error(HttpServerResponse response, int status) {
        response.setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(ERROR);
    }

    /** Streams end with a reset where not all pieces are sent. */
    private void answer(HttpServerResponse response, String id, boolean streaming, int pieces) {
        if (response.closed()) {
            return;
        }
        if (!streaming) {
            response.putHeader("content-type", "application/json").end("{\"content\":\"" + id + "\"}");
            return;
        }
        response.putHeader("content-type", "text/event-stream").setChunked(true);
        piece(response, id, pieces, 0);
    }

    private void piece(HttpServerResponse response, String id, int pieces, int number) {
        if (response.closed()) {
            return;
        }
        if (number < pieces) {
            response.write("data: {\"content\":\"" + id + "\"}\n\n");
            vertx.setTimer(1, next -> piece(response, id, pieces, number + 1));
        } else if (pieces < PIECES) {
            response.reset();
        } else {
            response.end("data: [DONE]\n\n");
        }
    }

    @Override
    public void close() {
        die();
    }
}
