package dev.tagrouter.benchmarks.comparison;

import dev.tagrouter.benchmarks.load.StubUpstream;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts each server of the comparison as its own users would, on a free loopback port and bound to a core. */
final class Servers {
    static final String PORTKEY_VERSION = "1.15.2";
    private static final String STUB_CLASS = "dev.tagrouter.benchmarks.load.StubMain";
    private static final String PORTKEY = "@portkey-ai/gateway";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String GATEWAY_CONFIG = """
            server: {port: PORT}
            upstreams:
              stub: {base_url: "http://127.0.0.1:STUB/v1"}
            models:
              - {name: gemma-2-9b-it, upstream: stub}
              - {name: qwen2.5-7b-instruct, upstream: stub}
              - {name: llama-3.1-8b-instruct, upstream: stub}
              - {name: llama-3.3-nemotron-super-49b-v1, upstream: stub}
              - {name: llama-3.1-nemotron-51b-instruct, upstream: stub}
            """;
    static final String NAMED_MODEL = "gemma-2-9b-it";
    private static final String NGINX_CONFIG = """
            daemon off;
            worker_processes 1;
            pid nginx.pid;
            error_log stderr warn;
            events { worker_connections 16384; }
            http {
              access_log off;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              keepalive_timeout 300s;
              keepalive_requests 1000000000;
              upstream stub {
                server 127.0.0.1:STUB;
                keepalive 512;
                keepalive_timeout 300s;
                keepalive_requests 1000000000;
              }
              server {
                listen 127.0.0.1:PORT;
                location = /ready { return 200; }
                location / {
                  proxy_pass http://stub;
                  proxy_http_version 1.1;
                  BUFFERING
                  proxy_set_header Connection "";
                }
              }
            }
            """;
    /** The gateway has no option for the address it binds. */
    private static final String LOOPBACK_ONLY = """
            const net = require('net');
            const listen = net.Server.prototype.listen;
            net.Server.prototype.listen = function (port, ...rest) {
              const done = rest.filter((argument) => typeof argument === 'function');
              return listen.call(this, { port: Number(port), host: '127.0.0.1' }, ...done);
            };
            """;

    private final Children children;
    private final Tools tools;

    Servers(Children children, Tools tools) {
        this.children = children;
        this.tools = tools;
    }

    /** A server that runs. */
    record Running(Child child, int port) {}

    /** A stub that answers in one piece. */
    Running stub(int core) throws IOException {
        return stub(core, List.of());
    }

    /** A stub that streams. */
    Running stub(int core, StubUpstream.Streaming how) throws IOException {
        return stub(
                core,
                List.of(Integer.toString(how.chunks()), Long.toString(how.gap().toMillis())));
    }

    private Running stub(int core, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                STUB_CLASS));
        command.addAll(arguments);
        Child child = children.start("stub", tools.on(core, command), Map.of());
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && child.process().isAlive()) {
            try (BufferedReader written = Files.newBufferedReader(child.log())) {
                String port = written.readLine();
                if (port != null && port.matches("\\d+")) {
                    return new Running(child, Integer.parseInt(port));
                }
            }
            Child.pause(Child.LOOK_MILLIS);
        }
        throw new IOException("the stub upstream does not start; it wrote: " + child.lastWords());
    }

    Running nginx(int core, int stubPort, boolean streaming) throws IOException, Missing {
        String nginx = Tools.find("nginx", "on Debian: apt-get install nginx-light");
        int port = Child.freePort();
        Path config = children.file("nginx.conf");
        String buffering = streaming ? "proxy_buffering off;" : "";
        Files.writeString(config, filled(NGINX_CONFIG.replace("BUFFERING", buffering), port, stubPort));
        Child child = children.start(
                "nginx",
                tools.on(core, List.of(nginx, "-p", config.getParent() + "/", "-e", "stderr", "-c", config.toString())),
                Map.of());
        child.awaitReady(port, "/ready", PATIENCE);
        return new Running(child, port);
    }

    /** Installs Portkey's gateway on first use, outside the project. */
    Running portkey(int core, Path cache) throws IOException, Missing {
        String remedy = "install Node.js 20 or later with npm, on Debian: apt-get install nodejs npm";
        String node = Tools.find("node", remedy);
        Path folder = cache.resolve("portkey-" + PORTKEY_VERSION);
        Path main = folder.resolve("node_modules/" + PORTKEY + "/build/start-server.js");
        if (!Files.exists(main)) {
            Files.createDirectories(folder);
            String npm = Tools.find("npm", remedy);
            Tools.output(List.of(
                    npm,
                    "install",
                    "--prefix",
                    folder.toString(),
                    "--ignore-scripts",
                    "--no-audit",
                    "--no-fund",
                    PORTKEY + "@" + PORTKEY_VERSION));
            if (!Files.exists(main)) {
                throw new Missing(PORTKEY + " is not installed and npm could not fetch it; run: npm install --prefix "
                        + folder + " " + PORTKEY + "@" + PORTKEY_VERSION);
            }
        }
        int port = Child.freePort();
        Path loopback = children.file("loopback.cjs");
        Files.writeString(loopback, LOOPBACK_ONLY);
        Child child = children.start(
                "portkey",
                tools.on(
                        core,
                        List.of(
                                node,
                                "--require",
                                loopback.toString(),
                                main.toString(),
                                "--port=" + port,
                                "--headless")),
                Map.of("NODE_ENV", "production"));
        child.awaitReady(port, "/", PATIENCE);
        return new Running(child, port);
    }

    static Map<String, String> portkeyHeaders(int stubPort) {
        return Map.of(
                "Authorization", "Bearer none",
                "x-portkey-provider", "openai",
                "x-portkey-custom-host", "http://127.0.0.1:" + stubPort + "/v1");
    }

    /**
     * Starts TagRouter by its launcher.
     *
     * @param core where it runs, or -1 for wherever it likes
     * @param aot what the launcher does about the AOT cache
     */
    Running tagRouter(Path launcher, int core, int stubPort, String aot) throws IOException {
        return tagRouter(launcher, core, stubPort, aot, "");
    }

    /** @param options for its virtual machine */
    Running tagRouter(Path launcher, int core, int stubPort, String aot, String options) throws IOException {
        return tagRouter(launcher, core, stubPort, aot, options, GATEWAY_CONFIG);
    }

    /** @param template its configuration, with PORT and STUB where ports belong */
    Running tagRouter(Path launcher, int core, int stubPort, String aot, String options, String template)
            throws IOException {
        int port = Child.freePort();
        Path config = children.file("tagrouter.yaml");
        Files.writeString(config, filled(template, port, stubPort), StandardCharsets.UTF_8);
        List<String> command = List.of(launcher.toString(), "serve", "--config", config.toString());
        Child child = children.start(
                "tagrouter",
                core < 0 ? command : tools.on(core, command),
                Map.of("TAGROUTER_AOT", aot, "TAGROUTER_JAVA_OPTS", options));
        child.awaitReady(port, "/health/ready", PATIENCE.multipliedBy(4));
        return new Running(child, port);
    }

    private static String filled(String config, int port, int stubPort) {
        return config.replace("PORT", Integer.toString(port)).replace("STUB", Integer.toString(stubPort));
    }

    void stop(Running server) {
        children.stop(server.child());
    }
}
