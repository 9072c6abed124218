package dev.tagrouter.lab.tagger;

import dev.tagrouter.core.tagging.Calibration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fits raw scores to probabilities on held-out queries: bins with equal numbers of right tags, made monotone by
 * pooling adjacent violators (isotonic regression).
 */
final class CalibrationFit {
    private static final int BINS = 24;

    private record Bin(double scoreSum, long count, long right) {
        Bin plus(Bin other) {
            return new Bin(scoreSum + other.scoreSum, count + other.count, right + other.right);
        }

        double rate() {
            return (right + 0.5) / (count + 1.0);
        }

        float score() {
            return (float) (scoreSum / count);
        }

        float logit() {
            return (float) StrictMath.log(rate() / (1 - rate()));
        }
    }

    private CalibrationFit() {}

    /**
     * Fits on all pairs of a query and a tag.
     *
     * @param scores raw score of each tag, query by query
     * @param labels the right tags of each query, ascending
     */
    static Calibration fit(float[][] scores, int[][] labels) {
        long[] pairs = sortedPairs(scores, labels);
        long right = Arrays.stream(labels).mapToLong(row -> row.length).sum();
        long perBin = Math.max(1, right / BINS);
        List<Bin> bins = new ArrayList<>();
        Bin bin = new Bin(0, 0, 0);
        for (long pair : pairs) {
            bin = bin.plus(new Bin(scoreOf(pair), 1, pair & 1));
            if (bin.right() == perBin) {
                bins.add(bin);
                bin = new Bin(0, 0, 0);
            }
        }
        if (bin.count() > 0) {
            bins.add(bin);
        }
        return monotone(bins);
    }

    /** Score and correctness in one long, so that sorting needs no objects; highest score first. */
    private static long[] sortedPairs(float[][] scores, int[][] labels) {
        long[] pairs = new long
                [Math.toIntExact(
                        Arrays.stream(scores).mapToLong(row -> row.length).sum())];
        int n = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int t = 0; t < scores[i].length; t++) {
                int bits = Float.floatToIntBits(scores[i][t]);
                int ordered = bits < 0 ? ~bits : bits | 0x80000000;
                long right = Arrays.binarySearch(labels[i], t) >= 0 ? 1 : 0;
                pairs[n++] = (Integer.toUnsignedLong(~ordered) << 1) | right;
            }
        }
        Arrays.sort(pairs);
        return pairs;
    }

    private static float scoreOf(long pair) {
        int ordered = ~(int) (pair >>> 1);
        return Float.intBitsToFloat(ordered < 0 ? ordered & 0x7FFFFFFF : ~ordered);
    }

    private static Calibration monotone(List<Bin> highestFirst) {
        List<Bin> pooled = new ArrayList<>();
        for (Bin next : highestFirst.reversed()) {
            Bin bin = next;
            while (!pooled.isEmpty()
                    && (pooled.getLast().rate() >= bin.rate()
                            || pooled.getLast().score() >= bin.score())) {
                bin = pooled.removeLast().plus(bin);
            }
            pooled.add(bin);
        }
        if (pooled.size() < 2) {
            float score = pooled.getFirst().score();
            float logit = pooled.getFirst().logit();
            return new Calibration(new float[] {score, score + 1}, new float[] {logit, logit + 8});
        }
        float[] scores = new float[pooled.size()];
        float[] logits = new float[pooled.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = pooled.get(i).score();
            logits[i] = pooled.get(i).logit();
        }
        return new Calibration(scores, logits);
    }
}
