package dev.tagrouter.core.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tagrouter.core.testing.TinyProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmbeddedTaggerTest {
    private final Vocabulary vocabulary = TinyProfile.vocabulary();
    private final EmbeddedTagger tagger = TinyProfile.tagger(vocabulary);

    @Test
    void tagsComeSurestFirstThenByName() {
        Tags tags = tagger.tag(Query.of("a poem about sql and sql"));
        assertThat(tags.stated()).extracting(Tag::name).containsExactly("sql", "poetry");
        assertThat(tagger.tag(Query.of("SQL, ＰＯＥＭ")).stated())
                .extracting(Tag::name)
                .containsExactly("poetry", "sql");
    }

    @Test
    void theNewestTurnWeighsMost() {
        Tags tags = tagger.tag(new Query(List.of("a poem", "now sql"), 100));
        assertThat(tags.name(0)).isEqualTo("sql");
        assertThat(tags.all()).extracting(Tag::name).contains("poetry");
        List<String> longTalk = new ArrayList<>(List.of("poem"));
        longTalk.addAll(List.of("x", "y", "z", "sql"));
        assertThat(tagger.tag(new Query(longTalk, 100)).all())
                .extracting(Tag::name)
                .containsExactly("sql");
    }

    @Test
    void aShortFollowUpKeepsTheSubject() {
        for (String followUp : List.of("now in French", "shorter please", "why?", "为什么？")) {
            assertThat(names(tagger.tag(new Query(List.of("a poem", followUp), 100))))
                    .containsExactly("poetry");
        }
        assertThat(names(tagger.tag(new Query(List.of("a poem", "写 sql"), 100))))
                .containsExactly("sql", "poetry");
    }

    @Test
    void aSystemPromptIsHeardWhereTheTurnsSayNothing() {
        String system = "You are an assistant for sql.";
        assertThat(names(tagger.tag(new Query(system, List.of("here is my question: id 5531"), 100))))
                .containsExactly("sql");
        assertThat(names(tagger.tag(new Query(system, List.of(""), 100)))).containsExactly("sql");
        assertThat(names(tagger.tag(new Query(system, List.of(), 100)))).containsExactly("sql");
        assertThat(tagger.tag(new Query("Be kind.", List.of("id 5531"), 100)).isEmpty())
                .isTrue();
    }

    @Test
    void aSystemPromptChangesNoBitWhereTheTurnsSaySomething() {
        for (String system : List.of("sql sql sql", "x".repeat(1_000_000), "\ud800")) {
            Tags with = tagger.tag(new Query(system, List.of("hello", "a poem"), 100));
            assertThat(with.all())
                    .isEqualTo(tagger.tag(new Query(List.of("hello", "a poem"), 100))
                            .all());
        }
    }

    @Test
    void oldTurnsDoNotMakeATurnThatIsRepeatedLessSure() {
        Tag once = tagger.tag(Query.of("sql xx yy zz")).all().getFirst();
        Tag again = tagger.tag(new Query(List.of("sql xx yy zz", "sql xx yy zz"), 100))
                .all()
                .getFirst();
        assertThat(again.name()).isEqualTo(once.name());
        assertThat(again.confidence()).isBetween(once.confidence(), 1.0);
    }

    @Test
    void blankTurnsHaveNoFeatures() {
        new TextFeatures().extract(new Query(List.of("", " ", "\u00a0"), 100), (features, count, weight) -> {
            throw new AssertionError(count + " features");
        });
    }

    @Test
    void aMegabyteInATurnDoesNotHideTheOthers() {
        assertThat(names(tagger.tag(new Query(List.of("x".repeat(1 << 20), "a poem"), 100))))
                .containsExactly("poetry");
    }

    private static List<String> names(Tags tags) {
        return tags.stated().stream().map(Tag::name).toList();
    }

    @Test
    void theLessOfATextIsKnownTheWeakerItsTags() {
        StringBuilder text = new StringBuilder("sql");
        for (char c = 'a'; c <= 'p'; c++) {
            text.append(' ').append(c).append(c);
        }
        Tag alone = tagger.tag(Query.of("sql")).all().getFirst();
        Tag among = tagger.tag(Query.of(text.toString())).all().getFirst();
        assertThat(among.name()).isEqualTo("sql");
        assertThat(among.confidence()).isLessThan(alone.confidence());
    }

    @Test
    void anyTextIsTaggedInBoundedTime() {
        char[] newlines = new char[10_000_000];
        Arrays.fill(newlines, '\n');
        for (String text : List.of(
                "",
                " \t\n",
                "\ud800\udfff\ud800",
                "\0\0\0",
                "🙂".repeat(5000),
                new String(newlines),
                "sql ".repeat(1_000_000))) {
            assertThat(tagger.tag(Query.of(text)).size()).isLessThanOrEqualTo(EmbeddedTagger.MAX_TAGS);
        }
        assertThat(tagger.tag(Query.of("sql ".repeat(1_000_000))).stated())
                .extracting(Tag::name)
                .containsExactly("sql");
    }

    @Test
    void manyThreadsGetTheSameTags() {
        String expected = tagger.tag(Query.of("hello sql")).all().toString();
        assertThat(IntStream.range(0, 2000)
                        .parallel()
                        .mapToObj(i -> tagger.tag(Query.of("hello sql")).all().toString())
                        .distinct())
                .containsExactly(expected);
    }

    @Test
    void weightsComeBackFromTheirBytesAndDamageIsNamed() throws IOException {
        byte[] bytes = tagger.weights().toBytes();
        assertThat(TaggerWeights.fromBytes(bytes).toBytes()).isEqualTo(bytes);
        assertThatThrownBy(() -> TaggerWeights.fromBytes(Arrays.copyOf(bytes, bytes.length - 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not fit its header");
        assertThatThrownBy(() -> TaggerWeights.fromBytes(new byte[100]))
                .hasMessageContaining("not a tagger's weights file");
        bytes[4] = 9;
        assertThatThrownBy(() -> TaggerWeights.fromBytes(bytes)).hasMessageContaining("format version is 9");
    }

    @Test
    void refusesAVocabularyOfAnotherTraining() {
        Vocabulary other = new Vocabulary(List.of(new Vocabulary.Entry("sql", 1, List.of())));
        assertThatThrownBy(() -> new EmbeddedTagger(other, tagger.weights())).hasMessageContaining("one training run");
    }

    @Test
    void vocabulariesKnowAliasesAndRefuseDoubts() {
        assertThat(vocabulary.indexOf("sequel")).hasValue(2);
        assertThat(vocabulary.indexOf("quantum")).isEmpty();
        assertThat(vocabulary.canonical("sequel")).isEqualTo("sql");
        assertThat(vocabulary.canonical("quantum")).isEqualTo("quantum");
        assertThatThrownBy(() -> new Vocabulary(
                        List.of(new Vocabulary.Entry("a", 1, List.of("b")), new Vocabulary.Entry("b", 1, List.of()))))
                .hasMessageContaining("alias 'b'");
        assertThatThrownBy(() -> new Vocabulary(
                        List.of(new Vocabulary.Entry("b", 1, List.of()), new Vocabulary.Entry("a", 1, List.of()))))
                .hasMessageContaining("sort the vocabulary");
        assertThatThrownBy(() -> new Vocabulary.Entry("two\ttags", 1, List.of()))
                .hasMessageContaining("tab");
    }
}
