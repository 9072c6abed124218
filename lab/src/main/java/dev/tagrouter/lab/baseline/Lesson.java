package dev.tagrouter.lab.baseline;

import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.tagging.Tagger;
import dev.tagrouter.learning.JudgedSet.Judged;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Judged queries that a method learns from: the training folds of one pool.
 *
 * @param models the candidates
 * @param prices of the candidates, in their order
 * @param tieMargin qualities that differ by no more tie
 * @param tagger the tagger that wrote the examples' tags
 * @param examples the queries
 * @param judged how each candidate did on each of them, in the same order; NaN where it was not judged, which only methods
 *     that {@linkplain Method#learnsFromMissing() learn from missing judgments} are given
 */
public record Lesson(
        List<String> models,
        List<Price> prices,
        double tieMargin,
        Tagger tagger,
        List<Example> examples,
        List<Judged> judged) {
    public Lesson {
        models = List.copyOf(models);
        prices = List.copyOf(prices);
        examples = List.copyOf(examples);
        judged = List.copyOf(judged);
        if (examples.isEmpty() || examples.size() != judged.size()) {
            throw new IllegalArgumentException("a lesson has " + examples.size() + " examples and " + judged.size()
                    + " judgments; give at least one, and both for each");
        }
    }

    public int modelCount() {
        return models.size();
    }

    /** The quality of a candidate's answer to an example, in [0, 1]. */
    public double quality(int example, int model) {
        return judged.get(example).quality().get(model);
    }

    /** The qualities of all candidates' answers to an example, in [0, 1]. */
    float[] qualities(int example) {
        float[] qualities = new float[modelCount()];
        for (int m = 0; m < qualities.length; m++) {
            qualities[m] = (float) quality(example, m);
        }
        return qualities;
    }

    /** What a candidate's answer to an example cost, in USD. */
    double costUsd(int example, int model) {
        Judged row = judged.get(example);
        return prices.get(model)
                .usd((double) row.query().inputTokens(), row.outputTokens().get(model));
    }

    /** A part of the lesson: the examples at some positions, in their order. */
    Lesson at(int[] positions) {
        return new Lesson(
                models,
                prices,
                tieMargin,
                tagger,
                Arrays.stream(positions).mapToObj(examples::get).toList(),
                Arrays.stream(positions).mapToObj(judged::get).toList());
    }

    /** The qualities of all candidates' answers, by example and candidate. */
    double[][] qualityTable() {
        double[][] table = new double[examples.size()][modelCount()];
        for (int i = 0; i < table.length; i++) {
            for (int m = 0; m < modelCount(); m++) {
                table[i][m] = quality(i, m);
            }
        }
        return table;
    }

    /** The dearest candidate by list price, of equals the first listed: the one outcomes are counted against. */
    public int dearest() {
        int dearest = 0;
        for (int m = 1; m < modelCount(); m++) {
            dearest = prices.get(m).sum() > prices.get(dearest).sum() ? m : dearest;
        }
        return dearest;
    }

    /** Mean quality of each candidate over the examples it was judged on; 0 without any. */
    public double[] meanQuality() {
        double[] mean = new double[modelCount()];
        for (int m = 0; m < mean.length; m++) {
            mean[m] = mean(m, Judged::quality);
        }
        return mean;
    }

    /** Mean output tokens of each candidate over the examples it was judged on; 0 without any. */
    public double[] meanOutputTokens() {
        double[] mean = new double[modelCount()];
        for (int m = 0; m < mean.length; m++) {
            mean[m] = mean(m, Judged::outputTokens);
        }
        return mean;
    }

    /** Mean cost of each candidate's answers, in USD. */
    double[] meanCostUsd() {
        double[] mean = new double[modelCount()];
        for (int i = 0; i < judged.size(); i++) {
            for (int m = 0; m < mean.length; m++) {
                mean[m] += costUsd(i, m) / judged.size();
            }
        }
        return mean;
    }

    private double mean(int model, Function<Judged, List<Double>> figure) {
        double sum = 0;
        long count = 0;
        for (Judged row : judged) {
            double value = figure.apply(row).get(model);
            if (!Double.isNaN(value)) {
                sum += value;
                count++;
            }
        }
        return sum / Math.max(1, count);
    }
}
