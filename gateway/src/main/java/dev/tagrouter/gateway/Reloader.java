package dev.tagrouter.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tagrouter.gateway.api.Operations;
import dev.tagrouter.gateway.api.StatusJson;
import dev.tagrouter.gateway.config.ConfigException;
import dev.tagrouter.gateway.config.ConfigSource;
import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.telemetry.Telemetry;
import dev.tagrouter.gateway.upstream.Breakers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts one edition in the place of another while requests go on. Reading and checking is done on a thread of its own, one
 * attempt after the other; whatever is wrong, the old edition stays.
 */
final class Reloader implements Operations, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Reloader.class.getName());
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final @Nullable ConfigSource source;
    private final Settled settled;
    private final Loops loops;
    private final Breakers breakers;
    private final Telemetry telemetry;
    private final Consumer<String> out;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("reload").daemon().factory());
    private final FileWatch watch;
    private volatile Edition current;
    private volatile FileStates read;
    private volatile boolean stopping;

    /**
     * @param source what to read again, or null where there is nothing
     * @param read how its files looked before they were read first
     * @param out told, in one line, what is new
     */
    Reloader(
            @Nullable ConfigSource source,
            FileStates read,
            Edition first,
            Loops loops,
            Breakers breakers,
            Telemetry telemetry,
            Consumer<String> out) {
        this.source = source;
        this.settled = new Settled(first.config());
        this.read = read;
        this.current = first;
        this.loops = loops;
        this.breakers = breakers;
        this.telemetry = telemetry;
        this.out = out;
        this.watch = new FileWatch(() -> this.read, BETWEEN_LOOKS, () -> await(reload("files changed")));
    }

    /** Begins to look at the files, where there are any. */
    void watchFiles() {
        if (source != null) {
            watch.start();
        }
    }

    Edition current() {
        return current;
    }

    @Override
    public Future<Reload> reload() {
        return reload("asked by the admin port");
    }

    /** @param why for the log */
    Future<Reload> reload(String why) {
        Promise<Reload> done = Promise.promise();
        try {
            thread.execute(() -> done.complete(attempt(why)));
        } catch (RejectedExecutionException e) {
            done.complete(refused(why, "the gateway is stopping; start it again instead"));
        }
        return done.future();
    }

    /** Waits for what came of it; never on an event loop. */
    static void await(Future<Reload> reload) {
        try {
            Awaiting.result(reload, Duration.ofMinutes(10));
        } catch (ExecutionException e) {
            LOG.log(System.Logger.Level.WARNING, "a reload takes very long", e);
        }
    }

    private Reload attempt(String why) {
        try {
            Edition next = next();
            swap(next);
            String news = News.of(current, next);
            Edition before = current;
            current = next;
            before.left();
            breakers.keepOnly(next.config());
            telemetry.reloaded("swapped");
            out.accept("reloaded (" + why + "): " + news);
            return new Reload(true, next.number(), news);
        } catch (ConfigException e) {
            return refused(why, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return refused(
                    why,
                    "the configuration cannot be read (" + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + "); make it readable");
        } catch (ExecutionException | RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "a reload failed", e);
            return refused(why, "the gateway failed at it; its log says why");
        }
    }

    /** Reads and checks everything; nobody goes by it yet. */
    private Edition next() throws IOException, ConfigException {
        ConfigSource from = source;
        if (from == null) {
            throw new ConfigException(
                    "this gateway was started without a file that lists models, so there is nothing to"
                            + " read again; start it with a tagrouter.yaml");
        }
        FileStates before = read.now();
        // Even where what follows fails: it is tried again when something changes, not at every look.
        read = before;
        GatewayConfig config;
        try {
            config = from.read();
            read = before.extendedTo(config.files());
            if (!read.equals(before)) {
                // Others than before, which may have changed since they were read.
                config = from.read();
            }
        } catch (ConfigException e) {
            Set<Path> looked = new HashSet<>(before.files());
            looked.addAll(e.files());
            read = before.extendedTo(looked);
            throw e;
        }
        settled.require(config);
        Edition next = new EditionMaker(config).after(current, telemetry);
        next.chooser().warmUp();
        return next;
    }

    private void swap(Edition next) throws ExecutionException {
        try {
            loops.swap(current, next);
        } catch (ExecutionException e) {
            next.left();
            throw e;
        }
    }

    private Reload refused(String why, String message) {
        int number = current.number();
        telemetry.reloaded("refused");
        LOG.log(System.Logger.Level.WARNING, "not reloaded (" + why + "), edition " + number + " stays: " + message);
        return new Reload(false, number, message);
    }

    @Override
    public ObjectNode status() {
        Edition now = current;
        return StatusJson.of(now.number(), now.since(), now.config(), now.catalog(), telemetry.breakerStates());
    }

    @Override
    public boolean isStopping() {
        return stopping;
    }

    /** From now on the gateway is not ready, and nothing is read again. */
    void stopping() {
        stopping = true;
        watch.close();
        thread.shutdown();
    }

    /** Once all event loops are closed: nobody gives anything back any more. */
    @Override
    public void close() {
        stopping();
        SharedTagger tagger = current.shared();
        if (tagger != null) {
            tagger.close();
        }
    }
}
