package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a thousand requests while two configurations take turns: none fails, each is answered by one of them wholly. */
class ReloadUnderLoadTest {
    private static final int CLIENTS = 16;
    private static final int REQUESTS_EACH = 70;
    private static final int BETWEEN_SWAPS_MILLIS = 50;
    private static final String BODY = Fixture.body("auto", "write sql");

    @TempDir
    private Path folder = Path.of("");

    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> seen = Collections.synchronizedSet(new TreeSet<>());
    private final AtomicInteger answered = new AtomicInteger();

    /** Each asks its own upstream, says so by its own profile, and calls the model its own name there. */
    private static String yaml(FakeUpstream upstream, String name) {
        return Live.yaml(upstream.baseUrl(), name, "")
                .replace("name: coder,", "name: coder, upstream_model: " + name + "-coder,");
    }

    private static void answerSlowly(FakeUpstream upstream, String name) {
        upstream.answers(response -> {
            response.putHeader("content-type", "text/event-stream").setChunked(true);
            response.write("data: " + name + "\n\n");
            upstream.vertx().setTimer(15, later -> response.write("data: " + name + "\n\n"));
            upstream.vertx().setTimer(30, later -> response.end("data: [DONE]\n\n"));
        });
    }

    @Test
    void noneFailsAndNoneIsOfTwoEditions() throws Exception {
        Live.tiny().write(folder.resolve("one"));
        Live.other().write(folder.resolve("two"));
        Watchman watchman = new Watchman();
        try (FakeUpstream one = new FakeUpstream();
                FakeUpstream two = new FakeUpstream()) {
            answerSlowly(one, "one");
            answerSlowly(two, "two");
            int swaps;
            try (Live live = new Live(folder, yaml(one, "one"))) {
                swaps = underLoad(live, yaml(one, "one"), yaml(two, "two"));
                assertThat(live.status().path("edition").asInt()).isGreaterThan(swaps);
                // Nobody asks any more, so whatever is open now was left behind; kept alive it would be there for 4 s.
                live.gateway.reload("last");
                assertThat(Live.soon(3, () -> one.openConnections() + two.openConnections() == 0))
                        .isTrue();
            }
            assertThat(wrong).isEmpty();
            assertThat(answered).hasValue(CLIENTS * REQUESTS_EACH);
            assertThat(seen).containsExactly("one", "two");
            assertThat(swaps).isGreaterThan(10);
            assertAskedByItsName(one, "one-coder");
            assertAskedByItsName(two, "two-coder");
            System.out.printf(Locale.ROOT, "reload under load: %d requests, %d swaps%n", answered.get(), swaps);
        }
        watchman.assertQuiet(Live.ADMIN_KEY);
        watchman.close();
    }

    private int underLoad(Live live, String first, String second) throws Exception {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofVirtual().start(() -> ask(live.gateway)));
        }
        int swaps = 0;
        while (clients.stream().anyMatch(Thread::isAlive)) {
            live.write(swaps % 2 == 0 ? second : first);
            live.gateway.reload("test");
            swaps++;
            Thread.sleep(BETWEEN_SWAPS_MILLIS);
        }
        for (Thread client : clients) {
            assertThat(client.join(Duration.ofSeconds(60))).isTrue();
        }
        return swaps;
    }

    private void ask(Gateway gateway) {
        try (Wire wire = Wire.to(gateway)) {
            for (int i = 0; i < REQUESTS_EACH; i++) {
                check(wire.send(Wire.chat("/v1/chat/completions", BODY)).next());
            }
        } catch (IOException | RuntimeException e) {
            wrong.add(e.toString());
        }
    }

    private void check(Wire.Answer answer) {
        String profile = answer.header("x-tagrouter-profile");
        String name = profile.equals(Live.tiny().id())
                ? "one"
                : profile.equals(Live.other().id()) ? "two" : "?";
        String whole = ("data: " + name + "\n\n").repeat(2) + "data: [DONE]\n\n";
        if (answer.status() != 200 || !answer.body().equals(whole)) {
            wrong.add(answer.toString());
        }
        seen.add(name);
        answered.incrementAndGet();
    }

    private static void assertAskedByItsName(FakeUpstream upstream, String model) throws InterruptedException {
        assertThat(upstream.calls()).isPositive();
        while (upstream.wasCalled()) {
            assertThat(upstream.next().body().toString()).contains("\"" + model + "\"");
        }
    }
}
