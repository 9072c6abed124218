package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tagrouter.gateway.config.ClientTimeouts;
import dev.tagrouter.gateway.config.Secret;
import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.config.Timeouts;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand requests, right and damaged, over connections that are kept, cut and reset: none brings the gateway
 * down, none is left without an end, and nothing of them stays behind. A failure prints its seed: put it in
 * {@link #FIRST_SEED} with {@link #REQUESTS} 1 to see it alone.
 */
class FuzzTest {
    private static final long FIRST_SEED = 1;
    private static final int REQUESTS = 10_000;
    private static final int CLIENTS = 96;
    private static final int PATIENCE_MILLIS = 15_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Answers that an upstream caused carry this. */
    private static final String FAKE = "x-fake";

    private static final ClientTimeouts SHORT =
            new ClientTimeouts(Duration.ofMillis(800), Duration.ofMillis(800), Duration.ofMillis(800));

    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger errors = new AtomicInteger();
    private final AtomicInteger answers = new AtomicInteger();

    @Test
    void tenThousandRequestsLeaveNothingBehind() throws Exception {
        ServerConfig server =
                new ServerConfig("127.0.0.1", 0, new Secret(FuzzCase.KEY), List.of(), FuzzCase.MAX_BODY_BYTES, SHORT);
        try (Watchman watchman = new Watchman();
                Fixture fixture = new Fixture(server, Timeouts.DEFAULT)) {
            answerAtRandom(fixture.upstream);
            run(fixture, 1_000_000, 300);
            await(() -> connections(fixture) <= 1);
            long heap = usedHeap();
            int threads = Thread.activeCount();

            run(fixture, FIRST_SEED, REQUESTS);

            assertThat(failures).isEmpty();
            assertThat(errors.get()).isGreaterThan(REQUESTS / 20);
            assertThat(answers.get()).isGreaterThan(REQUESTS / 2);
            await(() -> connections(fixture) <= 1);
            await(() -> fixture.upstream.openConnections() == 0);
            assertThat(usedHeap() - heap).as("bytes kept").isLessThan(24L << 20);
            assertThat(Thread.activeCount()).as("threads").isLessThanOrEqualTo(threads + 4);
            try (Wire wire = Wire.to(fixture.gateway)) {
                wire.send(Wire.chat("/v1/route", Fixture.body("auto", "write sql"), "x-api-key: " + FuzzCase.KEY));
                assertThat(wire.next().body()).contains("\"decision\":{\"model\":\"my-coder\"");
            }
            assertThat(metrics(fixture))
                    .doesNotContain(
                            "canary", "model=\"none\",path=\"/v1/chat/completions\",reason=\"none\",status=\"500\"");
            watchman.assertQuiet(Fixture.UPSTREAM_KEY, FuzzCase.KEY);
        }
    }

    private static void answerAtRandom(FakeUpstream upstream) {
        AtomicLong count = new AtomicLong();
        upstream.answers(response -> {
            upstream.forget();
            switch ((int) (count.incrementAndGet() % 7)) {
                case 0 -> response.setStatusCode(500).putHeader(FAKE, "1").end("{\"error\":{}}");
                case 1 -> response.setStatusCode(204).putHeader(FAKE, "1").end();
                case 2, 3 -> {
                    response.putHeader("content-type", "text/event-stream")
                            .putHeader(FAKE, "1")
                            .setChunked(true);
                    response.write("data: 1\n\n");
                    response.end("data: [DONE]\n\n");
                }
                default ->
                    response.putHeader("content-type", "application/json")
                            .putHeader(FAKE, "1")
                            .end(FakeUpstream.PLAIN);
            }
        });
    }

    private void run(Fixture fixture, long firstSeed, int requests) throws InterruptedException {
        AtomicLong seeds = new AtomicLong(firstSeed);
        AtomicInteger sent = new AtomicInteger();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.execute(() -> {
                    while (sent.get() < requests && failures.size() < 5) {
                        FuzzCase next = FuzzCase.of(seeds.getAndIncrement());
                        sent.addAndGet(next.requests());
                        play(fixture.gateway, next);
                    }
                });
            }
            clients.shutdown();
            assertThat(clients.awaitTermination(5, TimeUnit.MINUTES))
                    .as("every client is done")
                    .isTrue();
        }
    }

    private void play(Gateway gateway, FuzzCase with) {
        List<Integer> statuses = new ArrayList<>();
        try (Wire wire = Wire.to(gateway).patience(PATIENCE_MILLIS)) {
            wire.send(with.bytes().getBytes());
            if (with.aborts()) {
                wire.abort();
                return;
            }
            while (true) {
                Wire.Answer answer = wire.next();
                if (answer.status() != 100) {
                    statuses.add(isTheUpstreams(answer) ? 200 : answer.status());
                    check(answer, with);
                }
            }
        } catch (EOFException | SocketException end) {
            if (with.expected() != null && !with.expected().equals(statuses)) {
                failures.add("answered " + statuses + " instead of " + with.expected() + " to " + with);
            }
        } catch (SocketTimeoutException e) {
            failures.add("hangs after " + statuses + " on " + with);
        } catch (IOException | RuntimeException e) {
            failures.add(e + " after " + statuses + " on " + with);
        }
    }

    /** An answer that the upstream gave, or one of which no translation could make sense. */
    private static boolean isTheUpstreams(Wire.Answer answer) {
        return !answer.header(FAKE).isEmpty()
                || (answer.status() == 502 && answer.body().contains("gave an answer that cannot be understood"));
    }

    private void check(Wire.Answer answer, FuzzCase with) throws IOException {
        answers.incrementAndGet();
        String whole = answer.headers() + answer.body();
        if (whole.contains("canary")) {
            failures.add("a secret in " + whole + " to " + with);
        }
        if (answer.status() < 400 || isTheUpstreams(answer)) {
            return;
        }
        errors.incrementAndGet();
        JsonNode body = JSON.readTree(answer.body());
        JsonNode error = body.path("error");
        boolean openAi = error.size() == 4 && error.path("code").isTextual();
        boolean anthropic = error.size() == 2 && body.path("type").asText().equals("error");
        if (answer.status() >= 500 || !(openAi || anthropic)) {
            failures.add(answer + " to " + with);
        }
    }

    /** With the one that asks. */
    private static int connections(Fixture fixture) {
        String metrics = metrics(fixture);
        int at = metrics.indexOf("\ntagrouter_connections ");
        return (int) Double.parseDouble(
                metrics.substring(at + 23, metrics.indexOf('\n', at + 1)).strip());
    }

    /** Over a connection of its own, which no pool keeps for longer than the gateway does. */
    private static String metrics(Fixture fixture) {
        try (Wire wire = Wire.to(fixture.gateway)) {
            return wire.send("GET /metrics HTTP/1.1\r\nhost: localhost\r\nx-api-key: " + FuzzCase.KEY + "\r\n\r\n")
                    .next()
                    .body();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        // Asking opens a connection, so that asking again after a yes may find another answer.
        boolean met = condition.getAsBoolean();
        for (int i = 0; i < 150 && !met; i++) {
            Thread.sleep(100);
            met = condition.getAsBoolean();
        }
        assertThat(met).isTrue();
    }

    private static long usedHeap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
