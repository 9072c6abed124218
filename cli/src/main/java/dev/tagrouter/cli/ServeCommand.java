package dev.tagrouter.cli;

import dev.tagrouter.gateway.Gateway;
import dev.tagrouter.gateway.GatewayException;
import dev.tagrouter.gateway.config.ConfigException;
import dev.tagrouter.gateway.config.GatewayConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tagrouter serve}: the OpenAI-compatible server, until it is told to stop. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Serves the OpenAI-compatible API; \"model\": \"auto\" is routed, \"auto:0.3\" at theta 0.3.",
            "",
            "Reads ./tagrouter.yaml where there is one and --config is not given; without either it configures itself "
                    + "from what it finds and says what that was. Options win over the file. When the file or the "
                    + "profile changes, or at SIGHUP, both are read again while requests go on. Stops at SIGINT or "
                    + "SIGTERM.",
            ""
        },
        footer = {"", "Examples:", "  tagrouter serve", "  tagrouter serve --config /etc/tagrouter.yaml --port 9000"})
final class ServeCommand implements Callable<Integer> {
    private static final Path USUAL_CONFIG = Path.of("tagrouter.yaml");
    /** The JDK's own format takes two lines for an entry. */
    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

    private static final int MAX_PORT = 65_535;

    private final Io io;

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration (default: ./tagrouter.yaml).")
    private @Nullable Path configFile;

    @Option(names = "--host", paramLabel = "H", description = "The address to bind (default: the configuration's).")
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port, 0 for any free one (default: the configuration's).")
    private @Nullable Integer port;

    @Option(
            names = "--profile",
            paramLabel = "P",
            description = "A built-in profile's name, or a profile folder or zip (default: the configuration's).")
    private @Nullable String profile;

    ServeCommand(Io io) {
        this.io = io;
    }

    /**
     * The command as picocli would read it, from {@code serve} and pairs of option and value; null for whatever else,
     * help and mistakes included, which picocli answers. It takes picocli longer to read annotations than it takes the
     * gateway to start listening.
     */
    static @Nullable ServeCommand plain(Io io, String... arguments) {
        if (arguments.length % 2 == 0 || !arguments[0].equals("serve")) {
            return null;
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 1; i < arguments.length; i += 2) {
            String value = arguments[i + 1];
            if (value.isEmpty() || value.startsWith("-") || values.put(arguments[i], value) != null) {
                return null;
            }
        }
        ServeCommand command = new ServeCommand(io);
        String file = values.remove("--config");
        command.configFile = file == null ? null : Path.of(file);
        command.host = values.remove("--host");
        command.profile = values.remove("--profile");
        String number = values.remove("--port");
        if (number != null) {
            try {
                command.port = Integer.valueOf(number);
            } catch (NumberFormatException e) {
                return null;
            }
        }
        return values.isEmpty() ? command : null;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (System.getProperty(LOG_FORMAT) == null) {
            System.setProperty(LOG_FORMAT, "%1$tFT%1$tT.%1$tL%1$tz %4$s %5$s%6$s%n");
        }
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        try (Gateway gateway = start()) {
            // The JVM ends when its shutdown hooks have: this one waits until the gateway is closed.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitClosed(stopping, stopped), "stop"));
            stopping.await();
            say("stopping, port " + gateway.port());
        } catch (ConfigException | GatewayException e) {
            throw new FailedException(String.valueOf(e.getMessage()));
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    /** With a file the gateway reads it again whenever it changes, or at SIGHUP. */
    private Gateway start() throws IOException, ConfigException, GatewayException {
        Path file = file();
        if (file == null) {
            return Gateway.start(config(), this::say);
        }
        AtomicReference<Gateway> running = new AtomicReference<>();
        // Before the start: without a handler the signal would end the process.
        HangUp.calls(() -> {
            Gateway gateway = running.get();
            if (gateway != null) {
                gateway.reload("SIGHUP");
            }
        });
        Gateway gateway = Gateway.start(() -> withOptions(GatewayConfig.read(file, System.getenv())), this::say);
        running.set(gateway);
        return gateway;
    }

    private static void awaitClosed(CountDownLatch stopping, CountDownLatch stopped) {
        stopping.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(String line) {
        io.out().println(line);
        io.out().flush();
    }

    /** What the options and the configuration file say together. */
    GatewayConfig config() throws IOException, ConfigException {
        Path file = file();
        return withOptions(file == null ? GatewayConfig.automatic() : GatewayConfig.read(file, System.getenv()));
    }

    private GatewayConfig withOptions(GatewayConfig read) {
        GatewayConfig config = read;
        Integer otherPort = port;
        if (otherPort != null) {
            if (otherPort < 0 || otherPort > MAX_PORT) {
                throw new UsageException("--port is " + otherPort + "; give a number from 0 to " + MAX_PORT);
            }
            config = config.withPort(otherPort);
        }
        String otherHost = host;
        if (otherHost != null) {
            config = config.withHost(otherHost);
        }
        String otherProfile = profile;
        return otherProfile == null ? config : config.withProfile(otherProfile);
    }

    /** The configuration's file, or null where there is none. */
    private @Nullable Path file() {
        Path file = configFile;
        if (file == null && !Files.exists(USUAL_CONFIG)) {
            return null;
        }
        Path chosen = file == null ? USUAL_CONFIG : file;
        if (!Files.isRegularFile(chosen)) {
            throw new FailedException("--config '" + chosen + "' is no file; name a YAML file, or leave it out");
        }
        return chosen;
    }
}
