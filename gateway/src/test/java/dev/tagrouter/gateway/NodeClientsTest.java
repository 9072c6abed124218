package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * npm's {@code openai}, {@code @anthropic-ai/sdk} and {@code ai}, unchanged, in one run against a gateway; what they are
 * asked to do stands in {@code src/test/js/conformance.mjs}. Skips where there is no Node, or npm cannot fetch them.
 */
class NodeClientsTest {
    private static final Path SCRIPT = Path.of("src/test/js");
    /** Kept between runs, so that the packages are fetched once. */
    private static final Path FOLDER = Path.of("target/node-clients");

    private static final int PATIENCE_MINUTES = 5;

    private record Run(int exit, String output) {}

    @Test
    void theOfficialClientsWorkUnchanged() throws Exception {
        Run node = run(Path.of("."), "node", "--version");
        assumeTrue(node.exit() == 0, "skipped: node is not on the PATH; install Node 20 or later to run this");
        int major = Integer.parseInt(node.output().strip().replaceFirst("^v(\\d+)\\..*$", "$1"));
        assumeTrue(
                major >= 20,
                "skipped: the clients need Node 20 or later, and this is "
                        + node.output().strip());
        install();
        try (VllmStub stub = new VllmStub(List.of("small", "coder", "strong"));
                Fixture fixture = new Fixture(upstream -> StubConfig.routed(stub.baseUrl()))) {
            Run run = run(FOLDER, "node", "conformance.mjs", fixture.uri("").toString());
            assertThat(run.exit()).as(run.output()).isZero();
            assertThat(run.output().lines().filter(line -> line.startsWith("ok: ")))
                    .as(run.output())
                    .hasSizeGreaterThanOrEqualTo(10);
        }
    }

    private static void install() throws Exception {
        Files.createDirectories(FOLDER);
        Path lock = FOLDER.resolve("node_modules/installed-by");
        byte[] wanted = Files.readAllBytes(SCRIPT.resolve("package-lock.json"));
        for (String file : List.of("package.json", "package-lock.json", "conformance.mjs")) {
            Files.copy(SCRIPT.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.exists(lock) && java.util.Arrays.equals(Files.readAllBytes(lock), wanted)) {
            return;
        }
        Run npm = run(FOLDER, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        assumeTrue(
                npm.exit() == 0,
                "skipped: npm is absent or could not fetch the clients; give it a registry to run this: "
                        + npm.output());
        Files.write(lock, wanted);
    }

    /** Exit code -1 where there is no such program. */
    private static Run run(Path folder, String... command) throws Exception {
        Path output = Files.createTempFile("node-clients", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                throw new AssertionError(
                        String.join(" ", command) + " took more than " + PATIENCE_MINUTES + " minutes");
            }
            return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } catch (IOException noSuchProgram) {
            return new Run(-1, String.valueOf(noSuchProgram.getMessage()));
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
