package dev.tagrouter.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tagrouter.core.testing.TinyProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vocabulary file on its own: what was written is read, and a broken one names its line. */
class VocabularyFilesTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void readsWhatItWrote() throws IOException {
        Path file = VocabularyFiles.write(folder, TinyProfile.vocabulary());
        assertThat(VocabularyFiles.read(file).entries())
                .isEqualTo(VocabularyFiles.read(folder).entries())
                .isEqualTo(TinyProfile.vocabulary().entries());
    }

    @Test
    void aBrokenOneIsNamed() throws IOException {
        assertRefused("", "line 1: the header");
        assertRefused("tag\tfrequency\taliases\nsql\tmany\t\n", "line 2, column frequency: 'many'");
        assertRefused("tag\tfrequency\taliases\na\t1\tx\nb\t1\tx\n", "alias 'x' of tag 'b' already names another tag");
        assertThatThrownBy(() -> VocabularyFiles.read(folder.resolve("none.tsv")))
                .hasMessageContaining("does not exist");
    }

    private void assertRefused(String content, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("broken.tsv"), content);
        assertThatThrownBy(() -> VocabularyFiles.read(file)).hasMessageContaining(message);
    }
}
