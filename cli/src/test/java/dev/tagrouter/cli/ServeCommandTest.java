package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of serve read without picocli mean what picocli reads; starts that go well are tested elsewhere. */
class ServeCommandTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve --config no-such.yaml",
                "serve --port 65536",
                "serve --port 70000 --host 127.0.0.1",
                "serve --host 192.0.2.1 --port 0",
                "serve --profile no-such-profile --port 0"
            })
    void pairsMeanWhatPicocliReads(String line) {
        Cli.Result plain = Cli.plain(new byte[0], false, line.split(" ", -1));
        // With an equals sign the same options go through picocli.
        Cli.Result picocli = Cli.plain(
                new byte[0], false, line.replaceAll("(--\\w+) ", "$1=").split(" ", -1));

        assertThat(ServeCommand.plain(Io.standard(), line.split(" ", -1))).isNotNull();
        assertThat(plain).isEqualTo(picocli);
        assertThat(plain.exit()).isNotZero();
        assertThat(plain.err()).contains(line.split(" ", -1)[2]);
    }

    @Test
    void aConfigurationIsReadFromTheFileNamed(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("my.yaml");
        Files.writeString(file, "server: {prot: 1}\n");

        assertThat(Cli.plain(new byte[0], false, "serve", "--config", file.toString())
                        .err())
                .contains("my.yaml")
                .contains("prot");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve --help",
                "serve --port",
                "serve --port many",
                "serve --port 1 --port 2",
                "serve --prot 1",
                "serve --host --port 1",
                "serve now",
                "route --port 1",
                "--version"
            })
    void whateverElseIsLeftToPicocli(String line) {
        assertThat(ServeCommand.plain(Io.standard(), line.split(" ", -1))).isNull();
    }

    @Test
    void nothingAndAnEmptyValueAreLeftToPicocli() {
        assertThat(ServeCommand.plain(Io.standard())).isNull();
        assertThat(ServeCommand.plain(Io.standard(), "serve", "--host", "")).isNull();
    }
}
