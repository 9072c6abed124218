package dev.tagrouter.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tagrouter.core.Router;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.testing.TinyProfile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {
    private static final List<String> FILES = List.of(
            "manifest.properties",
            "vocabulary.tsv",
            "topics.bin",
            "models.tsv",
            "capabilities.tsv",
            "curves.tsv",
            "tagger.bin");

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void write() throws IOException {
        path = folder.resolve("tiny");
        TinyProfile.create().write(path);
    }

    @Test
    void readsBackWhatWasWritten() throws IOException {
        Profile written = TinyProfile.create();
        Profile read = Profile.read(path);
        assertThat(read.id()).isEqualTo(written.id());
        assertThat(read.manifest()).isEqualTo(written.manifest());
        assertThat(read.candidates()).isEqualTo(written.candidates());
        for (String text : List.of("write sql", "a poem, hello", "sql poem hello")) {
            assertThat(Router.of(read).route(Query.of(text)).decision())
                    .isEqualTo(Router.of(written).route(Query.of(text)).decision());
        }
    }

    @Test
    void writingTwiceGivesTheSameBytesAndLeavesNothingBeside() throws IOException {
        byte[] first = Files.readAllBytes(path.resolve("capabilities.tsv"));
        Profile.read(path).write(path);
        assertThat(Files.readAllBytes(path.resolve("capabilities.tsv"))).isEqualTo(first);
        try (Stream<Path> beside = Files.list(folder)) {
            assertThat(beside).containsExactly(path);
        }
    }

    @Test
    void readsTheSameFromAZip() throws IOException {
        Path zip = zip(FILES);
        assertThat(Profile.read(zip).id()).isEqualTo(TinyProfile.create().id());
    }

    private Path zip(List<String> names) throws IOException {
        Path zip = folder.resolve("tiny.zip");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            for (String name : names) {
                entries.putNextEntry(new ZipEntry(name));
                entries.write(Files.readAllBytes(path.resolve(name)));
            }
        }
        return zip;
    }

    @Test
    void doesNotReplaceWhatIsNoProfile() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("thesis.txt"), "mine");
        assertThatThrownBy(() -> TinyProfile.create().write(other))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("choose another");
        assertThat(other.resolve("thesis.txt")).exists();
    }

    @Test
    void neitherATaggerNorAProfileReplacesTheOtherOrAnythingBesideThem() throws IOException {
        assertThatThrownBy(() -> TaggerFiles.write(path, TinyProfile.create().tagger()))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("manifest.properties");
        Files.writeString(path.resolve("notes.md"), "mine");
        assertThatThrownBy(() -> TinyProfile.create().write(path)).hasMessageContaining("notes.md");
        assertThat(Profile.read(path).id()).isEqualTo(TinyProfile.create().id());
        assertThat(path.resolve("notes.md")).exists();
    }

    @Test
    void aLinkedProfileStaysLinked() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("current"), path);
        TinyProfile.create().write(link);
        assertThat(link).isSymbolicLink();
        assertThat(Profile.read(link).id()).isEqualTo(TinyProfile.create().id());
    }

    @Test
    void aProfileOfAFormerFormatIsReplaced() throws IOException {
        Files.writeString(path.resolve("topics.tsv"), "term\tplace\n");
        TinyProfile.create().write(path);
        assertThat(path.resolve("topics.tsv")).doesNotExist();
        Files.writeString(path.resolve("notes.txt"), "mine");
        assertThatThrownBy(() -> TinyProfile.create().write(path))
                .hasMessageContaining("holds other things (notes.txt)");
    }

    @Test
    void namesWhatDoesNotExist() {
        assertThatThrownBy(() -> Profile.read(folder.resolve("nowhere")))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("neither a folder nor a zip");
        assertThatThrownBy(() -> Profile.builtIn("nothing"))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("nothing");
    }

    @Test
    void whatATaggerLacksIsCalledATaggers() throws IOException {
        for (String name : List.of("vocabulary.tsv", "topics.bin", "tagger.bin")) {
            Path tagger = folder.resolve("tagger without " + name);
            TaggerFiles.write(tagger, TinyProfile.tagger(TinyProfile.vocabulary()));
            Files.delete(tagger.resolve(name));
            assertThatThrownBy(() -> TaggerFiles.read(tagger))
                    .isInstanceOf(ProfileException.class)
                    .hasMessageStartingWith("tagger " + tagger + ": " + name + " is missing; a tagger holds")
                    .hasMessageEndingWith("train the tagger again if an older TagRouter wrote it");
        }
    }
}
