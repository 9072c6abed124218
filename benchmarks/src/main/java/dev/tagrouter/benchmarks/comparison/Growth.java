package dev.tagrouter.benchmarks.comparison;

import dev.tagrouter.benchmarks.load.Load;
import dev.tagrouter.benchmarks.load.LoadResult;
import dev.tagrouter.benchmarks.load.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What TagRouter on one core carries as the pool and the vocabulary grow. */
public final class Growth {
    private static final int GATEWAY_CORE = 0;
    private static final int LOAD_CORE = 1;
    private static final int CONNECTIONS = 32;

    /** How often as long as what is measured settling may take. */
    private static final int MOST_SLICES = 20;

    private static final String STEP = "measuring load after load";

    private Growth() {}

    /** How many models are routed between, and by how many tags. */
    public record Size(int models, int tags) {}

    /**
     * What was measured at one size.
     *
     * @param routed requests that were routed, as many as it took
     * @param named requests for a named model, which are not tagged
     * @param residentBytes the process's memory after both
     */
    public record Row(Size size, LoadResult routed, LoadResult named, long residentBytes) {}

    /** Makes up a profile. */
    public interface Maker {
        /** Writes a profile of so many models, named {@code model-0} and so on, and tags, whose tagger reads the text. */
        void write(Path folder, Size size, String text) throws IOException;
    }

    /**
     * Measures one size after the other.
     *
     * @param measured how long each of the two loads of a size is measured, after its throughput stood still
     * @param found told of each size as soon as it was measured: all of them take a quarter of an hour
     */
    public static List<Row> run(
            Path launcher,
            List<Size> sizes,
            Duration measured,
            Maker maker,
            Comparison.Listener listener,
            Consumer<Row> found)
            throws IOException {
        Tools tools = new Tools();
        List<Row> rows = new ArrayList<>();
        long loads = 2L * sizes.size();
        try (Children children = new Children()) {
            Servers servers = new Servers(children, tools);
            Servers.Running stub = servers.stub(LOAD_CORE);
            for (Size size : sizes) {
                listener.at(STEP, 2L * rows.size(), loads);
                Path profile = children.file("profile-" + rows.size());
                maker.write(profile, size, Comparison.query());
                Servers.Running ours = servers.tagRouter(
                        launcher, GATEWAY_CORE, stub.port(), "off", "", config(profile, size.models()));
                tools.bindSelf(LOAD_CORE);
                try {
                    LoadResult routed = saturate(ours.port(), "auto", measured);
                    listener.at(STEP, 2L * rows.size() + 1, loads);
                    LoadResult named = saturate(ours.port(), "model-0", measured);
                    Row row = new Row(size, routed, named, ours.child().residentBytes());
                    rows.add(row);
                    found.accept(row);
                } finally {
                    tools.unbindSelf();
                    servers.stop(ours);
                }
            }
            listener.at(STEP, loads, loads);
        }
        return rows;
    }

    private static LoadResult saturate(int port, String model, Duration measured) throws IOException {
        Target target = Comparison.target(port, model, "", Map.of());
        Load.Plan plan = new Load.Plan(CONNECTIONS, Duration.ZERO, measured);
        Load.settle(target, plan, measured.multipliedBy(MOST_SLICES));
        return Load.saturate(target, plan);
    }

    private static String config(Path profile, int models) {
        StringBuilder config = new StringBuilder("server: {port: PORT}\n"
                + "upstreams: {stub: {base_url: \"http://127.0.0.1:STUB/v1\"}}\nrouting: {profile: "
                + profile.getFileName() + "}\nmodels:\n");
        for (int m = 0; m < models; m++) {
            config.append("  - {name: model-").append(m).append(", upstream: stub}\n");
        }
        return config.toString();
    }
}
