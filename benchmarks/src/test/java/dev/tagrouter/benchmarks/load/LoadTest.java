package dev.tagrouter.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The generator against servers that behave, stall, fail and go away. */
class LoadTest {
    private static final Load.Plan PLAN = new Load.Plan(8, Duration.ofMillis(500), Duration.ofSeconds(2));

    private interface Body {
        void run(Target target, StubUpstream stub) throws Exception;
    }

    private static void withStub(StubUpstream.@Nullable Streaming streaming, Body body) throws Exception {
        Thread thread;
        try (StubUpstream stub = new StubUpstream(streaming)) {
            thread = new Thread(() -> serve(stub), "stub");
            thread.start();
            body.run(target(stub.port()), stub);
        }
        thread.join(TimeUnit.SECONDS.toMillis(5));
        assertThat(thread.isAlive()).isFalse();
    }

    private static void serve(StubUpstream stub) {
        try {
            stub.serve();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Target target(int port) {
        return Target.post(port, "/v1/chat/completions", Map.of("X-Test", "yes"), "{\"model\":\"stub\"}");
    }

    @Test
    void settlesOnceThroughputStandsStill() throws Exception {
        Load.Plan slice = new Load.Plan(4, Duration.ZERO, Duration.ofMillis(100));
        withStub(null, (target, stub) -> {
            Duration most = Duration.ofSeconds(20);
            assertThat(Load.settle(target, slice, most))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(400))
                    .isLessThan(most);
            assertThat(Load.settle(target, slice, Duration.ofMillis(200))).isEqualTo(Duration.ofMillis(200));
        });
    }

    @Test
    void keepsTheRate() throws Exception {
        withStub(null, (target, stub) -> {
            LoadResult result = Load.atRate(target, PLAN, 500);
            assertThat(result.answered()).isEqualTo(1000);
            assertThat(result.failed()).isZero();
            assertThat(result.perSecond()).isCloseTo(500, within(1.0));
        });
    }

    @Test
    void aStallShowsInEveryRequestThatWasDueMeanwhile() throws Exception {
        withStub(null, (target, stub) -> {
            Thread pausing = new Thread(() -> {
                sleep(1000);
                stub.pause(Duration.ofMillis(500));
            });
            pausing.start();
            LoadResult result = Load.atRate(target, PLAN, 500);
            pausing.join();
            assertThat(result.answered()).isEqualTo(1000);
            assertThat(result.latency().max()).isGreaterThan(450_000);
            // A quarter of all requests was due while nothing answered, and waited for half of that time on average;
            // counted from when they were sent, all but the eight under way would look fast.
            assertThat(result.latency().p99()).isGreaterThan(400_000);
            assertThat(result.lateness().p99()).isGreaterThan(300_000);
        });
    }

    @Test
    void aRateThatIsTooHighShowsAsLatency() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer slow = server(200, 20, asked);
        try {
            LoadResult result = Load.atRate(
                    target(slow.getAddress().getPort()), new Load.Plan(2, Duration.ZERO, Duration.ofSeconds(1)), 400);
            // Two connections at 20 ms carry a hundred a second.
            assertThat(result.answered() + result.failed()).isEqualTo(400);
            assertThat(result.latency().p50()).isGreaterThan(500_000);
        } finally {
            slow.stop(0);
        }
    }

    @Test
    void countsOtherStatusesAsFailed() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer failing = server(503, 0, asked);
        try {
            Target target = target(failing.getAddress().getPort());
            LoadResult open = Load.atRate(target, new Load.Plan(4, Duration.ZERO, Duration.ofSeconds(1)), 100);
            assertThat(open.failed()).isEqualTo(100);
            assertThat(open.answered()).isZero();
            LoadResult closed = Load.saturate(target, new Load.Plan(4, Duration.ZERO, Duration.ofMillis(500)));
            assertThat(closed.failed()).isPositive();
            assertThat(closed.answered()).isZero();
            assertThat(asked.get()).isGreaterThanOrEqualTo((int) (open.failed() + closed.failed()));
        } finally {
            failing.stop(0);
        }
    }

    @Test
    void countsWhatIsNeverAnswered() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            LoadResult result = Load.atRate(
                    target(silent.getLocalPort()), new Load.Plan(2, Duration.ZERO, Duration.ofMillis(100)), 100);
            assertThat(result.answered()).isZero();
            assertThat(result.failed()).isEqualTo(10);
            assertThat(result.latency().p50()).isGreaterThan(1_000_000);
        }
    }

    @Test
    void readsStreamsToTheirEnd() throws Exception {
        withStub(new StubUpstream.Streaming(5, Duration.ofMillis(20)), (target, stub) -> {
            LoadResult result = Load.atRate(target, PLAN, 50);
            assertThat(result.answered()).isEqualTo(100);
            assertThat(result.failed()).isZero();
            assertThat(result.latency().p50()).isBetween(100_000.0, 200_000.0);
        });
    }

    @Test
    void timesTheFirstEventOfStreamsAndTheGapsBetweenTheOthers() throws Exception {
        withStub(new StubUpstream.Streaming(10, Duration.ofMillis(20)), (target, stub) -> {
            Thread pausing = new Thread(() -> {
                sleep(1000);
                stub.pause(Duration.ofMillis(500));
            });
            pausing.start();
            StreamResult result = Load.streams(target, PLAN, Duration.ofMillis(200));
            pausing.join();
            assertThat(result.streams()).isEqualTo(8);
            assertThat(result.ended()).isBetween(16L, 80L);
            assertThat(result.failed()).isZero();
            assertThat(result.first().p50()).isBetween(19_000.0, 100_000.0);
            assertThat(result.gap().p50()).isBetween(15_000.0, 100_000.0);
            assertThat(result.gap().max()).isGreaterThan(450_000);
        });
    }

    @Test
    void saturates() throws Exception {
        withStub(null, (target, stub) -> {
            LoadResult result = Load.saturate(target, PLAN);
            assertThat(result.failed()).isZero();
            assertThat(result.perSecond()).isGreaterThan(1000);
            assertThat(result.answered()).isGreaterThan(2000);
        });
    }

    @Test
    void saysWhereNobodyListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThatThrownBy(() -> Load.saturate(target(port), PLAN)).isInstanceOf(ConnectException.class);
    }

    private static HttpServer server(int status, int millis, AtomicInteger asked) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            asked.incrementAndGet();
            sleep(millis);
            byte[] answer = "{}".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
