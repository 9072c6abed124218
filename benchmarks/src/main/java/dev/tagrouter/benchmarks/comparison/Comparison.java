package dev.tagrouter.benchmarks.comparison;

import dev.tagrouter.benchmarks.load.Load;
import dev.tagrouter.benchmarks.load.LoadResult;
import dev.tagrouter.benchmarks.load.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads a stub upstream directly and through gateways: each gateway alone on one core, stub and generator together on
 * another, the ways in turn so that a slow minute of the machine hits them all.
 */
public final class Comparison {
    private static final int GATEWAY_CORE = 0;
    private static final int LOAD_CORE = 1;
    private static final int ANYWHERE = -1;
    private static final long IDLE_MILLIS = 2000;
    private static final String PROSE = """
            Our shop keeps orders, customers and invoices in a relational database that has grown for nine years. \
            Please write a query that ranks the customers of each region by revenue, leaves out cancelled orders, \
            and shows the change against the previous quarter in percent. Explain which indexes it needs, why the \
            plan should not fall back to a full scan, and what happens on the first day of a month. Then sketch a \
            short Python function that runs it, retries twice when the connection drops, and writes the result as \
            a table to a file. If something in this request is ambiguous, say what you assumed and carry on.\s""";

    private final Settings settings;
    private final Listener listener;
    private final Tools tools = new Tools();
    private final Map<Way, Target> targets = new EnumMap<>(Way.class);
    private final Map<Way, String> missing = new EnumMap<>(Way.class);
    private final Map<Way, List<LoadResult>> saturated = new EnumMap<>(Way.class);
    private final Map<Way, List<LoadResult>> steady = new EnumMap<>(Way.class);
    private final Map<Way, Duration> settled = new EnumMap<>(Way.class);
    private long doneMillis;
    private long loadedBytes;

    /** Told how far the comparison has come. */
    public interface Listener {
        /**
         * @param step what is under way
         * @param doneMillis of the expected time, how much is over
         * @param totalMillis the expected time
         */
        void at(String step, long doneMillis, long totalMillis);
    }

    private Comparison(Settings settings, Listener listener) {
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * Runs a comparison; every process it starts has ended when this returns.
     *
     * @throws IOException when the stub or TagRouter does not start, or a server goes away in the middle
     */
    public static Outcome run(Settings settings, Listener listener) throws IOException {
        return new Comparison(settings, listener).run();
    }

    private Outcome run() throws IOException {
        Machine machine = Machine.here();
        try (Children children = new Children()) {
            Servers servers = new Servers(children, tools);
            List<Outcome.Start> starts = new ArrayList<>();
            if (ours()) {
                Servers.Running stub = servers.stub(LOAD_CORE);
                starts.add(starts(servers, stub.port(), true));
                starts.add(starts(servers, stub.port(), false));
                servers.stop(stub);
            }
            tools.bindSelf(LOAD_CORE);
            try {
                load(servers);
            } finally {
                tools.unbindSelf();
            }
            return new Outcome(machine, settings, tools.pins(), measured(), starts, loadedBytes);
        }
    }

    private boolean ours() {
        return settings.ways().contains(Way.NAMED) || settings.ways().contains(Way.ROUTED);
    }

    /** On all cores, as users start it. The first start makes the cache where it is missing, and does not count. */
    private Outcome.Start starts(Servers servers, int stubPort, boolean cache) throws IOException {
        String aot = cache ? "now" : "off";
        servers.stop(servers.tagRouter(settings.launcher(), ANYWHERE, stubPort, aot));
        List<Double> readyMillis = new ArrayList<>();
        List<Double> idleBytes = new ArrayList<>();
        for (int i = 0; i < settings.times().starts(); i++) {
            step("starting TagRouter " + (cache ? "with" : "without") + " its AOT cache", IDLE_MILLIS);
            long begun = System.nanoTime();
            Servers.Running started = servers.tagRouter(settings.launcher(), ANYWHERE, stubPort, aot);
            readyMillis.add((System.nanoTime() - begun) / 1e6);
            Child.pause(IDLE_MILLIS);
            idleBytes.add((double) started.child().residentBytes());
            servers.stop(started);
        }
        return new Outcome.Start(cache, readyMillis, idleBytes);
    }

    private void load(Servers servers) throws IOException {
        Servers.Running tagRouter = startAll(servers);
        for (Map.Entry<Way, Target> way : targets.entrySet()) {
            step(
                    "settling " + way.getKey().label(),
                    settings.times().expectedSettling().toMillis());
            settled.put(
                    way.getKey(),
                    Load.settle(
                            way.getValue(),
                            settings.settling(),
                            settings.times().settleMost()));
        }
        for (int round = 1; round <= settings.rounds(); round++) {
            for (Map.Entry<Way, Target> way : targets.entrySet()) {
                step(
                        "round " + round + " of " + settings.rounds() + ", "
                                + way.getKey().label(),
                        settings.times().round().toMillis());
                saturated
                        .computeIfAbsent(way.getKey(), key -> new ArrayList<>())
                        .add(Load.saturate(way.getValue(), settings.saturating()));
                steady.computeIfAbsent(way.getKey(), key -> new ArrayList<>())
                        .add(Load.atRate(way.getValue(), settings.steadily(), settings.perSecond()));
            }
        }
        loadedBytes = tagRouter == null ? 0 : tagRouter.child().residentBytes();
    }

    /** Starts what is asked for and can be; TagRouter, if it is among that. */
    private Servers.@Nullable Running startAll(Servers servers) throws IOException {
        int stub = servers.stub(LOAD_CORE).port();
        targets.put(Way.DIRECT, target(stub, Servers.NAMED_MODEL, Map.of()));
        if (settings.ways().contains(Way.NGINX)) {
            try {
                targets.put(
                        Way.NGINX,
                        target(servers.nginx(GATEWAY_CORE, stub, false).port(), Servers.NAMED_MODEL, Map.of()));
            } catch (Missing e) {
                missing.put(Way.NGINX, String.valueOf(e.getMessage()));
            }
        }
        if (settings.ways().contains(Way.PORTKEY)) {
            try {
                int port = servers.portkey(GATEWAY_CORE, settings.cache()).port();
                targets.put(Way.PORTKEY, target(port, Servers.NAMED_MODEL, Servers.portkeyHeaders(stub)));
            } catch (Missing e) {
                missing.put(Way.PORTKEY, String.valueOf(e.getMessage()));
            }
        }
        if (!ours()) {
            return null;
        }
        Servers.Running tagRouter = servers.tagRouter(settings.launcher(), GATEWAY_CORE, stub, "now");
        if (settings.ways().contains(Way.NAMED)) {
            targets.put(Way.NAMED, target(tagRouter.port(), Servers.NAMED_MODEL, Map.of()));
        }
        if (settings.ways().contains(Way.ROUTED)) {
            targets.put(Way.ROUTED, target(tagRouter.port(), "auto", Map.of()));
        }
        return tagRouter;
    }

    private static Target target(int port, String model, Map<String, String> headers) {
        return target(port, model, "", headers);
    }

    /**
     * The same query whatever the way.
     *
     * @param members further members of the body, each with a comma before it
     */
    static Target target(int port, String model, String members, Map<String, String> headers) {
        return Target.post(
                port,
                "/v1/chat/completions",
                headers,
                "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + query() + "\"}]"
                        + members + "}");
    }

    /** What is asked. */
    static String query() {
        return PROSE.repeat(2).substring(0, Settings.QUERY_CHARACTERS);
    }

    private List<Outcome.Measured> measured() {
        return settings.ways().stream()
                .sorted()
                .map(way -> new Outcome.Measured(
                        way,
                        missing.get(way),
                        settled.getOrDefault(way, Duration.ZERO),
                        saturated.getOrDefault(way, List.of()),
                        steady.getOrDefault(way, List.of())))
                .toList();
    }

    private void step(String what, long expectedMillis) {
        listener.at(what, doneMillis, totalMillis());
        doneMillis += expectedMillis;
    }

    private long totalMillis() {
        int ways = settings.ways().size() - missing.size();
        return (ours() ? 2L * settings.times().starts() * IDLE_MILLIS : 0)
                + ways
                        * (settings.times().expectedSettling().toMillis()
                                + settings.rounds() * settings.times().round().toMillis());
    }
}
