package dev.tagrouter.gateway.upstream;

import dev.tagrouter.gateway.config.Timeouts;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.http.HttpHeadersInternal;
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
public final class UpstreamCall implements UpstreamConnection.Listener {
    private static final long NO_TIMER = -1;
    /** Below are steps on the way to an answer, above is nothing. */
    private static final int LEAST_STATUS = 200;

    private static final int MOST_STATUS = 599;
    /** How much, and how long, of an answer that was refused is read, so that its connection can be used again. */
    private static final int MOST_BYTES_THROWN_AWAY = 1 << 16;

    private static final long MILLIS_THROWN_AWAY = 1000;

    private final Vertx vertx;
    private final UpstreamClient client;
    private final UpstreamFailures failures;
    private final UpstreamAnswer answer;
    private final long deadlineNanos;
    private long timer = NO_TIMER;
    private boolean over;
    private boolean paused;
    private long pausedNanos;
    private boolean headTold;
    private long sentNanos;
    private long lastByteNanos;
    /** What is sent; null once it is answered. */
    private @Nullable Sent sent;
    /** The upstream may have closed the connection before it got the request. */
    private boolean maybeStale;

    private @Nullable UpstreamConnection connection;
    private @Nullable HttpResponse head;

    /** @param headers all of them */
    record Sent(String uri, HttpHeaders headers, Buffer body) {}

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
        UpstreamConnection idle = client.connections().reuse();
        maybeStale = idle != null;
        if (idle == null) {
            connect();
        } else {
            connected(idle, toSend);
        }
    }

    private void connect() {
        Future<UpstreamConnection> connecting = client.connections().open();
        connecting.onComplete(made -> connected(made, sent), this::notConnected);
        if (connection == null && !over) {
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
        if (!maybeStale || sent == null) {
            return false;
        }
        maybeStale = false;
        connection = null;
        stopTimer();
        connect();
        return true;
    }

    private void connected(UpstreamConnection made, @Nullable Sent toSend) {
        if (over || toSend == null) {
            made.shut();
            return;
        }
        connection = made;
        stopTimer();
        sentNanos = System.nanoTime();
        made.post(toSend.uri(), toSend.headers(), toSend.body(), this);
        // Where it could not be sent it is over, or on its way by another connection.
        if (!over && made.equals(connection)) {
            lookAfter(timeouts().firstByte().toNanos());
            answer.sent();
        }
    }

    private Timeouts timeouts() {
        return client.config().timeouts();
    }

    @Override
    public void answers() {
        maybeStale = false;
        sent = null;
    }

    @Override
    public void head(HttpResponse answered) {
        int status = answered.status().code();
        if (status < LEAST_STATUS || status > MOST_STATUS) {
            fail(failures.noAnswer(status));
            return;
        }
        UpstreamConnection asked = connection;
        if (asked != null && answer.refuses(status, HttpHeadersInternal.headers(answered.headers()))) {
            finish();
            asked.tell(new ThrownAway(asked, answered));
            return;
        }
        head = answered;
    }

    @Override
    public void body(Buffer piece) {
        lastByteNanos = System.nanoTime();
        tellHead();
        answer.chunk(piece);
    }

    @Override
    public void end() {
        UpstreamConnection answered = Objects.requireNonNull(connection);
        HttpResponse ended = Objects.requireNonNull(head);
        try {
            tellHead();
            if (over) {
                return;
            }
            finish();
            answer.end();
        } catch (RuntimeException e) {
            answered.shut();
            failed(e);
            return;
        }
        // Only now: what the client sends next begins as it is told the end, and this is still being read from.
        client.connections().release(answered, ended);
    }

    /** No timeout may end the exchange any more, so that whatever goes wrong in telling has to. */
    @Override
    public void failed(RuntimeException cause) {
        if (!over) {
            finish();
        }
        answer.failed(failures.misunderstood(cause));
    }

    /** Reads what is left of an answer that was refused, up to a limit, so that its connection can be used again. */
    private final class ThrownAway implements UpstreamConnection.Listener {
        private final UpstreamConnection refused;
        private final HttpResponse answered;
        private final long patience;
        private long bytes;

        private ThrownAway(UpstreamConnection refused, HttpResponse answered) {
            this.refused = refused;
            this.answered = answered;
            this.patience = vertx.setTimer(MILLIS_THROWN_AWAY, late -> refused.shut());
        }

        @Override
        public void answers() {}

        @Override
        public void head(HttpResponse again) {
            throw new IllegalStateException("an answer has one head");
        }

        @Override
        public void body(Buffer piece) {
            bytes += piece.length();
            if (bytes > MOST_BYTES_THROWN_AWAY) {
                refused.shut();
                broke();
            }
        }

        @Override
        public void end() {
            vertx.cancelTimer(patience);
            client.connections().release(refused, answered);
        }

        @Override
        public void broke() {
            vertx.cancelTimer(patience);
        }

        @Override
        public void failed(RuntimeException cause) {
            broke();
        }
    }

    private void tellHead() {
        HttpResponse answered = head;
        if (!headTold && answered != null) {
            headTold = true;
            answer.head(answered.status().code(), HttpHeadersInternal.headers(answered.headers()));
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
        if (connection != null && !over && !paused) {
            paused = true;
            pausedNanos = System.nanoTime();
            connection.pause();
        }
    }

    /** The client has caught up. */
    public void resume() {
        if (connection != null && !over && paused) {
            paused = false;
            lastByteNanos = System.nanoTime();
            connection.resume();
        }
    }

    /** Nobody wants the answer any more: the upstream's connection is closed at once. */
    public void cancel() {
        if (!over) {
            finish();
            if (connection != null) {
                connection.shut();
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

    @Override
    public void broke() {
        if (!over && !sentAgain()) {
            fail(failures.broken(headTold));
        }
    }
}
