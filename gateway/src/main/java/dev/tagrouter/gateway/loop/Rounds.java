package dev.tagrouter.gateway.loop;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's work in rounds: what has come is read from all connections, then upstreams' answers are handled, then
 * clients' requests, {@linkplain Step step by step}, and then all that is to be written is written.
 *
 * <p>Connection by connection, each write wakes a reader that has just gone to sleep, and the code of sockets, protocols and
 * routing drive each other out of the processor's caches; in rounds a request takes a third less of the core
 * (docs/benchmarks/gateway-profile.md). Where little is under way a round has one connection, and nothing waits for another.
 */
public final class Rounds {
    /** How long a step, and what is to be written, may wait for others' requests; a round of more is cut in pieces. */
    private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** How much all connections together may keep for a round; what more is read is handled as it comes. */
    private static final int MOST_BYTES = 4 << 20;

    /** Of how many requests a step waits for the others, at most. */
    private static final int MOST_REQUESTS = 16;

    private static final FastThreadLocal<Rounds> OF_LOOP = new FastThreadLocal<>() {
        @Override
        protected Rounds initialValue() {
            return new Rounds();
        }
    };

    private final Queue<ChannelHandlerContext> answers = new ArrayDeque<>();
    private final Queue<ChannelHandlerContext> requests = new ArrayDeque<>();
    private final Queue<Runnable> toChoose = new ArrayDeque<>();
    private final Queue<Runnable> toForward = new ArrayDeque<>();
    private final Queue<ChannelHandlerContext> writes = new ArrayDeque<>();
    private final Runnable round = this::run;
    /** When what was to be written last was. */
    private long writtenNanos;

    /** The event loop comes to a round by itself, or is at one. */
    private boolean due;

    private int bytes;
    /** Whose rounds these are, once it has had one. */
    private @Nullable EventExecutor loop;

    private Rounds() {}

    /** What is done with a request once it is read and understood: with all that wait for a step, before the next. */
    public enum Step {
        CHOOSE,
        FORWARD
    }

    /**
     * Has a step of a request taken soon.
     *
     * @param loop the event loop that asks
     */
    public static void later(Step step, EventExecutor loop, Runnable work) {
        Rounds rounds = ofLoop();
        switch (step) {
            case CHOOSE -> rounds.toChoose.add(work);
            case FORWARD -> rounds.toForward.add(work);
        }
        rounds.see(loop);
    }

    /** Has a client's connection take part from now on. */
    public static void joinClient(ChannelPipeline pipeline) {
        pipeline.addFirst(new InRounds(/* toUpstream= */ false));
    }

    /** Has a connection to an upstream take part from now on. */
    public static Unhandled joinUpstream(ChannelPipeline pipeline) {
        InRounds joined = new InRounds(/* toUpstream= */ true);
        pipeline.addFirst(joined);
        return joined;
    }

    /** Those of the event loop that asks. */
    static Rounds ofLoop() {
        return OF_LOOP.get();
    }

    /** A connection keeps so many bytes more, or fewer; says whether there is room. */
    boolean keeps(int more) {
        bytes += more;
        return bytes <= MOST_BYTES;
    }

    /** A connection has read something; {@link InRounds#handle} has its turn. */
    void hasRead(ChannelHandlerContext connection, boolean fromUpstream) {
        (fromUpstream ? answers : requests).add(connection);
        see(connection.executor());
    }

    /** A connection has something to write; {@link InRounds#write} has its turn. */
    void hasToWrite(ChannelHandlerContext connection) {
        writes.add(connection);
        see(connection.executor());
    }

    /** The event loop runs what it is given once it has read from all connections. */
    private void see(EventExecutor asking) {
        loop = asking;
        if (!due) {
            due = true;
            asking.execute(round);
        }
    }

    private void run() {
        try {
            writtenNanos = System.nanoTime();
            for (ChannelHandlerContext next = nextToHandle(); next != null; next = nextToHandle()) {
                ((InRounds) next.handler()).handle(next);
                if (toChoose.size() >= MOST_REQUESTS || isLate()) {
                    takeSteps();
                    writeInTime();
                }
            }
            takeSteps();
            write();
        } finally {
            due = false;
            if (loop != null && isLeft()) {
                see(loop);
            }
        }
    }

    private @Nullable ChannelHandlerContext nextToHandle() {
        ChannelHandlerContext answer = answers.poll();
        return answer == null ? requests.poll() : answer;
    }

    /** Of so many requests at once as may wait for each other: as many as there are, or as there is time for. */
    private void takeSteps() {
        while (!toChoose.isEmpty() || !toForward.isEmpty()) {
            int most = MOST_REQUESTS;
            for (Runnable next = toChoose.poll();
                    next != null;
                    next = --most > 0 && !isLate() ? toChoose.poll() : null) {
                next.run();
            }
            for (Runnable next = toForward.poll(); next != null; next = toForward.poll()) {
                next.run();
            }
            writeInTime();
        }
    }

    /** Whether what is to be written has waited long enough. */
    private boolean isLate() {
        return System.nanoTime() - writtenNanos > MOST_NANOS;
    }

    private void writeInTime() {
        if (isLate()) {
            write();
            writtenNanos = System.nanoTime();
        }
    }

    /** What is added meanwhile has its turn in the next round, so that readers who are quick enough cannot hold this one. */
    private void write() {
        for (int left = writes.size(); left > 0; left--) {
            ChannelHandlerContext next = writes.remove();
            ((InRounds) next.handler()).write(next);
        }
    }

    private boolean isLeft() {
        return !answers.isEmpty()
                || !requests.isEmpty()
                || !toChoose.isEmpty()
                || !toForward.isEmpty()
                || !writes.isEmpty();
    }
}
