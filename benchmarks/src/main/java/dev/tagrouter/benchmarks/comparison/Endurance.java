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
    private static final Duration SETTLE = Duration.ofSeconds(20);
    private static final double LOAD = 0.7;

    private Endurance() {}

    /**
     * Streams straight to the stub, through nginx and through TagRouter, 20 tokens a second each.
     *
     * @param machine where it ran
     * @param direct without a gateway
     * @param proxied through nginx, which only hands on, or null where it is not installed
     * @param routed through TagRouter, which decides
     * @param loadedBytes TagRouter's resident memory at the end
     */
    public record Streams(
            Machine machine,
            StreamResult direct,
            @Nullable StreamResult proxied,
            StreamResult routed,
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
        long one = SETTLE.toMillis() + measured.toMillis();
        Load.Plan plan = new Load.Plan(count, SETTLE, measured);
        try (Children children = new Children()) {
            Servers servers = new Servers(children, tools);
            Servers.Running stub = servers.stub(LOAD_CORE, new StubUpstream.Streaming(TOKENS, GAP));
            Servers.Running ours = servers.tagRouter(launcher, GATEWAY_CORE, stub.port(), "now", HEAP);
            Servers.Running nginx = nginx(servers, stub.port());
            tools.bindSelf(LOAD_CORE);
            try {
                int ways = nginx == null ? 2 : 3;
                listener.at("streams straight to the stub", 0, ways * one);
                Duration spread = GAP.multipliedBy(TOKENS);
                StreamResult direct = Load.streams(streaming(stub.port()), plan, spread);
                StreamResult proxied = null;
                if (nginx != null) {
                    listener.at("streams through nginx", one, ways * one);
                    proxied = Load.streams(streaming(nginx.port()), plan, spread);
                }
                listener.at("streams through TagRouter", (ways - 1) * one, ways * one);
                StreamResult routed = Load.streams(streaming(ours.port()), plan, spread);
                return new Streams(
                        machine, direct, proxied, routed, ours.child().residentBytes());
            } finally {
                tools.unbindSelf();
            }
        }
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
