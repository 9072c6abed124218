package dev.tagrouter.cli;

import dev.tagrouter.benchmarks.load.Load;
import dev.tagrouter.benchmarks.load.StubUpstream;
import dev.tagrouter.benchmarks.load.Target;
import dev.tagrouter.gateway.Gateway;
import dev.tagrouter.gateway.GatewayException;
import dev.tagrouter.gateway.config.ConfigException;
import dev.tagrouter.gateway.config.GatewayConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code tagrouter rehearse}: serves a few requests of its own on a free port, so that the JVM can write down which
 * classes and methods {@code serve} needs. The launcher runs it to make the AOT cache.
 */
@Command(
        name = "rehearse",
        hidden = true,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Makes serve start faster from now on; serve sees to it by itself.")
final class RehearseCommand implements Callable<Integer> {
    private static final Load.Plan PLAN = new Load.Plan(8, Duration.ZERO, Duration.ofMillis(1500));
    private static final Load.Plan GLANCE = new Load.Plan(1, Duration.ZERO, Duration.ofMillis(100));
    private static final String MODEL = "gemma-2-9b-it";
    private static final String CONFIG = """
            server: {port: 0}
            upstreams:
              stub: {base_url: "http://127.0.0.1:STUB/v1"}
            models:
              - {name: gemma-2-9b-it, upstream: stub}
              - {name: qwen2.5-7b-instruct, upstream: stub}
            """;

    @Override
    public Integer call() throws IOException {
        try {
            // Without a configuration it looks around and starts the demonstration: other classes, no requests.
            Gateway.start(GatewayConfig.automatic().withPort(0), line -> {}).close();
            serveOwnRequests();
            return 0;
        } catch (ConfigException | GatewayException e) {
            throw new FailedException(String.valueOf(e.getMessage()));
        }
    }

    private static void serveOwnRequests() throws IOException, ConfigException, GatewayException {
        Path file = Files.createTempFile("tagrouter", ".yaml");
        try (StubUpstream stub = new StubUpstream(null)) {
            Thread upstream = new Thread(() -> serve(stub), "stub");
            upstream.setDaemon(true);
            upstream.start();
            Files.writeString(file, CONFIG.replace("STUB", Integer.toString(stub.port())));
            try (Gateway gateway = Gateway.start(serve(file).config(), line -> {})) {
                for (String model : List.of(MODEL, "auto")) {
                    Load.saturate(request(gateway.port(), "/v1/chat/completions", model), PLAN);
                }
                Load.saturate(request(gateway.port(), "/v1/route", "auto"), GLANCE);
            }
        } finally {
            Files.delete(file);
        }
    }

    /** The command by which users start it: its classes belong into the cache too. */
    private static ServeCommand serve(Path config) {
        return Objects.requireNonNull(ServeCommand.plain(Io.standard(), "serve", "--config", config.toString()));
    }

    private static Target request(int port, String path, String model) {
        return Target.post(
                port,
                path,
                Map.of(),
                "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Write a SQL query that"
                        + " ranks the customers of each region by revenue, and explain which indexes it needs.\"}]}");
    }

    private static void serve(StubUpstream stub) {
        try {
            stub.serve();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
