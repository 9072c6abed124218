package dev.tagrouter.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One call at a time and thread: bytes of a chat request out, a {@link Reply} in, by a deadline, whatever happens. */
final class ChatCall implements AutoCloseable {
    private static final long MOST_BYTES = 1 << 20;
    private static final int SHOWN = 200;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ModelServer server;
    private final InstantSource clock;
    // HTTP/1.1: a request to upgrade, which the client would send otherwise, upsets some model servers.
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    ChatCall(ModelServer server, InstantSource clock) {
        this.server = server;
        this.clock = clock;
    }

    /** @param deadline for all of it: connection, head and body, which the client's own timeout does not cover */
    Reply ask(byte[] body, Duration deadline) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.chat())
                .header("content-type", "application/json")
                .header("accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        ApiKey key = server.apiKey();
        if (key != null) {
            request.header("authorization", "Bearer " + key.reveal());
        }
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            return reply(answer.get(Math.max(1, deadline.toNanos()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return new Reply.TimedOut(server.place() + " did not answer within " + deadline.toMillis() + " ms");
        } catch (ExecutionException e) {
            return broken(e.getCause() == null ? e : e.getCause());
        } finally {
            // Of an answer that is there, nothing is left to cancel.
            answer.cancel(true);
        }
    }

    private Reply broken(Throwable cause) {
        if (cause instanceof HttpConnectTimeoutException) {
            return new Reply.TimedOut(server.place() + " could not be connected in time");
        }
        return new Reply.Unreachable(server.place() + " cannot be reached (" + reason(cause) + ")");
    }

    private static String reason(Throwable cause) {
        return switch (cause) {
            case ConnectException e ->
                e.getCause() instanceof UnresolvedAddressException ? "no such host" : "connection refused";
            case SSLException e -> "TLS failed";
            case IOException e -> "the connection broke, or the answer is longer than " + (MOST_BYTES >> 20) + " MiB";
            case Throwable e -> e.getClass().getSimpleName();
        };
    }

    private Reply reply(HttpResponse<byte[]> response) {
        JsonNode root = parsed(response.body());
        if (response.statusCode() != 200) {
            String message =
                    root == null ? "" : root.path("error").path("message").asText("");
            if (message.isEmpty() && root != null) {
                message = root.path("message").asText("");
            }
            return new Reply.Refused(
                    response.statusCode(),
                    "status " + response.statusCode() + (message.isEmpty() ? "" : ": " + shown(message)),
                    retryAfter(response));
        }
        JsonNode choice = root == null ? null : root.path("choices").path(0);
        if (root == null || choice == null || !choice.path("message").isObject()) {
            return new Reply.Garbled("the answer is no chat completion; does the address end in /v1?");
        }
        return new Reply.Said(
                content(choice.path("message").path("content")),
                choice.path("finish_reason").asText("").equals("length"),
                new Usage(
                        Math.max(0, root.path("usage").path("prompt_tokens").asLong(0)),
                        Math.max(0, root.path("usage").path("completion_tokens").asLong(0))));
    }

    /** Plain text, or the text parts of a list. */
    private static String content(JsonNode content) {
        if (!content.isArray()) {
            return content.isTextual() ? content.textValue() : "";
        }
        StringBuilder text = new StringBuilder();
        content.forEach(part -> text.append(part.path("text").asText("")));
        return text.toString();
    }

    private static @Nullable JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return null;
        }
    }

    /** A server's words on one line; some repeat the key. */
    private String shown(String message) {
        ApiKey key = server.apiKey();
        String line = (key == null ? message : key.struckFrom(message))
                .replaceAll("[\\s\\p{Cntrl}]+", " ")
                .strip();
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
    }

    /** Seconds or a date. */
    private @Nullable Duration retryAfter(HttpResponse<?> response) {
        String value = response.headers().firstValue("retry-after").orElse("").strip();
        try {
            if (value.matches("\\d{1,6}(\\.\\d+)?")) {
                return Duration.ofMillis(Math.round(1000 * Double.parseDouble(value)));
            }
            Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration left = Duration.between(clock.instant(), then);
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
