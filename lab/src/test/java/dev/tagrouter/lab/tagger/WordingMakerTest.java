package dev.tagrouter.lab.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tagrouter.core.tagging.Calibration;
import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.core.tagging.Layout;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Reading;
import dev.tagrouter.core.tagging.SparseWeights;
import dev.tagrouter.core.tagging.StatedRule;
import dev.tagrouter.core.tagging.TaggerWeights;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.core.tagging.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Queries of one field lie near each other along the axes; the same seed gives the same. */
class WordingMakerTest {
    private static final int FIELDS = 36;
    private static final int WORDS = 8;

    private static String query(int field, SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int w = 0; w < 4; w++) {
            text.append((char) ('a' + field / 6))
                    .append((char) ('a' + field % 6))
                    .append((char) ('p' + random.nextInt(WORDS)))
                    .append(' ');
        }
        // Every third query has a mark, so that it is no feature that most queries show.
        return random.nextInt(3) == 0 ? text.append('?').toString() : text.toString();
    }

    private static List<TaggedQuery> queries(int count) {
        SplittableRandom random = new SplittableRandom(2);
        List<TaggedQuery> queries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            queries.add(new TaggedQuery("q:" + i, "en", false, query(i % FIELDS, random), List.of()));
        }
        return queries;
    }

    private static EmbeddedTagger tagger(List<TaggedQuery> queries, long seed) {
        Vectors.Selection selection = Vectors.selectFeatures(queries, 10_000, 2);
        Wording wording = WordingMaker.of(selection, Vectors.of(selection.table(), queries), seed);
        Calibration calibration = new Calibration(new float[] {-10, 10}, new float[] {-10, 10});
        TaggerWeights weights = new TaggerWeights(
                selection.table(),
                new float[] {3},
                new Reading(SparseWeights.none(selection.table().size()), calibration, 123),
                new Reading(SparseWeights.none(1), calibration, 82),
                new Reading(SparseWeights.none(1), calibration, 82),
                new StatedRule(1024, 2048),
                wording);
        return new EmbeddedTagger(
                new Vocabulary(List.of(new Vocabulary.Entry("text", 3, List.of()))).withAxes(wording.axes()), weights);
    }

    @Test
    void queriesOfOneFieldLieTogetherAndTheMeanSquareOfTheDistancesIsOne() {
        List<TaggedQuery> queries = queries(1_800);
        EmbeddedTagger tagger = tagger(queries, 1);
        assertThat(tagger.vocabulary().axes()).isEqualTo(32 + Layout.AXES);

        double squares = 0;
        double[] sum = new double[32];
        for (TaggedQuery query : queries) {
            double[] place = place(tagger, query.text());
            squares += dot(place, place);
            for (int d = 0; d < place.length; d++) {
                sum[d] += place[d];
            }
        }
        assertThat(squares / queries.size()).isCloseTo(1, within(0.02));
        assertThat(Math.sqrt(dot(sum, sum)) / queries.size()).isLessThan(0.01);
        SplittableRandom random = new SplittableRandom(77);
        int nearer = 0;
        for (int i = 0; i < 200; i++) {
            int field = random.nextInt(FIELDS);
            double[] one = place(tagger, query(field, random));
            double[] alike = place(tagger, query(field, random));
            double[] other = place(tagger, query((field + 1 + random.nextInt(FIELDS - 1)) % FIELDS, random));
            nearer += dot(one, alike) > dot(one, other) ? 1 : 0;
        }
        assertThat(nearer).isGreaterThan(170);
    }

    @Test
    void punctuationIsNoWordAndTheSameSeedGivesTheSame() {
        List<TaggedQuery> queries = queries(900);
        Vectors.Selection selection = Vectors.selectFeatures(queries, 10_000, 2);
        assertThat(selection.words()).isEqualTo(FIELDS * WORDS);
        EmbeddedTagger tagger = tagger(queries, 1);
        assertThat(tagger.weights().toBytes())
                .isEqualTo(tagger(queries, 1).weights().toBytes());
        double[] without = place(tagger, "aap bbq ccr");
        double[] with = place(tagger, "aap bbq ccr ?????");
        assertThat(with).containsExactly(without, within(1.0 / Tags.UNITS));
    }

    @Test
    void fewQueriesOrWordsTellNoAxesNorDoesOneTextAgainAndAgain() {
        assertThat(tagger(queries(600), 1).vocabulary().axes()).isZero();
        List<TaggedQuery> fewWords =
                queries(1_800).stream().filter(q -> q.text().charAt(0) < 'c').toList();
        assertThat(tagger(enough(fewWords), 1).vocabulary().axes()).isZero();
        StringBuilder text = new StringBuilder();
        for (int w = 0; w < 200; w++) {
            text.append("word")
                    .append((char) ('a' + w / 20))
                    .append((char) ('a' + w % 20))
                    .append(' ');
        }
        List<TaggedQuery> alike = enough(List.of(new TaggedQuery("q:1", "en", false, text.toString(), List.of())));
        assertThat(tagger(alike, 1).vocabulary().axes()).isZero();
    }

    private static List<TaggedQuery> enough(List<TaggedQuery> queries) {
        List<TaggedQuery> enough = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            enough.add(queries.get(i % queries.size()));
        }
        return enough;
    }

    private static double[] place(EmbeddedTagger tagger, String text) {
        Tags tags = tagger.tag(Query.of(text));
        double[] place = new double[tags.axisCount() - Layout.AXES];
        for (int d = 0; d < place.length; d++) {
            place[d] = tags.confidence(tags.termCount() - tags.axisCount() + d);
        }
        return place;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
