package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.gateway.config.GatewayConfig;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No event loop is blocked: bodies of a megabyte in every API, routed and translated, while editions are swapped.
 *
 * <p>{@code -Dtagrouter.blocked.millis=N} says from when on a loop counts as blocked; {@code -Dtagrouter.blocked.mebibytes=N}
 * how long the bodies are.
 */
class EventLoopTest {
    private static final int LIMIT_MILLIS = Integer.getInteger("tagrouter.blocked.millis", 100);
    private static final int BODY_BYTES = Integer.getInteger("tagrouter.blocked.mebibytes", 1) << 20;
    private static final Logger CHECKER = Logger.getLogger("io.vertx.core.impl.BlockedThreadChecker");
    private static final Pattern BLOCKED = Pattern.compile("Thread (\\S+) has been blocked for (\\d+) ms");
    private static final int CLIENTS = 3;
    /** Fewer of long bodies: the upstream of the test keeps all of them. */
    private static final int WARM_UP_ROUNDS = Math.max(4, (15 << 20) / BODY_BYTES);

    private static final int ROUNDS = Math.max(3, (10 << 20) / BODY_BYTES);
    /** The compiler may still be at it; what the gateway does itself it does each time. */
    private static final int MOST_ATTEMPTS = 3;

    @TempDir
    private Path folder = Path.of("");

    private final List<String> blocked = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger starved = new AtomicInteger();
    private final Turns turns = new Turns();
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            String message = record.getMessage();
            Matcher matcher = BLOCKED.matcher(message);
            if (!matcher.find()) {
                blocked.add(message);
            } else if (turns.wasAtWork(matcher.group(1), Integer.parseInt(matcher.group(2)), LIMIT_MILLIS)) {
                blocked.add(message + trace(record.getThrown()));
            } else {
                starved.incrementAndGet();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private static String trace(@Nullable Throwable thrown) {
        return thrown == null
                ? ""
                : Arrays.stream(thrown.getStackTrace())
                        .limit(25)
                        .map(StackTraceElement::toString)
                        .collect(Collectors.joining("\n    ", "\n    ", ""));
    }

    private static final String WORDS = "write sql that ranks customers by revenue and a poem, ";

    private static String text() {
        return WORDS.repeat(BODY_BYTES / WORDS.length());
    }

    /** Long, too, and translated back for half of the requests. */
    private static final String ANSWER =
            FakeUpstream.PLAIN.replace("\"hi\"", '"' + WORDS.repeat((1 << 20) / WORDS.length()) + '"');

    /** Plain, translated from Messages, and from Responses; many turns and one long one. */
    private static List<String> requests() {
        String turn = "{\"role\":\"user\",\"content\":\"" + WORDS.repeat(20) + "\"}";
        String turns = (turn + ",").repeat(BODY_BYTES / turn.length()) + turn;
        return List.of(
                chat(
                        "/v1/chat/completions",
                        "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text() + "\"}]}"),
                chat("/v1/chat/completions", "{\"model\":\"auto\",\"messages\":[" + turns + "]}"),
                chat("/v1/messages", "{\"model\":\"auto\",\"max_tokens\":9,\"messages\":[" + turns + "]}"),
                chat(
                        "/v1/messages",
                        "{\"model\":\"auto\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"" + text()
                                + "\"}]}"),
                chat("/v1/responses", "{\"model\":\"auto\",\"input\":\"" + text() + "\"}"),
                chat("/v1/route", "{\"model\":\"auto\",\"messages\":[" + turns + "]}"));
    }

    private static String chat(String path, String body) {
        return Wire.chat(path, body);
    }

    @Test
    void noEventLoopIsBlocked() throws Exception {
        Live.tiny().write(folder.resolve("profile"));
        Live.other().write(folder.resolve("other"));
        Path file = folder.resolve("tagrouter.yaml");
        List<String> requests = requests();
        CHECKER.addHandler(handler);
        try (FakeUpstream upstream = new FakeUpstream()) {
            upstream.answers(response ->
                    response.putHeader("content-type", "application/json").end(ANSWER));
            String yaml = Live.yaml(upstream.baseUrl()).replace("server: {", "server: {max_body_bytes: 100000000, ");
            Files.writeString(file, yaml);
            VertxOptions options = Gateway.options()
                    .setBlockedThreadCheckInterval(LIMIT_MILLIS / 4)
                    .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS)
                    .setMaxEventLoopExecuteTime(LIMIT_MILLIS)
                    .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
                    .setWarningExceptionTime(LIMIT_MILLIS)
                    .setWarningExceptionTimeUnit(TimeUnit.MILLISECONDS);
            try (Gateway gateway =
                    Gateway.start(() -> GatewayConfig.read(file, java.util.Map.of()), line -> {}, options)) {
                load(gateway, requests, WARM_UP_ROUNDS);
                System.out.printf(Locale.ROOT, "event loops while cold: %s%n", summary());
                int attempts = 0;
                do {
                    blocked.clear();
                    underSwaps(gateway, file, yaml, requests);
                    System.out.printf(Locale.ROOT, "event loops once warm: %s%n", summary());
                } while (!blocked.isEmpty() && ++attempts < MOST_ATTEMPTS);
            }
        } finally {
            turns.close();
            CHECKER.removeHandler(handler);
        }
        assertThat(wrong).isEmpty();
        assertThat(blocked).isEmpty();
    }

    private void underSwaps(Gateway gateway, Path file, String yaml, List<String> requests) throws Exception {
        Thread load = Thread.ofVirtual().start(() -> load(gateway, requests, ROUNDS));
        int swaps = 0;
        while (load.isAlive()) {
            Files.writeString(file, swaps % 2 == 0 ? yaml.replace(": profile}", ": other}") : yaml);
            gateway.reload("test");
            swaps++;
            load.join(Duration.ofMillis(100));
        }
        assertThat(swaps).isGreaterThan(3);
    }

    private String summary() {
        return blocked.size() + " times blocked over " + LIMIT_MILLIS + " ms by bodies of " + (BODY_BYTES >> 20)
                + " MiB, " + starved.getAndSet(0) + " times without a turn"
                + (blocked.isEmpty() ? "" : ", such as: " + blocked.getLast());
    }

    private void load(Gateway gateway, List<String> requests, int rounds) {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofVirtual().start(() -> ask(gateway, requests, rounds)));
        }
        for (Thread client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void ask(Gateway gateway, List<String> requests, int rounds) {
        try (Wire wire = Wire.to(gateway)) {
            for (int i = 0; i < rounds; i++) {
                for (String request : requests) {
                    Wire.Answer answer = wire.send(request).next();
                    if (answer.status() != 200) {
                        wrong.add(answer.toString());
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            wrong.add(e.toString());
        }
    }
}
