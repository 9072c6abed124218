package dev.tagrouter.lab.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.core.tagging.Calibration;
import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.core.tagging.FeatureTable;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Reading;
import dev.tagrouter.core.tagging.SparseWeights;
import dev.tagrouter.core.tagging.StatedRule;
import dev.tagrouter.core.tagging.Tag;
import dev.tagrouter.core.tagging.Tagger;
import dev.tagrouter.core.tagging.TaggerWeights;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.core.tagging.Wording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The pieces of a training, each on data small enough to reckon by hand. */
class DistillationPartsTest {
    @Test
    void partsAreEvenAndKeepEqualTextsTogether() {
        List<TaggedQuery> queries = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            queries.add(query("a:" + i, "text " + i / 2, "t"));
        }
        Parts parts = Parts.of(queries);
        List<Integer> seen = new ArrayList<>();
        for (int part = 0; part < Parts.COUNT; part++) {
            int[] in = parts.in(part);
            assertThat(in).hasSize(50);
            assertThat(parts.outside(part)).hasSize(150).doesNotContain(in);
            assertThat(Arrays.stream(in).filter(i -> i % 2 == 0).map(i -> i + 1).toArray())
                    .containsExactly(Arrays.stream(in).filter(i -> i % 2 == 1).toArray());
            Arrays.stream(in).forEach(seen::add);
        }
        assertThat(seen).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void queriesWithRareTagsAreDrawnMoreOften() {
        // Tag 0 on four queries, tag 1 on one: rarities 0.5 and 1, of mean 0.6 over the five.
        int[][] labels = {{0}, {0}, {0}, {0}, {1}};
        assertThat(Shares.of(labels, 2, 0)).containsOnly(1f);
        assertThat(Shares.of(labels, 2, 1)[0]).isCloseTo(0.5f / 0.6f, within(1e-6f));
        assertThat(Shares.of(labels, 2, 1)[4]).isCloseTo(1 / 0.6f, within(1e-6f));
        assertThat(Shares.of(labels, 2, 0.5f)[4]).isCloseTo(0.5f + 0.5f / 0.6f, within(1e-6f));
        assertThat(Shares.of(new int[][] {{}, {0}}, 1, 1)).containsExactly(0.25f, 2f);
        assertThat(Shares.of(new int[][] {{}, {}}, 1, 1)).containsOnly(1f);
    }

    @Test
    void theMostImportantWeightsAreKeptAndNoMore() {
        List<TaggedQuery> queries = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            queries.add(query("a:" + i, i % 2 == 0 ? "alpha word " + i : "beta word " + i, i % 2 == 0 ? "x" : "y"));
        }
        Vocabulary vocabulary = Labels.vocabulary(queries, 1);
        FeatureTable table = Vectors.selectFeatures(queries, 1000, 1).table();
        float[][] base = new float[40][2];
        float[] share = new float[40];
        Arrays.fill(share, 1);
        TrainingRows rows = new TrainingRows(
                Vectors.of(table, queries), table.size(), 2, Labels.of(vocabulary, queries), base, share);
        LinearTags linear = new LinearTags(rows, 0.3f, 1);
        for (int pass = 0; pass < 5; pass++) {
            linear.pass(IntStream.range(0, 40).toArray());
        }
        assertThat(linear.pruned(0).size()).isZero();
        assertThat(linear.pruned(10).size()).isBetween(1, 10);
        SparseWeights all = linear.pruned(2 * table.size());
        float[][] scores = new float[40][];
        rows.score(all, IntStream.range(0, 40).toArray(), scores);
        for (int i = 0; i < 40; i++) {
            assertThat(scores[i][i % 2]).as("query " + i).isGreaterThan(scores[i][1 - i % 2]);
        }
    }

    @Test
    void conversationsAreScoredInTrainingAsTheTaggerScoresThem() {
        List<TaggedQuery> queries = List.of(
                query("a:0", "alpha beta", "x"),
                query("a:1", "User: alpha User: beta beta User: gamma", "x"),
                query("a:2", "gamma", "y"),
                query("a:3", "delta epsilon", "y"),
                query("a:4", "zeta", "y"));
        FeatureTable table = Vectors.selectFeatures(queries, 1000, 1).table();
        SparseWeights weights = weightsOfEveryFeature(table.size());
        float[] offset = {-1, 2};
        TrainingRows rows = new TrainingRows(
                Vectors.of(table, queries),
                table.size(),
                2,
                new int[5][0],
                new float[][] {offset, offset, offset, offset, offset},
                new float[5]);
        int[] all = {0, 1, 2, 3, 4};
        float[][] scores = new float[5][];
        rows.score(weights, all, scores);
        float[][] conversations = new float[5][];
        Turns turns = Turns.of(table, queries);
        turns.score(weights, offset, all, scores, conversations);
        assertThat(turns.several()).containsExactly(1);
        assertThat(conversations[0]).containsExactly(scores[0]);
        assertThat(conversations[2]).containsExactly(scores[2]);
        assertThat(conversations[1]).isNotEqualTo(scores[1]);
        Calibration calibration = new Calibration(new float[] {-50, 50}, new float[] {-5, 5});
        Vocabulary vocabulary = Labels.vocabulary(queries, 1);
        SparseWeights nothingForTheFirstTag =
                new SparseWeights(new float[1], new int[] {0, 1}, new short[1], new byte[1]);
        EmbeddedTagger tagger = new EmbeddedTagger(
                vocabulary,
                new TaggerWeights(
                        table,
                        offset,
                        new Reading(weights, calibration, 1),
                        new Reading(SparseWeights.none(2), calibration, 1),
                        new Reading(nothingForTheFirstTag, calibration, 1),
                        new StatedRule(0, 0),
                        Wording.none()));
        for (int row : all) {
            Tags tags = tagger.tag(queries.get(row).query());
            for (Tag tag : tags.all()) {
                float score = conversations[row][vocabulary.indexOf(tag.name()).orElseThrow()];
                assertThat(tag.confidence()).as("query " + row).isEqualTo(calibration.confidence(score), within(1e-3));
            }
            assertThat(tags.all()).hasSize(2);
        }
    }

    /** For the first of two tags 1, 2, 3, ..., for the second half of that, less. */
    private static SparseWeights weightsOfEveryFeature(int features) {
        float[] scale = new float[features];
        int[] start = new int[features + 1];
        short[] tag = new short[2 * features];
        byte[] weight = new byte[2 * features];
        for (int f = 0; f < features; f++) {
            scale[f] = 0.5f;
            start[f + 1] = 2 * f + 2;
            tag[2 * f + 1] = 1;
            weight[2 * f] = (byte) (2 * f + 2);
            weight[2 * f + 1] = (byte) (-f - 1);
        }
        return new SparseWeights(scale, start, tag, weight);
    }

    @Test
    void ofCommonWordsNoPartsAreCounted() {
        List<TaggedQuery> queries = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            // The rare word stands in 3 queries, the common one in 300.
            queries.add(query(
                    "a:" + i, (i % 1000 == 0 ? "grammar " : "") + (i % 10 == 1 ? "databases " : "") + "n" + i, "x"));
        }
        FeatureTable table = Vectors.selectFeatures(queries, 100_000, 3).table();
        assertThat(known(table, "grammar")).as("word, two beginnings, ending").isEqualTo(4);
        assertThat(known(table, "databases")).as("the word").isEqualTo(1);
    }

    /** How many of the features of a word in the middle of a text are known. */
    private static int known(FeatureTable table, String word) {
        FeatureTable.Workspace workspace = new FeatureTable.Workspace(table);
        workspace.vectorize(Query.of("zz zz " + word + " zz zz zz zz"));
        int with = workspace.size();
        workspace.vectorize(Query.of("zz zz zz zz zz zz zz"));
        return with - workspace.size();
    }

    @Test
    void theReportCountsByHand() {
        Vocabulary vocabulary = new Vocabulary(List.of(
                new Vocabulary.Entry("film", 200, List.of("movie")),
                new Vocabulary.Entry("history", 30, List.of()),
                new Vocabulary.Entry("opera", 5, List.of())));
        Tagger tagger = new Tagger() {
            @Override
            public Tags tag(Query query) {
                return Tags.of(vocabulary, List.of(new Tag("film", 0.75), new Tag("opera", 0.25)));
            }

            @Override
            public Vocabulary vocabulary() {
                return vocabulary;
            }
        };
        TaggerReport report = new TaggerReport(
                tagger,
                List.of(
                        new TaggedQuery("a:1", "en", true, "one", List.of("movie", "history")),
                        new TaggedQuery("b:2", "zh", true, "two", List.of("film", "chinese language")),
                        new TaggedQuery("c:3", "en", false, "three", List.of("opera"))));
        TaggerReport.Row all = report.row(query -> true);
        assertThat(all.count()).isEqualTo(2);
        assertThat(all.exact()).isEqualTo((0 + 0.5) / 2);
        assertThat(all.canonical()).isEqualTo((0.5 + 0.5) / 2);
        assertThat(all.withoutLanguage()).isEqualTo((0 + 2.0 / 3) / 2);
        assertThat(report.sources()).containsExactly("a", "b");
        List<TaggerReport.Band> bands = report.bands();
        assertThat(bands.get(0).precision()).isEqualTo(1);
        assertThat(bands.get(1).recall()).isZero();
        assertThat(bands.get(2).precision()).isZero();
        assertThat(bands.get(2).f1()).isZero();
        assertThat(bands.get(3).written()).isEqualTo(1);
        // Stated: opera twice at 0.25, never right; film twice at 0.75, once written so. Bins of one tag each.
        assertThat(report.reliability()).hasSize(4);
        assertThat(TaggerReport.calibrationError(report.reliability()))
                .isCloseTo((0.25 + 0.25 + 0.75 + 0.25) / 4, within(1e-9));
    }

    @Test
    void impossibleSettingsAreNamed() {
        assertThatThrownBy(() -> new TaggerTrainer(5, 1, 1, 0, 0, 0, 1, 1)).hasMessageContaining("penalty is 0.0");
        assertThatThrownBy(() -> new TaggerTrainer(5, 1, 1, 0, 1, 2, 1, 1)).hasMessageContaining("rarity is 2.0");
    }

    private static TaggedQuery query(String id, String text, String tag) {
        return new TaggedQuery(id, "en", false, text, List.of(tag));
    }
}
