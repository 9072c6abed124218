package dev.tagrouter.gateway.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** In which order connections of one event loop are read from, handled and written to. */
class RoundsTest {
    private static final EventLoopGroup LOOP = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());

    private final List<String> log = new ArrayList<>();
    private long nanosToHandle;
    private boolean takesSteps;

    @AfterAll
    static void stop() {
        LOOP.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void allThatHasComeIsHandledAnswersFirstAndThenAllIsWritten() {
        LocalChannel first = client("first");
        LocalChannel second = client("second");
        LocalChannel upstream = upstream("upstream");
        oneRound(() -> {
            reads(first, "a");
            reads(second, "b");
            reads(upstream, "c");
            assertThat(log).isEmpty();
        });
        assertThat(log)
                .containsExactly(
                        "upstream handles c",
                        "upstream complete",
                        "first handles a",
                        "first complete",
                        "second handles b",
                        "second complete",
                        "upstream written",
                        "first written",
                        "second written");
    }

    @Test
    void oneConnectionKeepsItsOrder() {
        LocalChannel channel = client("client");
        oneRound(() -> {
            channel.pipeline().fireChannelRead(bytes("a"));
            channel.pipeline().fireChannelRead(bytes("b"));
            channel.pipeline().fireChannelReadComplete();
            channel.pipeline().fireUserEventTriggered("event");
        });
        assertThat(log)
                .containsExactly(
                        "client handles a", "client handles b", "client complete", "client event", "client written");
    }

    @Test
    void whatCameBeforeTheEndIsHandledBeforeIt() {
        LocalChannel channel = upstream("upstream");
        oneRound(() -> {
            reads(channel, "last words");
            channel.pipeline().fireChannelInactive();
        });
        assertThat(log)
                .containsExactly(
                        "upstream handles last words", "upstream complete", "upstream inactive", "upstream written");
    }

    @Test
    void whatBreaksAConnectionIsToldAfterWhatCameBefore() {
        LocalChannel channel = client("client");
        oneRound(() -> {
            reads(channel, "a");
            channel.pipeline().fireExceptionCaught(new IllegalStateException("reset"));
        });
        assertThat(log).containsExactly("client handles a", "client complete", "client reset", "client written");
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored")
    void closingWritesWhatIsToBeWrittenAndThrowsAwayWhatWasRead() {
        LocalChannel channel = client("client");
        ByteBuf unread = bytes("unread");
        oneRound(() -> {
            channel.pipeline().fireChannelRead(unread);
            channel.write(bytes("said"));
            channel.flush();
            channel.close();
            assertThat(unread.refCnt()).isZero();
        });
        assertThat(log).containsExactly("client written");
    }

    @Test
    void nobodyWaitsLongForOthersToBeHandled() {
        nanosToHandle = TimeUnit.MILLISECONDS.toNanos(3);
        LocalChannel first = client("first");
        LocalChannel second = client("second");
        oneRound(() -> {
            reads(first, "a");
            reads(second, "b");
        });
        assertThat(log.indexOf("first written")).isBetween(0, log.indexOf("second handles b"));
    }

    @Test
    void whatAWriteLetsOthersWriteIsWrittenNext() {
        LocalChannel first = client("first");
        LocalChannel second = client("second");
        first.pipeline().addFirst(new ChannelDuplexHandler() {
            @Override
            public void flush(ChannelHandlerContext context) {
                context.flush();
                second.flush();
            }
        });
        oneRound(() -> reads(first, "a"));
        assertThat(log).endsWith("first written", "second written");
    }

    @Test
    void whatIsMuchIsHandledAsItComes() {
        LocalChannel channel = client("client");
        LocalChannel other = client("other");
        oneRound(() -> {
            reads(other, "a");
            for (int pieces = 0; pieces < 3; pieces++) {
                channel.pipeline().fireChannelRead(bytes("x".repeat(30_000)));
            }
            assertThat(log).hasSize(3).allMatch(line -> line.startsWith("client handles x"));
        });
        assertThat(log).contains("other handles a", "client written", "other written");
    }

    @Test
    void whatManyKeepTogetherIsBoundedToo() {
        List<LocalChannel> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(client("client" + i));
        }
        oneRound(() -> {
            many.forEach(channel -> channel.pipeline().fireChannelRead(bytes("x".repeat(60_000))));
            assertThat(log).hasSizeBetween(25, 40);
            log.clear();
        });
        oneRound(() -> {
            log.clear();
            many.forEach(channel -> channel.pipeline().fireChannelRead(bytes("x")));
            assertThat(log).as("nothing is kept of the round before").isEmpty();
        });
    }

    @Test
    void aConnectionKnowsWhetherSomethingUnhandledIsThere() {
        LocalChannel channel = new LocalChannel();
        LOOP.register(channel).syncUninterruptibly();
        Unhandled unhandled = Rounds.joinUpstream(channel.pipeline());
        oneRound(() -> {
            assertThat(unhandled.isThere()).isFalse();
            channel.pipeline().fireChannelRead(bytes("unasked"));
            assertThat(unhandled.isThere()).isTrue();
        });
        assertThat(unhandled.isThere()).isFalse();
    }

    @Test
    void aStepIsTakenOfAllRequestsBeforeTheNext() {
        List<LocalChannel> both = List.of(client("first"), client("second"));
        takesSteps = true;
        oneRound(() -> both.forEach(channel -> reads(channel, "a")));
        assertThat(log)
                .containsExactly(
                        "first handles a",
                        "first complete",
                        "second handles a",
                        "second complete",
                        "first chooses",
                        "second chooses",
                        "first forwards",
                        "second forwards",
                        "first written",
                        "second written");
    }

    @Test
    void aStepWaitsForFewOthers() {
        List<LocalChannel> many = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            many.add(client("client" + i));
        }
        takesSteps = true;
        oneRound(() -> many.forEach(channel -> reads(channel, "a")));
        assertThat(log.indexOf("client15 forwards")).isBetween(0, log.indexOf("client16 handles a"));
        assertThat(log).contains("client39 forwards", "client39 written");
    }

    @Test
    void aStepThatComesFromElsewhereWaitsForFewOthersToo() {
        oneRound(() -> {
            for (int i = 0; i < 40; i++) {
                String name = "request" + i;
                Rounds.later(Rounds.Step.CHOOSE, ofLoop(), () -> {
                    log.add(name + " chooses");
                    Rounds.later(Rounds.Step.FORWARD, ofLoop(), () -> log.add(name + " forwards"));
                });
            }
        });
        assertThat(log.indexOf("request15 forwards")).isBetween(0, log.indexOf("request16 chooses"));
        assertThat(log).contains("request39 forwards");
    }

    @Test
    void aRequestIsForwardedInTimeThoughOthersTakeLong() {
        LocalChannel first = client("first");
        LocalChannel second = client("second");
        takesSteps = true;
        nanosToHandle = TimeUnit.MILLISECONDS.toNanos(3);
        oneRound(() -> {
            reads(first, "a");
            reads(second, "b");
        });
        assertThat(log.indexOf("first written")).isBetween(0, log.indexOf("second handles b"));
    }

    @Test
    void aRequestIsForwardedInTimeThoughOthersAreLongChosenFor() {
        oneRound(() -> {
            for (String name : List.of("first", "second")) {
                Rounds.later(Rounds.Step.CHOOSE, ofLoop(), () -> {
                    log.add(name + " chooses");
                    spin(TimeUnit.MILLISECONDS.toNanos(3));
                    Rounds.later(Rounds.Step.FORWARD, ofLoop(), () -> log.add(name + " forwards"));
                });
            }
        });
        assertThat(log).containsExactly("first chooses", "first forwards", "second chooses", "second forwards");
    }

    @Test
    void aStepThatIsAskedForOutsideOfARoundIsTakenToo() {
        oneRound(() -> Rounds.later(Rounds.Step.FORWARD, ofLoop(), () -> log.add("forwards")));
        assertThat(log).containsExactly("forwards");
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored")
    void whatIsToBeWrittenDoesNotWaitForLongSteps() {
        LocalChannel quick = upstream("quick");
        LocalChannel slow = client("slow");
        LocalChannel slower = client("slower");
        oneRound(() -> {
            reads(quick, "a");
            for (LocalChannel channel : List.of(slow, slower)) {
                Rounds.later(Rounds.Step.CHOOSE, ofLoop(), () -> {
                    spin(TimeUnit.MILLISECONDS.toNanos(3));
                    channel.writeAndFlush(bytes("b"));
                });
            }
        });
        assertThat(log)
                .containsExactly(
                        "quick handles a", "quick complete", "quick written", "slow written", "slower written");
    }

    private static EventExecutor ofLoop() {
        return LOOP.next();
    }

    private static void spin(long nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    /** What an event loop reads before it runs what it was given meanwhile, and that. */
    private static void oneRound(Runnable reading) {
        LOOP.submit(reading).syncUninterruptibly();
        for (int further = 0; further < 2; further++) {
            LOOP.submit(() -> {}).syncUninterruptibly();
        }
    }

    private LocalChannel client(String name) {
        return channel(name, true);
    }

    private LocalChannel upstream(String name) {
        return channel(name, false);
    }

    private LocalChannel channel(String name, boolean ofClient) {
        LocalChannel channel = new LocalChannel();
        channel.pipeline().addLast(new Handling(name));
        LOOP.register(channel).syncUninterruptibly();
        if (ofClient) {
            Rounds.joinClient(channel.pipeline());
        } else {
            Rounds.joinUpstream(channel.pipeline());
        }
        channel.pipeline().addFirst(new ChannelDuplexHandler() {
            @Override
            public void flush(ChannelHandlerContext context) {
                log.add(name + " written");
                context.flush();
            }
        });
        return channel;
    }

    private static void reads(LocalChannel channel, String text) {
        channel.pipeline().fireChannelRead(bytes(text));
        channel.pipeline().fireChannelReadComplete();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    /** Notes what comes, and answers at once or step by step. */
    private final class Handling extends ChannelInboundHandlerAdapter {
        private final String name;

        private Handling(String name) {
            this.name = name;
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored")
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf read = (ByteBuf) message;
            log.add(name + " handles " + read.toString(StandardCharsets.UTF_8));
            spin(nanosToHandle);
            if (!takesSteps) {
                context.writeAndFlush(read);
                return;
            }
            Rounds.later(Rounds.Step.CHOOSE, context.executor(), () -> {
                log.add(name + " chooses");
                Rounds.later(Rounds.Step.FORWARD, context.executor(), () -> {
                    log.add(name + " forwards");
                    context.writeAndFlush(read);
                });
            });
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            log.add(name + " complete");
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            log.add(name + " " + event);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            log.add(name + " " + cause.getMessage());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            log.add(name + " inactive");
        }
    }
}
