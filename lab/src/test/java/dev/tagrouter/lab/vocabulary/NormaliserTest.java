package dev.tagrouter.lab.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.core.testing.WordEmbedder;
import dev.tagrouter.lab.tagger.SeedQueries;
import dev.tagrouter.lab.tagger.TaggedQueries;
import dev.tagrouter.lab.tagger.TaggedQuery;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Free tags become a vocabulary step by step, and what it lacks is proposed. */
class NormaliserTest {
    private static final Path TEACHER = Path.of("../../shared/data/tags/teacher_tags.jsonl");

    private final List<TaggedQuery> queries = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    private void write(int times, String... tags) {
        for (int i = 0; i < times; i++) {
            queries.add(new TaggedQuery("q:" + queries.size(), "en", false, "text", List.of(tags)));
        }
    }

    private Normalised normalised(int least, boolean byMeaning) throws IOException {
        return new Normaliser(least, 0.9, 0.9, byMeaning ? new WordEmbedder() : null, folder)
                .normalise(queries, Progress.silent());
    }

    @Test
    void queriesKeptForTheTestAreNotLookedAt() throws IOException {
        List<TaggedQuery> queries = new ArrayList<>(SeedQueries.all());
        Normaliser normaliser = Normaliser.standard(null, Path.of("unused"));
        Vocabulary without = normaliser.vocabulary(queries, Progress.silent());
        for (int i = 0; i < 9; i++) {
            queries.add(new TaggedQuery("x:" + i, "en", true, "kept " + i, List.of("secret tag", "poetries")));
        }
        assertThat(normaliser.vocabulary(queries, Progress.silent()).entries()).isEqualTo(without.entries());
    }

    @Test
    void spellingsAreOneTagByItsMostFrequentOne() throws IOException {
        write(3, "theater");
        write(2, "Theatre", "theater");
        write(1, "theatres", "a, b", "!");
        Normalised made = normalised(5, false);
        assertThat(made.vocabulary().entries())
                .containsExactly(new Vocabulary.Entry("theater", 6, List.of("Theatre", "theatres")));
        assertThat(made.merges())
                .extracting(Merge::alias, Merge::frequency, Merge::step)
                .containsExactly(tuple("Theatre", 2L, Merge.Step.RULE), tuple("theatres", 1L, Merge.Step.RULE));
        assertThat(made.counts().unusable()).isEqualTo(2);
    }

    @Test
    void nearTagsMergeAndRareOnesAreAttachedButOppositesNever() throws IOException {
        write(9, "apple pie");
        write(6, "any plan");
        write(2, "ample proof");
        write(6, "walk to zoo");
        write(5, "zoo to walk");
        write(1, "banana");
        Normalised made = normalised(5, true);
        assertThat(made.vocabulary().entries())
                .containsExactly(
                        new Vocabulary.Entry("apple pie", 17, List.of("ample proof", "any plan")),
                        new Vocabulary.Entry("walk to zoo", 6, List.of()),
                        new Vocabulary.Entry("zoo to walk", 5, List.of()));
        assertThat(made.merges()).extracting(Merge::step).containsExactly(Merge.Step.CLUSTER, Merge.Step.RARE);
        Path file = MergesFile.write(folder, made.merges());
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "alias\tfrequency\tcanonical\tstep\tcosine",
                        "any plan\t6\tapple pie\tcluster\t1.0000",
                        "ample proof\t2\tapple pie\trare\t1.0000");
    }

    @Test
    void testQueriesAreNotLookedAtAndTooFewIsSaid() {
        queries.add(new TaggedQuery("t:1", "en", true, "text", List.of("sql")));
        assertThatThrownBy(() -> normalised(1, false)).hasMessageContaining("no tag is carried by 1");
        assertThatThrownBy(() -> new Normaliser(0, 0.9, 0.9, null, folder)).hasMessageContaining("leastFrequency is 0");
        assertThatThrownBy(() -> new Normaliser(5, 1.5, 0.9, null, folder)).hasMessageContaining("cutOff is 1.5");
    }

    @Test
    void whatIsUnknownIsProposedAndGrows() throws IOException {
        Vocabulary known = new Vocabulary(List.of(
                new Vocabulary.Entry("apple pie", 9, List.of()), new Vocabulary.Entry("theater", 9, List.of())));
        write(1, "theatres", "any plan", "apple pie");
        write(3, "banana", "theatre");
        write(1, "cherry");
        Growth growth = new Growth(known, new WordEmbedder(), folder, 3);
        List<Growth.Proposal> proposals = growth.proposals(queries);
        assertThat(proposals)
                .extracting(p -> p.tag() + ": " + p.kind() + " " + p.nearest())
                .startsWith("theatre: ALIAS theater")
                .contains("any plan: ALIAS apple pie")
                .anyMatch(p -> p.startsWith("banana: NEW_TAG"))
                .anyMatch(p -> p.startsWith("cherry: TOO_RARE"));
        assertThat(growth.grown(proposals).entries())
                .containsExactly(
                        new Vocabulary.Entry("apple pie", 9, List.of("any plan")),
                        new Vocabulary.Entry("banana", 3, List.of()),
                        new Vocabulary.Entry("theater", 9, List.of("theatre", "theatres")));
    }

    @Test
    void theTeachersTagsAreNormalisedTheSameWhateverTheirOrder() throws IOException {
        assumeTrue(Files.isRegularFile(TEACHER), "the teacher's tags are not here: " + TEACHER);
        queries.addAll(TaggedQueries.read(TEACHER, Set.of()));
        Normalised made = normalised(5, false);
        assertThat(made.counts().afterRules()).isLessThan(made.counts().raw());
        assertThat(made.vocabulary().size()).isBetween(1_000, 1_100);
        assertThat(made.counts().covered()).isGreaterThan(made.counts().occurrences() * 85 / 100);
        assertThat(made.vocabulary().indexOf("theatre"))
                .isEqualTo(made.vocabulary().indexOf("theater"));
        List<Vocabulary.Entry> before = made.vocabulary().entries();
        Collections.reverse(queries);
        assertThat(normalised(5, false).vocabulary().entries()).isEqualTo(before);
    }
}
