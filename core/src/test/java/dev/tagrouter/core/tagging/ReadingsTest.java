package dev.tagrouter.core.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.core.testing.TinyProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The readings of the embedded tagger: what counts as likely, how likely tags foretell others, and what several turns say. */
class ReadingsTest {
    private static final Calibration IDENTITY = new Calibration(new float[] {-10, 10}, new float[] {-10, 10});

    @Test
    void aLikelyTagForetellsAnother() throws IOException {
        Vocabulary vocabulary = TinyProfile.vocabulary();
        TaggerWeights plain = TinyProfile.tagger(vocabulary).weights();
        int greeting = 0;
        int sql = 2;
        // Row sql: 127 units of 0.1 for greeting.
        SparseWeights ofTags = new SparseWeights(
                new float[] {0, 0, 0.1f}, new int[] {0, 0, 0, 1}, new short[] {(short) greeting}, new byte[] {127});
        TaggerWeights foretelling = new TaggerWeights(
                plain.table(), plain.offset(), plain.first(), new Reading(ofTags, IDENTITY, 82), plain.stated());
        EmbeddedTagger tagger = new EmbeddedTagger(vocabulary, TaggerWeights.fromBytes(foretelling.toBytes()));
        assertThat(TinyProfile.tagger(vocabulary).tag(Query.of("sql")).all())
                .extracting(Tag::name)
                .containsExactly("sql");
        assertThat(tagger.tag(Query.of("sql")).all()).extracting(Tag::name).contains("sql", "greeting");
        assertThat(tagger.tag(Query.of("a poem")).all()).extracting(Tag::name).doesNotContain("greeting");
        assertThat(sql).isEqualTo(vocabulary.indexOf("sql").orElseThrow());
    }

    /** A tagger whose every word has its tag, and for which several turns say something of their own. */
    private static EmbeddedTagger conversing() throws IOException {
        Vocabulary vocabulary = TinyProfile.vocabulary();
        TaggerWeights tiny = TinyProfile.tagger(vocabulary).weights();
        int greeting = 0;
        // Offsets of -2; a word's tag has 4 times the word's value more. Several turns say 1 for greeting, and halve
        // all scores.
        SparseWeights ofWords = new SparseWeights(
                new float[] {0.04f, 0.04f, 0.04f}, new int[] {0, 1, 2, 3}, new short[] {0, 1, 2}, new byte[] {
                    100, 100, 100
                });
        SparseWeights row = new SparseWeights(
                new float[] {0.01f}, new int[] {0, 1}, new short[] {(short) greeting}, new byte[] {100});
        Calibration half = new Calibration(new float[] {-10, 10}, new float[] {-5, 5});
        TaggerWeights telling = new TaggerWeights(
                tiny.table(),
                new float[] {-2, -2, -2},
                new Reading(ofWords, IDENTITY, 1),
                new Reading(SparseWeights.none(3), IDENTITY, 1),
                new Reading(row, half, 1),
                tiny.stated(),
                Wording.none());
        return new EmbeddedTagger(vocabulary, TaggerWeights.fromBytes(telling.toBytes()));
    }

    @Test
    void severalTurnsCountAsAllTogetherAndAsTheOneThatSaysMost() throws IOException {
        int greeting = 0;
        int sql = 2;
        EmbeddedTagger tagger = conversing();
        assertThat(score(tagger, greeting, "sql")).isEqualTo(-2, within(0.01));
        assertThat(score(tagger, greeting, "sql", "sql")).isEqualTo((-2 + 1) / 2.0, within(0.01));
        EmbeddedTagger asOneText =
                new EmbeddedTagger(tagger.vocabulary(), tagger.weights().withoutConversations());
        assertThat(score(asOneText, greeting, "sql", "sql")).isEqualTo(-2, within(0.01));
        assertThat(asOneText.tag(Query.of("sql")).all())
                .isEqualTo(tagger.tag(Query.of("sql")).all());
        double alone = score(tagger, sql, "sql");
        // By the turn that says most, whether it is the older or the newer; read as one text they differ.
        assertThat(2 * score(tagger, sql, "sql", "poem"))
                .isEqualTo(0.7 * score(asOneText, sql, "sql", "poem") + 0.3 * alone, within(0.03));
        assertThat(2 * score(tagger, sql, "poem", "sql"))
                .isEqualTo(0.7 * score(asOneText, sql, "poem", "sql") + 0.3 * alone, within(0.03));
        assertThat(score(asOneText, sql, "sql", "poem")).isLessThan(alone - 0.5);
        // What has no text is no turn.
        assertThat(score(tagger, sql, "sql", "\u00a0")).isEqualTo(score(asOneText, sql, "sql", "\u00a0"), within(1e-9));
    }

    @Test
    void aTagBeyondTheVocabularyIsRefusedInEachReading() {
        TaggerWeights tiny = TinyProfile.tagger(TinyProfile.vocabulary()).weights();
        Reading none = new Reading(SparseWeights.none(3), IDENTITY, 1);
        Reading noRow = new Reading(SparseWeights.none(1), IDENTITY, 1);
        Reading three = new Reading(beyond(3), IDENTITY, 1);
        Reading row = new Reading(beyond(1), IDENTITY, 1);
        for (List<Reading> readings :
                List.of(List.of(three, none, noRow), List.of(none, three, noRow), List.of(none, none, row))) {
            assertThatThrownBy(() -> new TaggerWeights(
                            tiny.table(),
                            tiny.offset(),
                            readings.get(0),
                            readings.get(1),
                            readings.get(2),
                            tiny.stated(),
                            Wording.none()))
                    .hasMessageContaining("names a tag beyond the vocabulary");
        }
        assertThatThrownBy(() -> new SparseWeights(new float[2], new int[] {0, 2, 1}, new short[1], new byte[1]))
                .hasMessageContaining("not in order");
    }

    /** Rows of which the last names tag 3. */
    private static SparseWeights beyond(int rows) {
        int[] start = new int[rows + 1];
        start[rows] = 1;
        return new SparseWeights(new float[rows], start, new short[] {3}, new byte[1]);
    }

    @Test
    void aSystemPromptOfVagueTurnsCountsAsATurnOfItsOwn() throws IOException {
        EmbeddedTagger tagger = conversing();
        EmbeddedTagger asOneText =
                new EmbeddedTagger(tagger.vocabulary(), tagger.weights().withoutConversations());
        int sql = 2;
        Query vague = new Query("sql", List.of("nothing said", "nothing more"), 1);
        assertThat(2 * score(tagger, vague, sql))
                .isEqualTo(0.7 * score(asOneText, vague, sql) + 0.3 * score(tagger, sql, "sql"), within(0.03));
        assertThat(tagger.tag(new Query("poem", List.of("sql", "sql"), 1)).all())
                .isEqualTo(tagger.tag(new Query("", List.of("sql", "sql"), 1)).all());
    }

    @Test
    void manyThreadsGetTheSameTagsOfConversationsAndOthers() throws IOException {
        EmbeddedTagger tagger = conversing();
        List<Query> queries = List.of(Query.of("sql"), new Query(List.of("sql", "poem"), 1), Query.of("a poem"));
        List<List<Tag>> expected =
                queries.stream().map(query -> tagger.tag(query).all()).toList();
        assertThat(IntStream.range(0, 6000)
                        .parallel()
                        .allMatch(i -> tagger.tag(queries.get(i % 3)).all().equals(expected.get(i % 3))))
                .isTrue();
    }

    /** The raw score behind a tag's confidence. */
    private static double score(EmbeddedTagger tagger, int tag, String... turns) {
        return score(tagger, new Query(List.of(turns), 1), tag);
    }

    private static double score(EmbeddedTagger tagger, Query query, int tag) {
        String name = tagger.vocabulary().name(tag);
        double confidence = tagger.tag(query).all().stream()
                .filter(told -> told.name().equals(name))
                .findFirst()
                .orElseThrow()
                .confidence();
        return Math.log(confidence / (1 - confidence));
    }

    @Test
    void theScoreOfAConversationIsReckonedTagByTag() {
        float[] together = {1, -2};
        float[] highest = {0, -3};
        SeveralTurns.keepHigher(highest, new float[] {-1, 3});
        assertThat(highest).containsExactly(0, 3);
        SeveralTurns.blend(together, highest);
        assertThat(together).containsExactly(new float[] {0.7f, -0.5f}, within(1e-6f));
    }

    @Test
    void whereTooManyAreLikelyTheBarIsRaisedAndTheFirstAreTakenAtLast() {
        LikelyTags likely = new LikelyTags(new Reading(SparseWeights.none(0), IDENTITY, 41));
        float[] scores = new float[200];
        Arrays.fill(scores, -4);
        for (int t = 150; t < 190; t++) {
            scores[t] = 2;
        }
        likely.collect(scores);
        assertThat(likely.size()).isEqualTo(40);
        assertThat(likely.tag(0)).isEqualTo(150);
        assertThat(likely.units(0, scores)).isEqualTo((int) Math.round(4096 / (1 + Math.exp(-2))));
        Arrays.fill(scores, 9);
        likely.collect(scores);
        assertThat(likely.size()).isEqualTo(EmbeddedTagger.MAX_TAGS);
        assertThat(likely.tag(63)).isEqualTo(63);
    }

    @Test
    void theScoreOfAConfidenceIsTheSmallestThatHasIt() {
        Calibration flatThenSteep = new Calibration(new float[] {-1, -0.5f, 0, 2}, new float[] {-3, -3, 0.25f, 4});
        Calibration wide = new Calibration(new float[] {-1e30f, 1e30f}, new float[] {-2, 2});
        for (Calibration calibration : List.of(IDENTITY, flatThenSteep, wide)) {
            for (double confidence : new double[] {0.06, 0.3, 0.5, 0.62, 0.99}) {
                float score = calibration.score(confidence);
                assertThat(calibration.confidence(score)).isGreaterThanOrEqualTo(confidence);
                assertThat(calibration.confidence(Math.nextDown(score))).isLessThan(confidence);
            }
        }
        Calibration flat = new Calibration(new float[] {0, 1}, new float[] {-1, -1});
        assertThat(flat.score(0.5)).isEqualTo(Float.POSITIVE_INFINITY);
    }

    @Test
    void fullRowsAddUpToTheSameBits() {
        Random random = new Random(3);
        int tags = 37;
        float[] scale = new float[tags];
        int[] start = new int[tags + 1];
        short[] tag = new short[tags * 4];
        byte[] weight = new byte[tag.length];
        for (int row = 0; row < tags; row++) {
            scale[row] = random.nextFloat();
            start[row + 1] = start[row] + 4;
            for (int w = start[row]; w < start[row + 1]; w++) {
                tag[w] = (short) ((w - start[row]) * 9 + random.nextInt(9));
                weight[w] = (byte) random.nextInt();
            }
        }
        SparseWeights sparse = new SparseWeights(scale, start, tag, weight);
        TagWeights full = new TagWeights(sparse);
        float[] expected = new float[tags];
        float[] sums = new float[tags];
        for (int row = 0; row < tags; row++) {
            float value = random.nextFloat();
            sparse.addTo(expected, row, value);
            full.addTo(sums, row, value);
        }
        assertThat(sums).isEqualTo(expected);
    }

    @Test
    void aRowThatNamesATagTwiceIsNotSpreadOut() {
        SparseWeights twice =
                new SparseWeights(new float[] {1}, new int[] {0, 2}, new short[] {0, 0}, new byte[] {1, 2});
        assertThatThrownBy(() -> new TagWeights(twice)).hasMessageContaining("not in ascending order");
    }

    @Test
    void aConversationOfThanksCostsNoMoreThanItsNewestTurns() {
        List<String> turns = new ArrayList<>(Collections.nCopies(400_000, "k ".repeat(31) + "k"));
        turns.set(turns.size() - 150, "sql");
        long start = System.nanoTime();
        Query query = new Query(turns, 1);
        assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
        assertThat(query.turns()).contains("sql");
    }

    @Test
    void damagedWeightsAreRefused() {
        float[] one = {1};
        assertThatThrownBy(() -> new SparseWeights(one, new int[] {0, 2}, new short[1], new byte[1]))
                .hasMessageContaining("its index is broken");
        assertThatThrownBy(() -> new SparseWeights(one, new int[] {0}, new short[0], new byte[0]))
                .hasMessageContaining("differ in length");
        assertThatThrownBy(() -> new Reading(SparseWeights.none(1), IDENTITY, 0))
                .hasMessageContaining("cut-off");
    }
}
