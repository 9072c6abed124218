package dev.tagrouter.lab.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Tag;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains on the project's own seed queries; the shared teacher tags are used where they are at hand. */
class TaggerTrainerTest {
    private static final TaggerTrainer QUICK = new TaggerTrainer(5, 8_000, 500, 60, 0.5f, 1, 6, 1);

    @Test
    void learnsToTagEnglishChineseAndCode() throws IOException {
        EmbeddedTagger tagger = QUICK.train(SeedQueries.all(), Progress.silent());
        assertThat(stated(tagger, "Write a SQL query that ranks customers by revenue"))
                .contains("sql");
        assertThat(stated(tagger, "请写一首关于冬天的诗")).contains("poetry", "chinese language");
        assertThat(stated(tagger, "用Python写一个程序")).contains("python", "chinese language");
        assertThat(stated(tagger, "Write a poem about winter"))
                .contains("poetry")
                .doesNotContain("chinese language");
    }

    @Test
    void theSameSeedGivesTheSameWeights() throws IOException {
        List<TaggedQuery> queries = SeedQueries.all().subList(0, 400);
        assertThat(QUICK.train(queries, Progress.silent()).weights().toBytes())
                .isEqualTo(QUICK.train(queries, Progress.silent()).weights().toBytes());
    }

    @Test
    void enoughConversationsAreLearnedFromAndChangeNoQueryOfOneTurn() throws IOException {
        EmbeddedTagger few = QUICK.train(withConversations(99), Progress.silent());
        EmbeddedTagger enough = QUICK.train(withConversations(120), Progress.silent());
        EmbeddedTagger asOneText =
                new EmbeddedTagger(enough.vocabulary(), enough.weights().withoutConversations());
        Query conversation = new Query(List.of("Write a poem about winter", "Write a SQL query"), 1);
        assertThat(few.tag(conversation).all())
                .isEqualTo(new EmbeddedTagger(few.vocabulary(), few.weights().withoutConversations())
                        .tag(conversation)
                        .all());
        assertThat(enough.tag(conversation).all())
                .isNotEqualTo(asOneText.tag(conversation).all());
        assertThat(stated(enough, "Write a poem about winter")).contains("poetry");
        for (TaggedQuery query : SeedQueries.all().subList(0, 300)) {
            assertThat(enough.tag(query.query()).all())
                    .isEqualTo(asOneText.tag(query.query()).all());
        }
    }

    /** The seed queries, and so many pairs of them as conversations, which carry both queries' tags and one of their own. */
    private static List<TaggedQuery> withConversations(int count) throws IOException {
        List<TaggedQuery> seeds = SeedQueries.all();
        List<TaggedQuery> all = new ArrayList<>(seeds);
        for (int i = 0; i < count; i++) {
            TaggedQuery first = seeds.get(i);
            TaggedQuery second = seeds.get(seeds.size() - 1 - i);
            List<String> tags = new ArrayList<>(first.tags());
            tags.addAll(second.tags());
            tags.add("several things at once");
            String text = "User: " + first.text() + " User: " + second.text();
            all.add(new TaggedQuery(
                    "talk:" + i, "en", false, text, tags.stream().distinct().toList()));
        }
        return all;
    }

    @Test
    void testQueriesAreNeverLookedAt() throws IOException {
        List<TaggedQuery> queries = new ArrayList<>(SeedQueries.all());
        byte[] without = QUICK.train(queries, Progress.silent()).weights().toBytes();
        queries.add(new TaggedQuery("x:1", "en", true, "a query kept for the test", List.of("secret tag")));
        assertThat(QUICK.train(queries, Progress.silent()).weights().toBytes()).isEqualTo(without);
    }

    @Test
    void refusesTooLittle() {
        assertThatThrownBy(() -> QUICK.train(SeedQueries.all().subList(0, 10), Progress.silent()))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("10 tagged training queries with different texts");
    }

    @Test
    void f1IsCountedByHand() {
        assertThat(F1.of(Set.of("a", "b"), Set.of("b", "c", "d"))).isEqualTo(0.4);
        assertThat(F1.of(Set.of(), Set.of("a"))).isZero();
    }

    @Test
    void namesTheBrokenLineAndTheUnknownSource(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("tags.jsonl");
        Files.writeString(file, "{\"id\":\"a:1\",\"text\":\"x\",\"tags\":[\"t\"]}\n{broken\n");
        assertThatThrownBy(() -> TaggedQueries.read(file, Set.of()))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("line 2");
        Files.writeString(file, "{\"id\":\"a:1\",\"text\":\"x\",\"tags\":[\"t\"]}\n");
        assertThatThrownBy(() -> TaggedQueries.read(file, Set.of("b")))
                .hasMessageContaining("--exclude-sources names b");
        assertThat(TaggedQueries.read(file, Set.of("a"))).isEmpty();
    }

    @Test
    void theSharedTeacherTagsAreReadWhole() throws IOException {
        Path tags = Path.of("..", "..", "shared", "data", "tags", "teacher_tags.jsonl");
        assumeTrue(Files.exists(tags), "the shared teacher tags are not at hand: ../shared/data/tags");
        List<TaggedQuery> queries = TaggedQueries.read(tags, Set.of());
        assertThat(queries).hasSize(15_409);
        assertThat(queries.stream().filter(TaggedQuery::test)).hasSize(1_509);
    }

    private static List<String> stated(EmbeddedTagger tagger, String text) {
        return tagger.tag(Query.of(text)).stated().stream().map(Tag::name).toList();
    }
}
