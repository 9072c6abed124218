package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vocabulary normalise}, {@code grow} and {@code check}, without an embedder as the tests have none. */
class VocabularyCommandsTest {
    @TempDir
    private Path folder = Path.of("");

    private static Cli.Result run(Object... arguments) {
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        return Cli.plain(new byte[0], false, words);
    }

    private Path tags(int theatres) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            lines.add("{\"id\":\"a:%d\",\"text\":\"t\",\"tags\":[\"%s\",\"rare %d\"]}"
                    .formatted(i, i < theatres ? "Theatre" : "theater", i));
        }
        return Files.write(folder.resolve("tags.jsonl"), lines);
    }

    @Test
    void aVocabularyIsMadeReadAndCheckedAgain() throws IOException {
        Path tags = tags(2);
        Cli.Result made =
                run("vocabulary", "normalise", "--no-seed-queries", "--tags", tags, "--out", folder.resolve("v"));
        assertThat(made.exit()).isZero();
        assertThat(made.err()).contains("no sentence embedder");
        assertThat(made.out()).containsPattern("spelling rules +7").contains("knows 6 of the 12 tags written (50 %)");
        assertThat(Files.readString(folder.resolve("v").resolve("vocabulary.tsv")))
                .isEqualTo("tag\tfrequency\taliases\ntheater\t6\tTheatre\n");
        assertThat(Files.readString(folder.resolve("v").resolve("merges.tsv")))
                .isEqualTo("alias\tfrequency\tcanonical\tstep\tcosine\nTheatre\t2\ttheater\trule\t\n");
        Cli.Result checked = run("vocabulary", "check", "--tags", tags, "--vocabulary", folder.resolve("v"));
        assertThat(checked.out()).containsPattern("training +12 +0\\.333 +0\\.500 +-");
        Files.writeString(tags, Files.readString(tags) + "{broken\n");
        Cli.Result skipped = run(
                "vocabulary", "check", "--broken-lines", "skip", "--tags", tags, "--vocabulary", folder.resolve("v"));
        assertThat(skipped.exit()).isZero();
        assertThat(skipped.err()).contains("line 7");
        assertThat(skipped.out()).isEqualTo(checked.out());
        Cli.Result withSeeds =
                run("vocabulary", "normalise", "--tags", tags, "--broken-lines", "skip", "--out", folder);
        assertThat(withSeeds.out()).doesNotContain("of the 12 tags written");
    }

    @Test
    void whatIsUnknownIsProposed() throws IOException {
        Path tags = tags(0);
        Path known = Files.writeString(folder.resolve("known.tsv"), "tag\tfrequency\taliases\nrare 0\t5\t\n");
        Cli.Result grown = run(
                "vocabulary",
                "grow",
                "--tags",
                tags,
                "--vocabulary",
                known,
                "--no-embeddings",
                "--out",
                folder.resolve("v2"));
        assertThat(grown.exit()).isZero();
        assertThat(grown.out())
                .containsPattern("theater +6 +new tag")
                .contains("6 tags are not among the 1 of the vocabulary: 0 aliases, 1 new tags, 5 too rare");
        assertThat(Files.readString(folder.resolve("v2").resolve("vocabulary.tsv")))
                .contains("theater\t6\t");
    }

    @Test
    void aVocabularyIsGivenOrMadeNotBoth() throws IOException {
        Cli.Result both = run(
                "train-tagger",
                "--tags",
                tags(0),
                "--vocabulary",
                folder.resolve("v.tsv"),
                "--no-embeddings",
                "--out",
                folder.resolve("t"));
        assertThat(both.exit()).isEqualTo(2);
        assertThat(both.err().strip().lines()).hasSize(1);
        assertThat(both.err()).contains("--vocabulary").contains("--no-embeddings");
    }

    @Test
    void badInputIsNamed() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.jsonl"), "");
        assertThat(run("vocabulary", "normalise", "--no-embeddings", "--tags", empty, "--out", folder.resolve("v"))
                        .err())
                .contains("holds no tagged query");
        Path broken = Files.writeString(folder.resolve("broken.tsv"), "tag\tfrequency\taliases\na\t1\tx\nb\t1\tx\n");
        assertThat(run("vocabulary", "grow", "--no-embeddings", "--tags", tags(1), "--vocabulary", broken)
                        .err())
                .contains("broken.tsv", "alias 'x' of tag 'b' already names another tag");
        assertThat(run("vocabulary", "grow", "--tags", empty, "--vocabulary", broken, "--profile", "default")
                        .exit())
                .isEqualTo(2);
        assertThat(run("route", "--tags", "sql", "--alignment", "similar", "x").err())
                .contains("--alignment similar needs a sentence embedder");
        assertThat(run("vocabulary", "normalise", "--tags", empty, "--cut-off", "2", "--out", "v")
                        .exit())
                .isEqualTo(2);
    }
}
