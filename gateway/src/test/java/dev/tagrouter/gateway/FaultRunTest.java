package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.gateway.config.FailureConfig;
import dev.tagrouter.gateway.config.ModelConfig;
import dev.tagrouter.gateway.config.ModelUpstream;
import dev.tagrouter.gateway.config.Timeouts;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

/**
 * Load while upstreams fail in every way: three models on two upstreams each, of which some always answer. Every answer
 * must be its own request's, whole or in the shape of an error, and in time.
 *
 * <p>{@code -Dtagrouter.faults.seconds=N} runs each fault for N seconds instead of 3, {@code -Dtagrouter.faults.clients=N}
 * with N clients instead of 24; the figures are printed.
 */
class FaultRunTest {
    private static final int SECONDS = Integer.getInteger("tagrouter.faults.seconds", 3);
    private static final int CLIENTS = Integer.getInteger("tagrouter.faults.clients", 24);
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofSeconds(10));
    private static final int PATIENCE_MILLIS = 30_000;
    private static final long SLOW_MILLIS = 4500;

    private final Watchman watchman = new Watchman();
    private final List<FaultyUpstream> upstreams = new ArrayList<>();
    private final AtomicLong ids = new AtomicLong();

    /** What came of the requests while one fault lasted. */
    private static final class Tally {
        final AtomicInteger good = new AtomicInteger();
        final AtomicInteger refused = new AtomicInteger();
        final AtomicInteger brokenStreams = new AtomicInteger();
        final AtomicInteger wrong = new AtomicInteger();
        final AtomicInteger hung = new AtomicInteger();
        final AtomicInteger shapeless = new AtomicInteger();
        final List<String> notes = Collections.synchronizedList(new ArrayList<>());

        /** Of the requests that had not begun to be answered when something failed. */
        double success() {
            int asked = good.get() + refused.get() + wrong.get() + hung.get() + shapeless.get();
            return (double) good.get() / asked;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "good %d, refused %d, broken after the first byte %d, wrong %d, hung %d, shapeless %d: %.3f %%",
                    good.get(),
                    refused.get(),
                    brokenStreams.get(),
                    wrong.get(),
                    hung.get(),
                    shapeless.get(),
                    100 * success());
        }
    }

    /** A server that is closed while somebody connects to it says so, and these are killed on purpose. */
    private boolean isOfAKilledUpstream(String message) {
        return message.startsWith("Failed to register an accepted channel")
                && upstreams.stream()
                        .anyMatch(upstream -> message.contains(
                                "L:/127.0.0.1:" + upstream.baseUrl().getPort() + " "));
    }

    /** What upstreams do while a fault lasts. */
    private interface Fault {
        void step(long millis);
    }

    @Test
    void whileOneCandidateIsHealthyRequestsAreAnswered() throws Exception {
        Vertx vertx = Vertx.vertx();
        for (int i = 0; i < 6; i++) {
            upstreams.add(new FaultyUpstream(vertx, SLOW_MILLIS));
        }
        try {
            run("none", millis -> {});
            run("killed", millis -> {
                for (int i = 0; millis > 200 && i < 4; i++) {
                    upstreams.get(i).die();
                }
            });
            run("black-holed", millis -> behave(FaultyUpstream.Mode.SILENT, 0, 1, 2));
            run("slow", millis -> behave(FaultyUpstream.Mode.SLOW, 0, 2, 3, 4));
            run("reset mid-stream", millis -> behave(FaultyUpstream.Mode.RESETTING, 0, 1));
            run("429 storm", millis -> behave(FaultyUpstream.Mode.STORMING, 0, 1, 2, 3));
            run("failing", millis -> behave(FaultyUpstream.Mode.FAILING, 0, 1, 4, 5));
            run("half flapping", this::flap);
        } finally {
            for (FaultyUpstream upstream : upstreams) {
                upstream.close();
            }
            vertx.close();
        }
        watchman.assertQuiet(this::isOfAKilledUpstream, Fixture.UPSTREAM_KEY);
        watchman.close();
    }

    private static ModelConfig model(String name, String column, int first) {
        return new ModelConfig(name, "u" + first, name, null, column)
                .withUpstreams(List.of(
                        new ModelUpstream("u" + first, name, 1), new ModelUpstream("u" + (first + 1), name, 1)));
    }

    private void behave(FaultyUpstream.Mode mode, int... which) {
        for (int i : which) {
            upstreams.get(i).behaves(mode);
        }
    }

    /** One upstream of each model is well for a fifth of a second, then fails for one, each in its own way. */
    private void flap(long millis) {
        boolean well = millis / 200 % 2 == 0;
        behave(well ? FaultyUpstream.Mode.WELL : FaultyUpstream.Mode.FAILING, 0);
        behave(well ? FaultyUpstream.Mode.WELL : FaultyUpstream.Mode.STORMING, 2);
        behave(well ? FaultyUpstream.Mode.WELL : FaultyUpstream.Mode.SILENT, 4);
    }

    /** Each on a gateway of its own, which knows of no earlier fault. */
    private void run(String name, Fault fault) throws Exception {
        List<ModelConfig> models =
                List.of(model("my-coder", "coder", 0), model("strong", "strong", 2), model("small", "small", 4));
        List<URI> addresses = upstreams.stream().map(FaultyUpstream::baseUrl).toList();
        Tally tally = new Tally();
        long errors;
        try (Gateway gateway = Gateway.start(
                Trouble.config(addresses, FailureConfig.DEFAULT, models, TIMEOUTS)
                        .withPort(0),
                line -> {})) {
            underLoad(gateway, tally, name, fault);
            errors = errors(gateway);
        }
        System.out.printf(Locale.ROOT, "fault run: %-17s %s; %d calls failed%n", name, tally, errors);
        for (FaultyUpstream upstream : upstreams) {
            upstream.behaves(FaultyUpstream.Mode.WELL);
            upstream.live();
        }
        assertThat(tally.notes).as(name).isEmpty();
        assertThat(tally.wrong.get() + tally.hung.get() + tally.shapeless.get()).isZero();
        assertThat(tally.success()).as(name).isGreaterThanOrEqualTo(0.999);
        assertThat(errors > 0).as(name).isEqualTo(!name.equals("none"));
    }

    private void underLoad(Gateway gateway, Tally tally, String name, Fault fault) throws Exception {
        long start = System.nanoTime();
        long end = start + SECONDS * 1_000_000_000L;
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofVirtual().start(() -> load(gateway, tally, end)));
        }
        while (System.nanoTime() < end) {
            fault.step((System.nanoTime() - start) / 1_000_000);
            Thread.sleep(10);
        }
        for (Thread client : clients) {
            assertThat(client.join(Duration.ofMillis(PATIENCE_MILLIS + 5000)))
                    .as(name)
                    .isTrue();
        }
    }

    /** How many calls to upstreams failed, by the gateway's own count. */
    private static long errors(Gateway gateway) throws IOException {
        try (Wire wire = Wire.to(gateway).send("GET /metrics HTTP/1.1\r\nhost: localhost\r\n\r\n")) {
            return wire.next()
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("tagrouter_upstream_errors_total{"))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }

    private void load(Gateway gateway, Tally tally, long endNanos) {
        while (System.nanoTime() < endNanos) {
            try (Wire wire = Wire.to(gateway).patience(PATIENCE_MILLIS)) {
                while (System.nanoTime() < endNanos) {
                    ask(wire, tally);
                }
            } catch (SocketTimeoutException e) {
                tally.hung.incrementAndGet();
            } catch (IOException e) {
                tally.shapeless.incrementAndGet();
                tally.notes.add(String.valueOf(e.getMessage()));
            }
        }
    }

    private void ask(Wire wire, Tally tally) throws IOException {
        long number = ids.incrementAndGet();
        String id = "id-" + number;
        boolean streaming = number % 2 == 0;
        String text = (number % 3 == 0 ? "hello " : "write sql ") + id;
        String body = Fixture.body("auto", text);
        wire.send(Wire.chat(
                "/v1/chat/completions", streaming ? body.substring(0, body.length() - 1) + ",\"stream\":true}" : body));
        Wire.Answer answer = wire.next();
        if (!isAbout(id, answer.body())) {
            tally.wrong.incrementAndGet();
            tally.notes.add(id + ": " + answer.body());
        } else if (answer.status() == 200 && answer.body().contains(id) && isWhole(answer.body(), streaming)) {
            tally.good.incrementAndGet();
        } else if (answer.status() == 200 && streaming && isErrorEvent(answer.body())) {
            tally.brokenStreams.incrementAndGet();
        } else if (answer.status() >= 429 && answer.body().startsWith("{\"error\":{\"message\":")) {
            tally.refused.incrementAndGet();
        } else {
            tally.shapeless.incrementAndGet();
            tally.notes.add(id + ": " + answer);
        }
    }

    private static boolean isAbout(String id, String body) {
        Matcher matcher = FaultyUpstream.ID.matcher(body);
        while (matcher.find()) {
            if (!matcher.group().equals(id)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWhole(String body, boolean streaming) {
        return !streaming || (body.endsWith("data: [DONE]\n\n") && !body.contains("\"error\""));
    }

    private static boolean isErrorEvent(String body) {
        String last = body.stripTrailing();
        return last.substring(last.lastIndexOf('\n') + 1).startsWith("data: {\"error\":{\"message\":");
    }
}
