package dev.tagrouter.core.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.core.testing.WordEmbedder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Free tags become tags by name, alias, spelling and, where asked for, by meaning; the rest stays unknown. */
class AlignerTest {
    private final Vocabulary vocabulary = new Vocabulary(List.of(
            new Vocabulary.Entry("apple pie", 9, List.of("cobbler")),
            new Vocabulary.Entry("quiet music", 9, List.of()),
            new Vocabulary.Entry("theater", 20, List.of()),
            new Vocabulary.Entry("theatre", 5, List.of()),
            new Vocabulary.Entry("walk to zoo", 5, List.of())));

    @TempDir
    private Path cache = Path.of("");

    @Test
    void exactGuessesNothing() {
        AlignedTags aligned = Aligner.exact(vocabulary)
                .align(List.of("Apple-Pies", "cobblers", "theatre", "a party", "a party", "!"));
        assertThat(aligned.tags().all()).containsExactly(new Tag("apple pie", 1), new Tag("theatre", 1));
        assertThat(aligned.unknown()).containsExactly("a party", "!");
    }

    @Test
    void aKeyOfTwoTagsNamesTheMoreFrequent() {
        assertThat(Aligner.exact(vocabulary).indexOf("Theatres")).hasValue(2);
    }

    @Test
    void similarTakesTheNearestAboveTheCutOff() throws IOException {
        Aligner aligner = Aligner.similar(vocabulary, new WordEmbedder(), cache);
        AlignedTags aligned = aligner.align(List.of("any plan", "banana", "quiet music"));
        assertThat(aligned.tags().all()).extracting(Tag::name).containsExactly("apple pie", "quiet music");
        assertThat(aligned.tags().confidence(0)).isEqualTo(1, within(0.001));
        assertThat(aligned.unknown()).containsExactly("banana");
    }

    @Test
    void severalTagsAreTakenWhereAsked() throws IOException {
        Aligner aligner = Aligner.similar(vocabulary, new WordEmbedder(), cache, new Aligner.Similarity(0.9, 2));
        assertThat(aligner.align(List.of("tea")).tags().size()).isEqualTo(2);
    }

    @Test
    void oppositesAreNotNear() throws IOException {
        AlignedTags aligned =
                Aligner.similar(vocabulary, new WordEmbedder(), cache).align(List.of("zoo to walk"));
        assertThat(aligned.unknown()).containsExactly("zoo to walk");
    }

    @Test
    void aPhraseIsEmbeddedOnceAndAPageNever() throws IOException {
        WordEmbedder embedder = new WordEmbedder();
        Aligner aligner = Aligner.similar(vocabulary, embedder, cache);
        int before = embedder.calls();
        aligner.align(List.of("banana"));
        aligner.align(List.of("banana", "b ".repeat(500)));
        assertThat(embedder.calls()).isEqualTo(before + 1);
    }

    @Test
    void badSettingsAreRefused() {
        assertThatThrownBy(() -> new Aligner.Similarity(0, 1)).hasMessageContaining("cutOff is 0.0");
        assertThatThrownBy(() -> new Aligner.Similarity(0.5, 0)).hasMessageContaining("most is 0");
    }
}
