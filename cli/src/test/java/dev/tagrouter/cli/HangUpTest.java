package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.tagrouter.core.testing.TinyProfile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that serves reads its configuration again at SIGHUP, and ends at SIGTERM. */
class HangUpTest {
    /** On a thread of its own, for a test that waits for a line cannot be interrupted. */
    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void servingReadsAgain(@TempDir Path folder) throws Exception {
        assumeFalse(
                isHangUpIgnored(), "SIGHUP is ignored here, as under nohup, and so by every process started from here");
        TinyProfile.create().write(folder.resolve("profile"));
        Path file = Files.writeString(folder.resolve("tagrouter.yaml"), """
                server: {port: 0}
                upstreams:
                  local: {base_url: 'http://127.0.0.1:1/v1'}
                models: [{name: coder, upstream: local}]
                routing: {profile: profile}
                """);
        Process serving = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.tagrouter.cli.TagRouterCommand",
                        "serve",
                        "--config",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = serving.inputReader()) {
            assertThat(awaitLine(lines, "try: ")).contains("/v1/chat/completions");
            signal(serving, "-HUP");
            assertThat(awaitLine(lines, "reloaded"))
                    .startsWith("reloaded (SIGHUP): edition 2: profile tiny (")
                    .endsWith(") as before; 1 models as before");
            signal(serving, "-TERM");
            assertThat(awaitLine(lines, "stopping")).startsWith("stopping, port ");
            assertThat(serving.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            serving.destroyForcibly();
        }
    }

    private static boolean isHangUpIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .map(line -> line.substring("SigIgn:".length()).strip())
                        .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & 1) != 0);
    }

    private static void signal(Process process, String name) throws Exception {
        Process kill = new ProcessBuilder("kill", name, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private static String awaitLine(BufferedReader lines, String with) throws Exception {
        List<String> others = new java.util.ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains(with)) {
                return line;
            }
            others.add(line);
        }
        throw new AssertionError("no line with '" + with + "' but " + others);
    }
}
