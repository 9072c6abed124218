package dev.tagrouter.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tagrouter.core.testing.TinyProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
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
