package dev.tagrouter.lab.baseline;

import dev.tagrouter.core.tagging.Tags;

/**
 * Each tag on its own: how much better a candidate does on queries with the tag than on average, shrunk towards no
 * difference while the tag is rare, and averaged over the query's soft tags.
 */
final class ShrunkMeans implements Method {
    /** How many judged queries the average counts as; tried in turn. */
    private static final double[] PRIOR = {2, 5, 10, 20, 40, 80};

    @Override
    public String name() {
        return "shrunk-means";
    }

    @Override
    public String description() {
        return "mean quality by soft tag, each shrunk to the model's mean";
    }

    @Override
    public int trials() {
        return PRIOR.length;
    }

    @Override
    public String setting(int trial) {
        return "prior=" + (int) PRIOR[trial];
    }

    @Override
    public boolean learnsFromMissing() {
        return true;
    }

    @Override
    public Valuer fit(Lesson lesson, int trial) {
        int models = lesson.modelCount();
        double[] mean = lesson.meanQuality();
        double[][] gain = new double[lesson.tagger().vocabulary().size()][models];
        double[][] mass = new double[gain.length][models];
        for (int i = 0; i < lesson.examples().size(); i++) {
            Tags tags = lesson.examples().get(i).tags();
            for (int k = 0; k < tags.size(); k++) {
                double p = tags.confidence(k);
                for (int m = 0; m < models; m++) {
                    double quality = lesson.quality(i, m);
                    if (!Double.isNaN(quality)) {
                        mass[tags.index(k)][m] += p;
                        gain[tags.index(k)][m] += p * (quality - mean[m]);
                    }
                }
            }
        }
        for (int t = 0; t < gain.length; t++) {
            for (int m = 0; m < models; m++) {
                gain[t][m] /= mass[t][m] + PRIOR[trial];
            }
        }
        ExpectedCost cost = new ExpectedCost(lesson);
        return (example, value, costUsd) -> {
            Tags tags = example.tags();
            double total = 0;
            for (int k = 0; k < tags.size(); k++) {
                total += tags.confidence(k);
            }
            for (int m = 0; m < models; m++) {
                value[m] = mean[m];
                for (int k = 0; k < tags.size(); k++) {
                    value[m] += tags.confidence(k) * gain[tags.index(k)][m] / total;
                }
            }
            cost.of(example.query(), costUsd);
        };
    }
}
