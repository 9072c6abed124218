package dev.tagrouter.gateway.upstream;

import dev.tagrouter.gateway.config.Timeouts;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.RequestOptions;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call under way: watches its timeouts, tells the {@link UpstreamAnswer} what comes, and can be cancelled at any
 * point. Lives on one event loop.
 *
 * <p>The head is told with the first byte of the body, so that an upstream that sends its head and then stalls is
 * still answered by a clean error.
 */
public final class UpstreamCall {
    private static final long NO_TIMER = -1;
    /** Below are steps on the way to an answer, above is nothing. */
    private static final int LEAST_STATUS = 200;

    private static final int MOST_STATUS = 599;
    /** How much, and how long, of an answer that was refused is read, so that its connection can be used again. */
    private static final int MOST_BYTES_THROWN_AWAY = 1 << 16;

    private static final long MILLIS_THROWN_AWAY = 1000;
    /** How long what is held back of an answer may take to be handed on; it is in memory. */
    private static final long MILLIS_HANDED_ON = 100;

    private final Vertx vertx;
    private final UpstreamClient client;
    private final UpstreamFailures failures;
    private final UpstreamAnswer answer;
    private final long deadlineNanos;
    private long timer = NO_TIMER;
    private boolean over;
    private boolean paused;
    /** The upstream has closed the connection while the call was paused: what came before is being handed on. */
    private boolean handingOn;

    private long pausedNanos;
    private boolean headTold;
    private long sentNanos;
    private long lastByteNanos;
    /** What is sent; null once it is answered. */
    private @Nullable Sent sent;
    /** The upstream may have closed the connection before it got the request. */
    private boolean maybeStale;
    /** One, or two where the first was on a connection that turned out to be closed. */
    private int sendings;

    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;

    /** @param headers all of them */
    record Sent(RequestOptions options, MultiMap headers, Buffer body) {}

    UpstreamCall(Vertx vertx, UpstreamClient client, Sent sent, long deadlineNanos, UpstreamAnswer answer) {
        this.vertx = vertx;
        this.client = client;
        this.failures = client.failures();
        this.sent = sent;
        this.deadlineNanos = deadlineNanos;
        this.answer = answer;
    }

    void begin() {
        Sent toSend = Objects.requireNonNull(sent);
        Future<HttpClientRequest> again = client.connections().reuse(toSend.options());
        maybeStale = again != null;
        send(toSend, again == null ? client.connections().open(toSend.options()) : again);
    }

    private void send(Sent toSend, Future<HttpClientRequest> connecting) {
        int number = ++sendings;
        connecting.onComplete(connected -> connected(connected, toSend, number), this::notConnected);
        if (request == null && !over) {
            long millis = Math.min(timeouts().connect().toMillis(), (deadlineNanos - System.nanoTime()) / 1_000_000);
            timer = vertx.setTimer(Math.max(1, millis), late -> {
                timer = NO_TIMER;
                fail(notConnectedInTime());
            });
        }
    }

    /**
     * Sends once more, on a new connection, what an idle one did not bring to an answer: the upstream may close that at
     * any time, which is no failure of it.
     */
    private boolean sentAgain() {
        Sent toSend = sent;
        if (!maybeStale || toSend == null) {
            return false;
        }
        maybeStale = false;
        request = null;
        stopTimer();
        send(toSend, client.connections().open(toSend.options()));
        return true;
    }

    private void connected(HttpClientRequest connected, Sent toSend, int number) {
        // Told here, too, what fails the call; nobody else would listen, and it would be logged as an error.
        connected.exceptionHandler(e -> broke(number));
        if (over) {
            UpstreamConnections.shut(connected.connection());
            return;
        }
        request = connected;
        stopTimer();
        connected.headers().setAll(toSend.headers());
        sentNanos = System.nanoTime();
        connected.send(toSend.body()).onComplete(answered -> answered(answered, number), e -> broke(number));
        if (!over && number == sendings) {
            lookAfter(timeouts().firstByte().toNanos());
            answer.sent();
        }
    }

    private Timeouts timeouts() {
        return client.config().timeouts();
    }

    private void answered(HttpClientResponse answered, int number) {
        answered.exceptionHandler(e -> broke(number));
        if (over) {
            return;
        }
        sent = null;
        maybeStale = false;
        if (answered.statusCode() < LEAST_STATUS || answered.statusCode() > MOST_STATUS) {
            fail(failures.noAnswer(answered.statusCode()));
            return;
        }
        if (answer.refuses(answered.statusCode(), answered.headers())) {
            throwAway(answered);
            return;
        }
        response = answered;
        answered.handler(chunk -> {
            lastByteNanos = System.nanoTime();
            if (!over) {
                tellHead(answered);
                answer.chunk(chunk);
            }
        });
        answered.endHandler(end -> {
            if (!over) {
                tellHead(answered);
            }
            if (!over) {
                finish();
                tellEnd(answered);
            }
        });
    }

    /** No timeout ends the exchange any more, so that whatever goes wrong here has to. */
    private void tellEnd(HttpClientResponse answered) {
        try {
            answer.end();
        } catch (RuntimeException e) {
            UpstreamConnections.shut(answered.request().connection());
            answer.failed(failures.misunderstood(e));
            return;
        }
        // Only now: what the client sends next begins as it is told the end, and this is still being read from.
        client.connections().release(answered);
    }

    private void throwAway(HttpClientResponse answered) {
        finish();
        HttpConnection connection = answered.request().connection();
        long[] bytes = {0};
        long patience = vertx.setTimer(MILLIS_THROWN_AWAY, late -> UpstreamConnections.shut(connection));
        answered.handler(chunk -> {
            bytes[0] += chunk.length();
            if (bytes[0] > MOST_BYTES_THROWN_AWAY) {
                UpstreamConnections.shut(connection);
            }
        });
        answered.endHandler(end -> {
            vertx.cancelTimer(patience);
            client.connections().release(answered);
        });
        answered.exceptionHandler(broken -> vertx.cancelTimer(patience));
    }

    private void tellHead(HttpClientResponse answered) {
        if (!headTold) {
            headTold = true;
            answer.head(answered.statusCode(), answered.headers());
        }
    }

    /**
     * One timer that looks how long nothing has come, instead of one for each thing that comes.
     *
     * <p>It looks no later than the shorter limits would want it, since by then it may be theirs to keep.
     */
    private void lookAfter(long nanos) {
        long shorter = Math.min(timeouts().idle().toNanos(), timeouts().client().toNanos());
        long due = Math.min(Math.min(nanos, shorter), deadlineNanos - System.nanoTime());
        timer = vertx.setTimer(Math.max(1, due / 1_000_000), fired -> {
            timer = NO_TIMER;
            if (!over) {
                look(System.nanoTime());
            }
        });
    }

    /** Fails the call where its time, or its upstream's or its client's, is up. */
    private void look(long now) {
        if (deadlineNanos - now <= 0) {
            fail(failures.outOfTime());
            return;
        }
        long left;
        if (!headTold) {
            left = sentNanos + timeouts().firstByte().toNanos() - now;
        } else if (paused) {
            left = pausedNanos + timeouts().client().toNanos() - now;
        } else {
            left = lastByteNanos + timeouts().idle().toNanos() - now;
        }
        if (left > 0) {
            lookAfter(left);
        } else {
            fail(stalled());
        }
    }

    private UpstreamFailure stalled() {
        if (!headTold) {
            return failures.firstByteTimeout();
        }
        return paused ? failures.clientStalled() : failures.idleTimeout();
    }

    /** The client reads more slowly than the upstream writes. */
    public void pause() {
        if (response != null && !paused && !handingOn) {
            paused = true;
            pausedNanos = System.nanoTime();
            response.pause();
        }
    }

    /** The client has caught up. */
    public void resume() {
        if (response != null && paused) {
            paused = false;
            lastByteNanos = System.nanoTime();
            response.resume();
        }
    }

    /** Nobody wants the answer any more: the upstream's connection is closed at once. */
    public void cancel() {
        if (!over) {
            finish();
            if (response != null) {
                // What Vert.x holds back of it is thrown away now; it would not release the memory by itself.
                response.resume();
            }
            if (request != null) {
                // Not a reset, which leaves a connection open whose answer has come and waits to be read.
                UpstreamConnections.shut(request.connection());
            }
        }
    }

    private void finish() {
        over = true;
        client.left();
        stopTimer();
    }

    private void stopTimer() {
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
            timer = NO_TIMER;
        }
    }

    private void fail(UpstreamFailure failure) {
        if (!over) {
            cancel();
            answer.failed(failure);
        }
    }

    private void notConnected(Throwable cause) {
        if (over || sentAgain()) {
            return;
        }
        // A ConnectTimeoutException is a ConnectException, so it is asked for first.
        if (cause instanceof ConnectTimeoutException || cause instanceof TimeoutException) {
            fail(notConnectedInTime());
            return;
        }
        fail(failures.notConnected(cause));
    }

    private UpstreamFailure notConnectedInTime() {
        return deadlineNanos - System.nanoTime() <= 1_000_000 ? failures.outOfTime() : failures.connectTimeout();
    }

    private void broke(int number) {
        if (over || number != sendings || handingOn || sentAgain()) {
            return;
        }
        if (paused) {
            // The end of the answer may be among what is held back; how much that is, Vert.x bounds.
            handingOn = true;
            resume();
            vertx.setTimer(MILLIS_HANDED_ON, late -> fail(failures.broken(headTold)));
        } else {
            fail(failures.broken(headTold));
        }
    }
}
