package dev.tagrouter.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tagrouter.core.testing.TinyProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a folder, which are read in pieces. */
class ProfileFilesTest {
    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 300_000})
    void aFileIsReadWhole(int size) throws IOException {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        assertThat(topics(content)).isEqualTo(content);
    }

    @Test
    void anInterruptedThreadReadsAllTheSame() throws IOException {
        byte[] content = new byte[200_000];
        TaggerFiles.write(folder.resolve("tagger"), TinyProfile.tagger(TinyProfile.vocabulary()));
        Thread.currentThread().interrupt();
        try {
            assertThat(topics(content)).isEqualTo(content);
            assertThat(ProfileFiles.weights(folder.resolve("tagger")).tagCount())
                    .isEqualTo(TinyProfile.vocabulary().size());
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** A tagger's topics, read back. */
    private byte[] topics(byte[] content) throws IOException {
        Path tagger = Files.createDirectories(folder.resolve("topics"));
        for (String name : ProfileFormat.TAGGER_FILES) {
            Files.write(tagger.resolve(name), name.equals(ProfileFormat.TOPICS) ? content : new byte[0]);
        }
        return ProfileFiles.readTagger(tagger).get(ProfileFormat.TOPICS);
    }

    @Test
    void theOldFolderIsDeletedOnlyOnceTheNewOneIsInItsPlace() throws IOException {
        Path target = folder.resolve("kept");
        write(target, "old", Files::move);
        assertThatThrownBy(() -> write(target, "new", failingAt(2)))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("could not be written (IOException: no room)");
        assertThat(target.resolve(ProfileFormat.MANIFEST)).hasContent("old");
        assertThat(content()).containsExactly(target);
        assertThatThrownBy(() -> write(target, "new", failingAt(2, 3)))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("could not be put back")
                .hasMessageContaining("rename that to '" + target + "'")
                .satisfies(e -> assertThat(content()).allSatisfy(kept -> {
                    assertThat(e).hasMessageContaining("it is kept as '" + kept + "'");
                    assertThat(kept.resolve(ProfileFormat.MANIFEST)).hasContent("old");
                }));
        assertThat(content()).hasSize(1);
        Files.move(content().getFirst(), target);
        write(target, "new", Files::move);
        assertThat(target.resolve(ProfileFormat.MANIFEST)).hasContent("new");
        assertThat(content()).containsExactly(target);
    }

    private static void write(Path target, String content, ProfileFiles.Renaming renaming) throws IOException {
        ProfileFiles.write(
                "profile",
                target,
                Map.of(ProfileFormat.MANIFEST, content.getBytes(StandardCharsets.UTF_8)),
                List.of(ProfileFormat.MANIFEST),
                ProfileFormat.MANIFEST,
                renaming);
    }

    /** Fails at some renamings, counted from 1. */
    private static ProfileFiles.Renaming failingAt(Integer... failing) {
        AtomicInteger renamings = new AtomicInteger();
        return (from, to) -> {
            if (List.of(failing).contains(renamings.incrementAndGet())) {
                throw new IOException("no room");
            }
            Files.move(from, to);
        };
    }

    private List<Path> content() throws IOException {
        try (Stream<Path> all = Files.list(folder.toRealPath())) {
            return all.toList();
        }
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> ProfileFiles.weights(folder))
                .isInstanceOf(ProfileException.class)
                .hasMessageStartingWith("tagger " + folder + ": " + ProfileFormat.TAGGER)
                .hasMessageContaining("no such folder");
    }

    @Test
    void errorsSayOnceWhetherItIsAProfileOrATagger() {
        assertThatThrownBy(() -> Profile.read(folder))
                .isInstanceOf(ProfileException.class)
                .hasMessageStartingWith("profile " + folder + ": " + ProfileFormat.MANIFEST + " is missing");
        assertThatThrownBy(() -> TaggerFiles.read(folder))
                .isInstanceOf(ProfileException.class)
                .hasMessageStartingWith("tagger " + folder + ": " + ProfileFormat.VOCABULARY + " is missing");
    }
}
