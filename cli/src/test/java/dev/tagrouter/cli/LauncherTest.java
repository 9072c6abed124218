package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a folder of its own, with a java and a mvn that only write down how they were called. */
class LauncherTest {
    @TempDir
    private Path folder = Path.of("");

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("home/cli/target/lib"));
        Files.copy(Path.of("../tagrouter"), folder.resolve("home/tagrouter"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(folder.resolve("home/pom.xml"), "");
        Files.writeString(folder.resolve("home/cli/target/tagrouter-cli-1.jar"), "");
        Files.writeString(folder.resolve("home/cli/target/launcher.stamp"), "");
        Files.createDirectories(folder.resolve("jdk"));
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        program("jdk/bin/java", "case \"$*\" in *--folds\\ 2*) exit 2 ;; esac");
        program("bin/mvn", "mkdir -p embeddings/target/lib; : >embeddings/target/tagrouter-embeddings-1.jar");
    }

    private void program(String path, String last) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\necho \"${0##*/} $*\" >>'" + folder.resolve("calls") + "'\n" + last + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What {@code serve} is started as, of a user who gives the JVM such options. */
    private String serving(String options) throws IOException, InterruptedException {
        environment.put("TAGROUTER_AOT", "off");
        environment.put("TAGROUTER_JAVA_OPTS", options);
        assertThat(launch("serve")).isZero();
        return String.join("\n", calls());
    }

    /** Runs the launcher; gives its exit code. */
    private int launch(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(folder.resolve("home/tagrouter").toString()));
        command.addAll(List.of(arguments));
        Files.deleteIfExists(folder.resolve("calls"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().merge("PATH", folder.resolve("bin").toString(), (old, own) -> own + ":" + old);
        return builder.start().waitFor();
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }

    @Test
    void buildsNothingForHelp() throws Exception {
        assertThat(launch("evaluate", "--help")).isZero();
        assertThat(calls()).singleElement().asString().startsWith("java ").endsWith(" evaluate --help");
    }

    @Test
    void buildsNothingForWhatIsRefused() throws Exception {
        assertThat(launch("evaluate", "--folds", "2")).isEqualTo(2);
        assertThat(calls()).singleElement().asString().endsWith(" evaluate --dry-run --folds 2");
        assertThat(launch("ablate", "--folds", "2")).isEqualTo(2);
        assertThat(calls()).singleElement().asString().endsWith(" ablate --dry-run --folds 2");
    }

    @Test
    void buildsEmbeddingsOnceForEvaluate() throws Exception {
        assertThat(launch("evaluate", "--folds", "5")).isZero();
        assertThat(calls()).hasSize(3);
        assertThat(calls().get(1)).startsWith("mvn ").contains(" -pl embeddings ");
        assertThat(calls().getLast()).contains("tagrouter-embeddings-1.jar").endsWith(" evaluate --folds 5");

        assertThat(launch("evaluate", "--folds", "5")).isZero();
        assertThat(calls()).singleElement().asString().contains("tagrouter-embeddings-1.jar");
    }

    @Test
    void alignmentByMeaningAndVocabulariesGetEmbeddings() throws Exception {
        assertThat(launch("route", "--tags", "a", "--alignment", "similar", "a query"))
                .isZero();
        assertThat(calls().getFirst()).startsWith("mvn ").contains(" -pl embeddings ");
        assertThat(calls().getLast()).contains("tagrouter-embeddings-1.jar");
        assertThat(launch("vocabulary", "grow", "--tags", "f")).isZero();
        assertThat(calls()).singleElement().asString().contains("tagrouter-embeddings-1.jar");
        assertThat(launch("vocabulary", "normalise", "--tags", "f", "--no-embeddings"))
                .isZero();
        assertThat(calls()).singleElement().asString().doesNotContain("embeddings-1.jar");
    }

    @Test
    void serveAsksForHugePagesWhereThereAreAnyUnlessTheUserSpeaksOfPages() throws Exception {
        Path setting = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
        String given = Files.exists(setting) ? Files.readString(setting) : "";
        assertThat(serving("-Xmx1g").contains("-XX:+UseTransparentHugePages"))
                .isEqualTo(given.contains("[madvise]") || given.contains("[always]"));
        assertThat(serving("-XX:+UseLargePages")).doesNotContain("TransparentHugePages");
        assertThat(serving("-XX:-UseTransparentHugePages")).doesNotContain("+UseTransparentHugePages");
    }

    @Test
    void otherCommandsGoWithoutEmbeddings() throws Exception {
        assertThat(launch("route", "a query")).isZero();
        assertThat(calls())
                .singleElement()
                .asString()
                .doesNotContain("embeddings")
                .endsWith(" route a query");
    }
}
