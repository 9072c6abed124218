package dev.tagrouter.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Tag;
import dev.tagrouter.core.tagging.Tagger;
import dev.tagrouter.core.tagging.Tags;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every tagger promises; each implementation's test inherits it. */
public abstract class TaggerContract {
    /** A tagger over {@link TinyProfile#vocabulary()} that tags "write sql" with "sql" first. */
    protected abstract Tagger tagger();

    @ParameterizedTest
    @EnumSource
    protected void anyTextIsAnsweredByTagsOfTheVocabulary(AnyText text) {
        requireSound(tagger().tag(Query.of(text.text())));
    }

    @Test
    void conversationsAreAnswered() {
        requireSound(tagger().tag(new Query(List.of(), 0)));
        requireSound(tagger().tag(new Query(List.of("", ""), 0)));
        requireSound(tagger().tag(new Query(List.of("a", "b", "c", "d", "e", "write sql"), 100)));
    }

    @Test
    void whatFollowsWithoutContentInheritsTheTags() {
        String expected = tagger().tag(Query.of("write sql")).all().toString();
        for (String followUp : List.of("continue", "Thanks!", "", "好的，谢谢", "继续")) {
            Query talk = new Query(List.of("write sql", "ok", followUp), 100);
            assertThat(tagger().tag(talk).all()).hasToString(expected);
        }
    }

    @Test
    void aSystemPromptLeavesWhatIsAskedFirst() {
        for (String system : List.of("Tell a poem.", " ", "x".repeat(100_000))) {
            Tags tags = tagger().tag(new Query(system, List.of("write sql"), 100));
            requireSound(tags);
            assertThat(tags.stated().getFirst().name()).isEqualTo("sql");
            requireSound(tagger().tag(new Query(system, List.of(), 100)));
        }
    }

    @Test
    void theObviousTagIsFoundAndStated() {
        assertThat(tagger().tag(Query.of("write sql")).stated().getFirst().name())
                .isEqualTo("sql");
    }

    @Test
    void theSameQueryGetsTheSameTagsFromManyThreads() {
        String expected = tagger().tag(Query.of("write sql")).all().toString();
        assertThat(IntStream.range(0, 200)
                        .parallel()
                        .mapToObj(i -> tagger().tag(Query.of("write sql")).all().toString())
                        .distinct())
                .containsExactly(expected);
    }

    private void requireSound(Tags tags) {
        assertThat(tags.vocabulary()).isSameAs(tagger().vocabulary());
        assertThat(tags.size()).isLessThanOrEqualTo(EmbeddedTagger.MAX_TAGS);
        assertThat(tags.statedCount()).isBetween(0, tags.size());
        List<Tag> all = tags.all();
        Set<String> names = new HashSet<>();
        for (Tag tag : all) {
            assertThat(tag.confidence()).isBetween(0.0, 1.0);
            assertThat(tags.vocabulary().indexOf(tag.name())).isPresent();
            assertThat(names.add(tag.name())).as("%s stands once", tag.name()).isTrue();
        }
        assertThat(all)
                .isSortedAccordingTo(Comparator.comparingDouble((Tag tag) -> -tag.confidence())
                        .thenComparing(Tag::name));
    }
}
