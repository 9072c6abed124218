package dev.tagrouter.lab.tagger;

import dev.tagrouter.core.tagging.Calibration;
import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.core.tagging.FeatureTable;
import dev.tagrouter.core.tagging.TaggerWeights;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.learning.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Distils a teacher's tags into an {@link EmbeddedTagger}: a linear classifier of every tag on hashed features, pruned to
 * the weights that matter, calibrated on held-out queries. Deterministic for one seed.
 *
 * <p>A tenth of the training queries (by a hash of their text) is held out to fit the calibration and the cut-off for
 * stated tags; then training goes on with all of them. Queries marked as test are never looked at.
 *
 * @param leastFrequency tags carried by fewer training queries are dropped (5 in the paper)
 * @param maxFeatures how many features are kept, the most frequent first
 * @param weightsPerTag how many weights are kept in all, for each tag of the vocabulary; the most important first
 * @param penalty the ridge penalty, positive
 * @param epochs passes over the data without the held-out queries, and again with them; 1 or more
 * @param seed of the order in which queries are visited
 */
public record TaggerTrainer(
        int leastFrequency, int maxFeatures, int weightsPerTag, float penalty, int epochs, long seed) {
    /** Raised when the same settings and queries come to train another tagger, so that kept ones are not taken for it. */
    public static final int VERSION = 4;

    private static final int LEAST_QUERIES = 50;
    private static final int SOFT_UNITS = 61;

    /** The settings that the shipped taggers were trained with; see docs/adr/0005-tagger.md. */
    public static TaggerTrainer standard() {
        return new TaggerTrainer(5, 60_000, 700, 0.3f, 6, 1);
    }

    /** Trains on all queries that are not marked as test, with the tags that enough of them carry, as spelt. */
    public EmbeddedTagger train(List<TaggedQuery> queries, Progress progress) throws LabException {
        List<TaggedQuery> training = queries.stream().filter(q -> !q.test()).toList();
        return train(queries, Labels.vocabulary(training, leastFrequency), progress);
    }

    /** Trains on all queries that are not marked as test; tags outside the vocabulary are left out of them. */
    public EmbeddedTagger train(List<TaggedQuery> queries, Vocabulary vocabulary, Progress progress)
            throws LabException {
        List<TaggedQuery> training = queries.stream().filter(q -> !q.test()).toList();
        if (training.size() < LEAST_QUERIES) {
            throw new LabException(
                    "there are " + training.size() + " tagged training queries; give at least " + LEAST_QUERIES);
        }
        List<TaggedQuery> held = new ArrayList<>();
        List<TaggedQuery> rest = new ArrayList<>();
        for (TaggedQuery query : training) {
            (Math.floorMod(query.text().hashCode() * 0x9E3779B1, 10) == 0 ? held : rest).add(query);
        }
        if (vocabulary.size() == 0 || held.isEmpty()) {
            throw new LabException(
                    "no tag is carried by " + leastFrequency + " training queries or more; give more queries");
        }
        List<TaggedQuery> ordered = new ArrayList<>(rest);
        ordered.addAll(held);
        progress.report("counting features", 0, 0);
        FeatureTable table = Vectors.selectFeatures(ordered, maxFeatures, 3);
        Vectors x = Vectors.of(table, ordered);
        LinearTags linear = new LinearTags(
                x, Labels.of(vocabulary, ordered), rest.size(), table.size(), vocabulary.size(), penalty, seed);
        linear.train(rest.size(), epochs, progress);
        Calibration untrained = new Calibration(new float[] {0, 1}, new float[] {-5, 5});
        float[][] scores = RawScores.of(prune(linear, x, table, untrained, 1), held);
        int[][] labels = Labels.of(vocabulary, held);
        Calibration calibration = CalibrationFit.fit(scores, labels);
        int stated = statedUnits(calibration, scores, labels, held);
        linear.train(ordered.size(), epochs, progress);
        return new EmbeddedTagger(vocabulary, prune(linear, x, table, calibration, stated));
    }

    private TaggerWeights prune(LinearTags linear, Vectors x, FeatureTable table, Calibration calibration, int stated) {
        int tags = linear.mean.length;
        float[] worth = LinearTags.worth(x, table.size());
        int maxWeights = Math.multiplyExact(weightsPerTag, tags);
        float cut = linear.cut(worth, maxWeights);
        float[] scale = new float[table.size()];
        int[] start = new int[table.size() + 1];
        short[] tag = new short[maxWeights];
        byte[] weight = new byte[maxWeights];
        float[] row = new float[tags];
        int n = 0;
        for (int f = 0; f < table.size(); f++) {
            linear.weightsOf(f, row);
            float largest = 0;
            for (float w : row) {
                largest = Math.max(largest, Math.abs(w));
            }
            scale[f] = largest / 127;
            for (int t = 0; t < tags; t++) {
                if (largest > 0 && Math.abs(row[t]) * worth[f] >= cut) {
                    tag[n] = (short) t;
                    weight[n++] = (byte) Math.round(row[t] / scale[f]);
                }
            }
            start[f + 1] = n;
        }
        return new TaggerWeights(
                table,
                calibration,
                linear.mean,
                scale,
                start,
                Arrays.copyOf(tag, n),
                Arrays.copyOf(weight, n),
                Math.max(SOFT_UNITS, stated),
                SOFT_UNITS);
    }

    /** The cut-off with the best mean F1 on the held-out queries. */
    private static int statedUnits(
            Calibration calibration, float[][] scores, int[][] labels, List<TaggedQuery> queries) {
        int best = SOFT_UNITS;
        double bestF1 = -1;
        for (int units = 512; units <= 2560; units += 64) {
            double sum = 0;
            for (int i = 0; i < scores.length; i++) {
                int stated = 0;
                int right = 0;
                for (int t = 0; t < scores[i].length; t++) {
                    if (calibration.confidence(scores[i][t]) * Tags.UNITS >= units) {
                        stated++;
                        right += Arrays.binarySearch(labels[i], t) >= 0 ? 1 : 0;
                    }
                }
                sum += right == 0
                        ? 0
                        : 2.0 * right / (stated + queries.get(i).tags().size());
            }
            if (sum > bestF1) {
                bestF1 = sum;
                best = units;
            }
        }
        return best;
    }
}
