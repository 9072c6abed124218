package dev.tagrouter.benchmarks.comparison;

import dev.tagrouter.benchmarks.load.Load;
import dev.tagrouter.benchmarks.load.LoadResult;
import dev.tagrouter.benchmarks.load.StreamResult;
import dev.tagrouter.benchmarks.load.StubUpstream;
import dev.tagrouter.benchmarks.load.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** TagRouter alone on one core for longer than a moment: many streams at once, or most of what it carries for minutes. */
public final class Endurance {
    private static final int GATEWAY_CORE = 0;
    private static final int LOAD_CORE = 1;
    /** What the heap may take in these runs. */
    private static final String HEAP = "-Xmx256m";

    private static final int CONNECTIONS = 32;
    private static final int TOKENS = 100;
    private static final Duration GAP = Duration.ofMillis(50);
    /** The first streams begin within the time that one takes. */
    private static final Duration SPREAD = GAP.multipliedBy(TOKENS);

    private static final Duration SETTLE = Duration.ofSeconds(20);
    /** After each slice of warming up it is looked whether TagRouter's compilers still have work. */
    private static final Duration SLICE = Duration.ofSeconds(20);

    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(5);
    /** They are quiet when they have less than this share of the time, slice after slice. */
    private static final double QUIET_SHARE = 0.02;

    private static final int QUIET_SLICES = 2;
    private static final double LOAD = 0.7;

    private Endurance() {}

    /**
     * Streams straight to the stub, through nginx and through TagRouter, 20 tokens a second each.
     *
     * @param machine where it ran
     * @param direct without a gateway
     * @param proxied through nginx, which only hands on, or null where it is not installed
     * @param routed through TagRouter, which decides
     * @param warmUp how long TagRouter carried such streams before, until its compilers were quiet: on one core they and its
     *     event loop take turns, of milliseconds
     * @param loadedBytes TagRouter's resident memory at the end
     */
    public record Streams(
            Machine machine,
            StreamResult direct,
            @Nullable StreamResult proxied,
            StreamResult routed,
            Duration warmUp,
            long loadedBytes) {}

    /**
     * What a minute of a soak left.
     *
     * @param load the requests of that minute
     * @param resident bytes
     * @param heap bytes in use after a collection
     * @param threads live threads
     * @param descriptors open file descriptors
     */
    public record Minute(LoadResult load, long resident, long heap, long threads, long descriptors) {}

    /**
     * A soak.
     *
     * @param machine where it ran
     * @param perSecond the rate kept
     * @param minutes one entry a minute, in order
     */
    public record Soak(Machine machine, int perSecond, List<Minute> minutes) {
        public Soak {
            minutes = List.copyOf(minutes);
        }
    }

    /**
     * @param count how many streams at once
     * @param measured how long each way is measured
     */
    public static Streams streams(Path launcher, int count, Duration measured, Comparison.Listener listener)
            throws IOException {
        Tools tools = new Tools();
        Machine machine = Machine.here();
        long one = SETTLE.plus(measured).toMillis();
        Load.Plan plan = new Load.Plan(count, SETTLE, measured);
        try (Children children = new Children()) {
            Servers servers = new Servers(children, tools);
            Servers.Running stub = servers.stub(LOAD_CORE, new StubUpstream.Streaming(TOKENS, GAP));
            Servers.Running ours = servers.tagRouter(launcher, GATEWAY_CORE, stub.port(), "now", HEAP);
            Servers.Running nginx = nginx(servers, stub.port());
            tools.bindSelf(LOAD_CORE);
            try {
                // As long as the longest warming up, so that progress never falls back.
                long total = (nginx == null ? 2 : 3) * one + LONGEST_WARM_UP.toMillis();
                listener.at("streams straight to the stub", 0, total);
                StreamResult direct = Load.streams(streaming(stub.port()), plan, SPREAD);
                StreamResult proxied = null;
                if (nginx != null) {
                    listener.at("streams through nginx", one, total);
                    proxied = Load.streams(streaming(nginx.port()), plan, SPREAD);
                }
                long warmUpAt = total - one - LONGEST_WARM_UP.toMillis();
                listener.at("streams through TagRouter, until its compilers are quiet", warmUpAt, total);
                Duration warmUp = warmUp(ours, count);
                listener.at("streams through TagRouter", total - one, total);
                StreamResult routed = Load.streams(streaming(ours.port()), plan, SPREAD);
                return new Streams(
                        machine, direct, proxied, routed, warmUp, ours.child().residentBytes());
            } finally {
                tools.unbindSelf();
            }
        }
    }

    private static Duration warmUp(Servers.Running ours, int count) throws IOException {
        Load.Plan slice = new Load.Plan(count, Duration.ZERO, SLICE);
        Duration taken = Duration.ZERO;
        int quiet = 0;
        while (quiet < QUIET_SLICES && taken.compareTo(LONGEST_WARM_UP) < 0) {
            Duration before = ours.child().compiled();
            Load.streams(streaming(ours.port()), slice, SPREAD);
            Duration compiled = ours.child().compiled().minus(before);
            quiet = compiled.toNanos() < QUIET_SHARE * SLICE.toNanos() ? quiet + 1 : 0;
            taken = taken.plus(SLICE);
        }
        return taken;
    }

    private static Servers.@Nullable Running nginx(Servers servers, int stubPort) throws IOException {
        try {
            return servers.nginx(GATEWAY_CORE, stubPort, true);
        } catch (Missing e) {
            return null;
        }
    }

    private static Target streaming(int port) {
        return Comparison.target(port, "auto", ",\"stream\":true", Map.of());
    }

    /** @param minutes how long, 1 or more */
    public static Soak soak(Path launcher, int minutes, Comparison.Listener listener) throws IOException {
        Tools tools = new Tools();
        Machine machine = Machine.here();
        long total = SETTLE.toMillis() + 60_000L * minutes;
        try (Children children = new Children()) {
            Servers servers = new Servers(children, tools);
            Servers.Running stub = servers.stub(LOAD_CORE);
            Servers.Running ours = servers.tagRouter(launcher, GATEWAY_CORE, stub.port(), "now", HEAP);
            Target target = Comparison.target(ours.port(), "auto", "", Map.of());
            tools.bindSelf(LOAD_CORE);
            try {
                listener.at("finding what it carries", 0, total);
                Load.Plan slice = new Load.Plan(CONNECTIONS, Duration.ZERO, SETTLE.dividedBy(4));
                Load.settle(target, slice, SETTLE.multipliedBy(4));
                int rate =
                        Math.max(1, (int) (LOAD * Load.saturate(target, slice).perSecond()));
                Load.Plan plan = new Load.Plan(CONNECTIONS, Duration.ZERO, Duration.ofMinutes(1));
                List<Minute> all = new ArrayList<>();
                for (int minute = 0; minute < minutes; minute++) {
                    listener.at("minute " + (minute + 1), SETTLE.toMillis() + 60_000L * minute, total);
                    LoadResult load = Load.atRate(target, plan, rate);
                    all.add(new Minute(
                            load,
                            ours.child().residentBytes(),
                            ours.child().heapBytes(),
                            ours.child().threads(),
                            ours.child().descriptors()));
                }
                return new Soak(machine, rate, all);
            } finally {
                tools.unbindSelf();
            }
        }
    }
}
