package dev.tagrouter.lab.tagger;

import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.core.tagging.FeatureTable;
import dev.tagrouter.core.tagging.Reading;
import dev.tagrouter.core.tagging.SparseWeights;
import dev.tagrouter.core.tagging.StatedRule;
import dev.tagrouter.core.tagging.TaggerWeights;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.core.tagging.Wording;
import dev.tagrouter.learning.Progress;
import java.util.Arrays;
import java.util.List;

/**
 * One training of an embedded tagger, as {@link TaggerTrainer} describes it. Whatever is fitted on scores (the second
 * and the third reading, the calibrations, the rule for stated tags, the number of passes) is fitted on scores of queries by models
 * trained without them. Offsets and shares, mere counts, are taken over all.
 */
final class Distillation {
    private static final int LIKELY_UNITS = 123;
    private static final int SOFT_UNITS = 61;

    /** Training ends when the validation part's F1 has not risen for so many passes. */
    private static final int PATIENCE = 2;

    private static final float SECOND_PENALTY = 3;
    private static final float SEVERAL_PENALTY = 12;
    /** How many tags it may speak for or against that there are several turns. */
    private static final int SEVERAL_TAGS = 300;

    private static final int SECOND_PASSES = 6;

    /** A tagger that has learned from fewer reads several turns as one text. */
    private static final int LEAST_CONVERSATIONS = 100;

    private static final StatedRule PLAIN_RULE = new StatedRule(0, 2048);

    private final TaggerTrainer settings;
    private final Vocabulary vocabulary;
    private final List<TaggedQuery> queries;
    private final Progress progress;
    private final Parts parts;
    private final int[][] labels;
    private final float[] share;

    Distillation(TaggerTrainer settings, Vocabulary vocabulary, List<TaggedQuery> queries, Progress progress) {
        this.settings = settings;
        this.vocabulary = vocabulary;
        this.queries = queries;
        this.progress = progress;
        this.parts = Parts.of(queries);
        this.labels = Labels.of(vocabulary, queries);
        this.share = Shares.of(labels, vocabulary.size(), settings.rarity());
    }

    EmbeddedTagger run() {
        progress.report("counting features", 0, 0);
        Vectors.Selection selection = Vectors.selectFeatures(queries, settings.maxFeatures(), 3);
        FeatureTable table = selection.table();
        float[] offset = Shares.frequencies(labels, vocabulary.size());
        Vectors features = Vectors.of(table, queries);
        TrainingRows texts = rows(features, table.size(), repeated(offset));
        Turns turns = Turns.of(table, queries);
        float[][] scores = new float[queries.size()][];
        float[][] conversations = new float[queries.size()][];
        int passes = findPasses(texts, offset, turns, scores, conversations);
        for (int part = 1; part < Parts.COUNT; part++) {
            SparseWeights others = firstWeights(texts, parts.outside(part), passes, "without part " + part);
            texts.score(others, parts.in(part), scores);
            turns.score(others, offset, parts.in(part), scores, conversations);
        }
        Reading likely = reading(SparseWeights.none(table.size()), scores, LIKELY_UNITS);
        TrainingRows second = rows(Vectors.ofLikelyTags(likely, scores), vocabulary.size(), scores);
        TrainingRows third = rows(Vectors.ofLikelyTags(likely, conversations), vocabulary.size(), conversations);
        float[][] secondScores = new float[queries.size()][];
        float[][] thirdScores = new float[queries.size()][];
        for (int part = 0; part < Parts.COUNT; part++) {
            SparseWeights others = secondWeights(second, parts.outside(part));
            second.score(others, parts.in(part), secondScores);
            third.score(others, turns.several(parts.in(part)), thirdScores);
        }
        Reading soft = reading(secondWeights(second, parts.all()), secondScores, SOFT_UNITS);
        StatedRule stated = new StatedFit(soft, secondScores, labels, queries).best();
        Reading several = several(turns, thirdScores, soft);
        SparseWeights first = firstWeights(texts, parts.all(), passes, "with all parts");
        progress.report("finding what the words say beside the tags", 0, 0);
        boolean taken = vocabulary.entries().stream().anyMatch(tag -> tag.name().startsWith(Wording.PREFIX));
        Wording wording = taken ? Wording.none() : WordingMaker.of(selection, features, settings.seed());
        return new EmbeddedTagger(
                vocabulary.withAxes(wording.axes()),
                new TaggerWeights(
                        table,
                        offset,
                        new Reading(first, likely.calibration(), LIKELY_UNITS),
                        soft,
                        several,
                        stated,
                        wording));
    }

    private TrainingRows rows(Vectors x, int features, float[][] base) {
        return new TrainingRows(x, features, vocabulary.size(), labels, base, share);
    }

    private float[][] repeated(float[] offset) {
        float[][] base = new float[queries.size()][];
        Arrays.fill(base, offset);
        return base;
    }

    /** How many passes give the first part, not trained on, the best F1; leaves that part's scores, and as conversations. */
    private int findPasses(TrainingRows texts, float[] offset, Turns turns, float[][] scores, float[][] conversations) {
        int[] validation = parts.in(0);
        int[][] right = pick(labels, validation);
        List<TaggedQuery> asked =
                Arrays.stream(validation).mapToObj(queries::get).toList();
        LinearTags linear = new LinearTags(texts, settings.penalty(), settings.seed());
        double best = -1;
        int passes = 0;
        for (int pass = 1; pass <= Math.min(settings.mostPasses(), passes + PATIENCE) || passes == 0; pass++) {
            progress.report("finding the number of passes", pass - 1, settings.mostPasses());
            linear.pass(parts.outside(0));
            float[][] now = new float[queries.size()][];
            SparseWeights weights = linear.pruned(settings.budget(vocabulary.size()));
            texts.score(weights, validation, now);
            float[][] held = pick(now, validation);
            Reading reading = new Reading(SparseWeights.none(0), CalibrationFit.fit(held, right), SOFT_UNITS);
            double f1 = new StatedFit(reading, held, right, asked).f1(PLAIN_RULE);
            if (f1 > best) {
                best = f1;
                passes = pass;
                for (int row : validation) {
                    scores[row] = now[row];
                }
                turns.score(weights, offset, validation, scores, conversations);
            }
        }
        return passes;
    }

    private SparseWeights firstWeights(TrainingRows from, int[] rows, int passes, String what) {
        LinearTags linear = new LinearTags(from, settings.penalty(), settings.seed());
        for (int pass = 1; pass <= passes; pass++) {
            progress.report("training the tagger, " + what, pass - 1, passes);
            linear.pass(rows);
        }
        return linear.pruned(settings.budget(vocabulary.size()));
    }

    private SparseWeights secondWeights(TrainingRows from, int[] rows) {
        LinearTags linear = new LinearTags(from, SECOND_PENALTY, settings.seed());
        for (int pass = 0; pass < SECOND_PASSES; pass++) {
            linear.pass(rows);
        }
        return linear.pruned(Math.multiplyExact(settings.secondWeightsPerTag(), vocabulary.size()));
    }

    /**
     * What it says of the tags that there are several turns: a row of weights and a calibration, fitted last, on conversations alone, so that
     * queries of one turn are tagged as if there were no others.
     */
    private Reading several(Turns turns, float[][] scores, Reading second) {
        int[] all = turns.several();
        if (all.length < LEAST_CONVERSATIONS) {
            return new Reading(SparseWeights.none(1), second.calibration(), second.leastUnits());
        }
        TrainingRows rows = rows(Vectors.mark(queries.size(), all), 1, scores);
        float[][] last = new float[queries.size()][];
        for (int part = 0; part < Parts.COUNT; part++) {
            rows.score(severalWeights(rows, turns.several(parts.outside(part))), turns.several(parts.in(part)), last);
        }
        return new Reading(
                severalWeights(rows, all), CalibrationFit.fit(pick(last, all), pick(labels, all)), SOFT_UNITS);
    }

    private SparseWeights severalWeights(TrainingRows from, int[] rows) {
        LinearTags linear = new LinearTags(from, SEVERAL_PENALTY, settings.seed());
        for (int pass = 0; pass < SECOND_PASSES; pass++) {
            linear.pass(rows);
        }
        return linear.pruned(Math.min(SEVERAL_TAGS, vocabulary.size()));
    }

    private Reading reading(SparseWeights weights, float[][] scores, int leastUnits) {
        return new Reading(weights, CalibrationFit.fit(scores, labels), leastUnits);
    }

    private static int[][] pick(int[][] all, int[] rows) {
        return Arrays.stream(rows).mapToObj(row -> all[row]).toArray(int[][]::new);
    }

    private static float[][] pick(float[][] all, int[] rows) {
        return Arrays.stream(rows).mapToObj(row -> all[row]).toArray(float[][]::new);
    }
}
